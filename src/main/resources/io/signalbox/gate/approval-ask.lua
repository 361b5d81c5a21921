-- arguments: command, digest, deadline (ms since 1970), needed (distinct persons), forget (ms after the deadline)
return {
    check = function() end,
    write = function(a)
        local key = 'sb:gate:approval:' .. a.command
        redis.call('DEL', key)
        redis.call('HDEL', 'sb:command:' .. a.command, 'reminded', 'awaited')
        redis.call('HSET', key, 'digest', a.digest, 'deadline', string.format('%.0f', a.deadline),
            'needed', string.format('%.0f', a.needed))
        redis.call('PEXPIRE', key, string.format('%.0f', a.deadline - now + a.forget))
    end,
}
