-- arguments: command, person, digest (its first letters; '' where the person named none), fresh (ms),
-- alone (the glass is broken: nobody else is needed), awaited (who may still agree, for people to read)
-- A yes counts by this clock, at this moment. The one that completes it sets `until`, before which it must be used.
local function yeses(key)
    local count = 0
    for _, field in ipairs(redis.call('HKEYS', key)) do
        if string.sub(field, 1, 4) == 'yes:' then count = count + 1 end
    end
    return count
end

return {
    check = function(a)
        local key = 'sb:gate:approval:' .. a.command
        local digest, deadline, last = unpack(redis.call('HMGET', key, 'digest', 'deadline', 'until'))
        if last then return refuse('complete') end
        if not deadline or now > tonumber(deadline) then return refuse('late') end
        if string.sub(digest, 1, #a.digest) ~= a.digest then return refuse('digest', digest) end
        if not a.alone and redis.call('HEXISTS', key, 'yes:' .. a.person) == 1 then return refuse('twice') end
    end,
    write = function(a)
        local key = 'sb:gate:approval:' .. a.command
        if not a.alone then
            redis.call('HSET', key, 'yes:' .. a.person, string.format('%.0f', now))
            redis.call('HSET', 'sb:command:' .. a.command, 'awaited', a.awaited)
        end
        local deadline, needed = unpack(redis.call('HMGET', key, 'deadline', 'needed'))
        if a.alone or yeses(key) >= tonumber(needed or '1') then
            redis.call('HSET', key, 'until', string.format('%.0f', math.max(tonumber(deadline), now + a.fresh)))
        end
    end,
}
