-- arguments: lock, and who is to keep it: command, person, personName, since, until (absent: stays),
--   reason (absent: none); without a person it is given up.
--   from = {person, command}: it must be kept by these words of this person now; absent: by nobody
-- Whoever keeps a lock may begin commands under it, and nobody else.
local function kept(lock)
    local person, command, last =
        unpack(redis.call('HMGET', 'sb:hold:' .. lock, 'person', 'command', 'until'))
    if person and (not last or now < tonumber(last)) then return person, command end
end

return {
    check = function(a)
        redis.call('SISMEMBER', 'sb:holds', a.lock)
        local person, command = kept(a.lock)
        if not a.from and person then return refuse('held', person) end
        if a.from and (person ~= a.from.person or command ~= a.from.command) then
            return refuse('changed', person or '')
        end
    end,
    write = function(a)
        local key = 'sb:hold:' .. a.lock
        redis.call('DEL', key)
        redis.call('SREM', 'sb:holds', a.lock)
        if not a.person then return end
        redis.call('HSET', key, 'command', a.command, 'person', a.person, 'personName', a.personName,
            'since', string.format('%.0f', a.since))
        if a['until'] then redis.call('HSET', key, 'until', string.format('%.0f', a['until'])) end
        if a.reason then redis.call('HSET', key, 'reason', a.reason) end
        redis.call('SADD', 'sb:holds', a.lock)
    end,
}
