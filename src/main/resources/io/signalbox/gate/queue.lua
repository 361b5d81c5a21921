-- arguments: lock, command, person (who asked for it), place (which it is said to have)
-- Whoever comes back, as after an approval, keeps the ticket he drew first. Who no longer waits is not counted.
local function row(command) return 'sb:command:' .. command end

local function place(a)
    local ticket = tonumber(redis.call('HGET', row(a.command), 'ticket') or '')
    local before = 0
    local waiting = redis.call('ZRANGE', 'sb:gate:queue:' .. a.lock, 0, -1, 'WITHSCORES')
    for index = 1, #waiting, 2 do
        local earlier = not ticket or tonumber(waiting[index + 1]) < ticket
        if waiting[index] ~= a.command and earlier and state_of(waiting[index]) == 'Queued' then
            before = before + 1
        end
    end
    return before + 1
end

return {
    check = function(a)
        redis.call('GET', 'sb:gate:tickets')
        local found = place(a)
        if found ~= a.place then return refuse('place', tostring(found)) end
    end,
    write = function(a)
        local queue = 'sb:gate:queue:' .. a.lock
        for _, each in ipairs(redis.call('ZRANGE', queue, 0, -1)) do
            if each ~= a.command and state_of(each) ~= 'Queued' then redis.call('ZREM', queue, each) end
        end
        local ticket = redis.call('HGET', row(a.command), 'ticket') or redis.call('INCR', 'sb:gate:tickets')
        redis.call('HSET', row(a.command), 'ticket', ticket, 'waiter', a.person)
        redis.call('ZADD', queue, ticket, a.command)
    end,
}
