-- arguments: lock, command (who is known to hold it), over (the states in which a command has ended)
-- The state is '' for a command that ended so long ago that it is forgotten.
return {
    check = function(a)
        redis.call('SISMEMBER', 'sb:locks', a.lock)
        local holder = redis.call('HGET', 'sb:lock:' .. a.lock, 'command')
        if holder ~= a.command then return refuse('changed', holder or '') end
        local state = state_of(a.command)
        if state == '' then return end
        for _, over in ipairs(a.over) do
            if over == state then return end
        end
        return refuse('running', state)
    end,
    write = function(a)
        redis.call('DEL', 'sb:lock:' .. a.lock)
        redis.call('SREM', 'sb:locks', a.lock)
    end,
}
