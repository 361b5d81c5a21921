-- arguments: scopes (everything, and the environment where there is one), closes (ms since 1970; absent: never): when the
--   next weekly window of the catalog begins, or now where one stands
return {
    check = function(a)
        for _, scope in ipairs(a.scopes) do
            local text = redis.call('HGET', 'sb:freezes', scope)
            local found = text and cjson.decode(text)
            if found and (not found['until'] or now < found['until']) then return refuse('freeze', scope) end
        end
        if a.closes and now >= a.closes then return refuse('freeze', 'window') end
    end,
    write = function() end,
}
