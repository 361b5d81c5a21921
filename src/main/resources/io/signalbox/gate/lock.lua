-- arguments: lock, command, and to take it: take = {person, personName, what}
-- A lock that this very command holds already is free for it: a repeated commit must not refuse itself.
return {
    check = function(a)
        redis.call('SISMEMBER', 'sb:locks', a.lock)
        local holder = redis.call('HGET', 'sb:lock:' .. a.lock, 'command')
        if holder and holder ~= a.command then return refuse('lock', holder) end
    end,
    write = function(a)
        if not a.take then return end
        redis.call('HSET', 'sb:lock:' .. a.lock, 'command', a.command, 'person', a.take.person,
            'personName', a.take.personName, 'since', string.format('%.0f', now), 'what', a.take.what)
        redis.call('SADD', 'sb:locks', a.lock)
    end,
}
