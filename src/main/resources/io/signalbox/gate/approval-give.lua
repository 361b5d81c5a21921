-- arguments: command, digest (its first letters; '' where the person named none), fresh (ms)
-- A yes counts by this clock, at this moment; it must then be used before `until`.
return {
    check = function(a)
        local digest, deadline =
            unpack(redis.call('HMGET', 'sb:gate:approval:' .. a.command, 'digest', 'deadline'))
        if not deadline or now > tonumber(deadline) then return refuse('late') end
        if string.sub(digest, 1, #a.digest) ~= a.digest then return refuse('digest', digest) end
    end,
    write = function(a)
        local key = 'sb:gate:approval:' .. a.command
        local last = math.max(tonumber(redis.call('HGET', key, 'deadline')), now + a.fresh)
        redis.call('HSET', key, 'until', string.format('%.0f', last))
    end,
}
