-- arguments: list (its key), command, most (how many are kept, the newest), remembered (ms)
return {
    check = function(a)
        redis.call('LLEN', a.list)
    end,
    write = function(a)
        redis.call('LPUSH', a.list, a.command)
        redis.call('LTRIM', a.list, 0, a.most - 1)
        redis.call('PEXPIRE', a.list, a.remembered)
    end,
}
