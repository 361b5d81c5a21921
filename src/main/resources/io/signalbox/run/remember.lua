-- arguments: list (its key), entry, most (how many are kept, the newest)
return {
    check = function(a)
        redis.call('LLEN', a.list)
    end,
    write = function(a)
        redis.call('LPUSH', a.list, a.entry)
        redis.call('LTRIM', a.list, 0, a.most - 1)
    end,
}
