-- arguments: room, entry (what was said, as JSON)
return {
    check = function(a)
        redis.call('LLEN', 'sb:chat:away:' .. a.room)
        redis.call('SCARD', 'sb:chat:away')
    end,
    write = function(a)
        redis.call('RPUSH', 'sb:chat:away:' .. a.room, a.entry)
        redis.call('SADD', 'sb:chat:away', a.room)
    end,
}
