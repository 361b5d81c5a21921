-- arguments: command, reason
-- The gate ends what is marked. What has begun or ended by now is left alone: nobody looks at its mark any more.
return {
    check = function(a)
        redis.call('HEXISTS', 'sb:command:' .. a.command, 'averted')
    end,
    write = function(a)
        if redis.call('EXISTS', 'sb:command:' .. a.command) == 1 then
            redis.call('HSET', 'sb:command:' .. a.command, 'averted', a.reason)
        end
    end,
}
