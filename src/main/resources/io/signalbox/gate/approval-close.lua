-- arguments: command
return {
    check = function() end,
    write = function(a)
        redis.call('DEL', 'sb:gate:approval:' .. a.command)
    end,
}
