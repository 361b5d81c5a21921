-- arguments: room, last (the newest entry that was told): it and those before it are told. Twice does no harm.
return {
    check = function(a)
        redis.call('LLEN', 'sb:chat:away:' .. a.room)
        redis.call('SCARD', 'sb:chat:away')
    end,
    write = function(a)
        local key = 'sb:chat:away:' .. a.room
        for index, entry in ipairs(redis.call('LRANGE', key, 0, -1)) do
            if entry == a.last then
                redis.call('LTRIM', key, index, -1)
                break
            end
        end
        if redis.call('EXISTS', key) == 0 then redis.call('SREM', 'sb:chat:away', a.room) end
    end,
}
