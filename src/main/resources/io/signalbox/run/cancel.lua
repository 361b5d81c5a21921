-- arguments: command, by (the person's name)
-- The mark makes whoever follows the run carry the cancellation out, also after a restart.
return {
    check = function() end,
    write = function(a)
        redis.call('HSETNX', 'sb:command:' .. a.command, 'cancelledBy', a.by)
    end,
}
