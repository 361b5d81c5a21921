-- arguments: command, reason
-- Why an admitted command waits is news for its room without an event: each time a number above the one before, and below
-- that of the event to come.
return {
    check = function(a)
        if state_of(a.command) ~= 'Admitted' then return refuse('state') end
        redis.call('ZSCORE', 'sb:untold', a.command)
        redis.call('HMGET', 'sb:command:' .. a.command, 'waits', 'waited', 'seq')
    end,
    write = function(a)
        local row = 'sb:command:' .. a.command
        if redis.call('HGET', row, 'waits') == a.reason then return end
        local times = redis.call('HINCRBY', row, 'waited', 1)
        local news = string.format('%.6f', redis.call('HGET', row, 'seq') + 1 - 1 / (times + 1))
        redis.call('HSET', row, 'waits', a.reason, 'news', news)
        redis.call('ZADD', 'sb:untold', news, a.command)
    end,
}
