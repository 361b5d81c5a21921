-- arguments: command (its name in the catalog), entry (milliseconds and tasks), most (how many are kept)
return {
    check = function(a)
        redis.call('LLEN', 'sb:run:durations:' .. a.command)
    end,
    write = function(a)
        local key = 'sb:run:durations:' .. a.command
        redis.call('LPUSH', key, a.entry)
        redis.call('LTRIM', key, 0, a.most - 1)
    end,
}
