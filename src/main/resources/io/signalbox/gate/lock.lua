-- arguments: lock, command, person (who asked for it), ahead (of those who wait), and to take it: take = {personName, what}
-- A lock that this very command holds already is free for it: a repeated commit must not refuse itself.
-- Under a lock kept by hand only its keeper's commands begin; among those who may begin, the queue goes first.
local function keeper(lock)
    local person, last = unpack(redis.call('HMGET', 'sb:hold:' .. lock, 'person', 'until'))
    return person and (not last or now < tonumber(last)) and person or nil
end

local function first_in_queue(lock, kept_by)
    for _, each in ipairs(redis.call('ZRANGE', 'sb:gate:queue:' .. lock, 0, -1)) do
        local may = not kept_by or redis.call('HGET', 'sb:command:' .. each, 'waiter') == kept_by
        if may and state_of(each) == 'Queued' then return each end
    end
end

return {
    check = function(a)
        redis.call('SISMEMBER', 'sb:locks', a.lock)
        local holder = redis.call('HGET', 'sb:lock:' .. a.lock, 'command')
        if holder and holder ~= a.command then return refuse('lock', holder) end
        local kept_by = keeper(a.lock)
        if kept_by and kept_by ~= a.person then return refuse('held', kept_by) end
        local first = not a.ahead and first_in_queue(a.lock, kept_by)
        if first and first ~= a.command then return refuse('queue', first) end
    end,
    write = function(a)
        redis.call('ZREM', 'sb:gate:queue:' .. a.lock, a.command)
        if not a.take then return end
        redis.call('HSET', 'sb:lock:' .. a.lock, 'command', a.command, 'person', a.person,
            'personName', a.take.personName, 'since', string.format('%.0f', now), 'what', a.take.what)
        redis.call('SADD', 'sb:locks', a.lock)
    end,
}
