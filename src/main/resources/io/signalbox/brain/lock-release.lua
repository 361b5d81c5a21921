-- arguments: lock, command (the run that may hold it)
return {
    -- Reading here makes a key of the wrong type fail before the first write.
    check = function(a)
        redis.call('HGET', 'sb:lock:' .. a.lock, 'command')
        redis.call('SISMEMBER', 'sb:locks', a.lock)
    end,
    write = function(a)
        local key = 'sb:lock:' .. a.lock
        if redis.call('HGET', key, 'command') == a.command then
            redis.call('DEL', key)
            redis.call('SREM', 'sb:locks', a.lock)
        end
    end,
}
