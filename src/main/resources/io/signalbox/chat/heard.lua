-- arguments: key, command (what the message becomes), remembered (ms)
return {
    check = function(a)
        local before = redis.call('GET', a.key)
        if before then return refuse('heard', before) end
    end,
    write = function(a)
        redis.call('SET', a.key, a.command, 'PX', a.remembered)
    end,
}
