-- arguments: scope (an environment or everything), freeze = what stands there then (absent: it is thawed),
--   from: the words whose freeze must stand there now (absent: nobody's)
return {
    check = function(a)
        local text = redis.call('HGET', 'sb:freezes', a.scope)
        local found = text and cjson.decode(text) or nil
        local stands = found and (not found['until'] or now < found['until']) and found.command or nil
        if stands ~= a.from then return refuse('changed', stands or '') end
    end,
    write = function(a)
        if a.freeze then
            redis.call('HSET', 'sb:freezes', a.scope, a.freeze)
        else
            redis.call('HDEL', 'sb:freezes', a.scope)
        end
    end,
}
