-- arguments: command, digest (of the plan as it is now)
return {
    check = function(a)
        local digest, last = unpack(redis.call('HMGET', 'sb:gate:approval:' .. a.command, 'digest', 'until'))
        if not last or now > tonumber(last) then return refuse('late') end
        if digest ~= a.digest then return refuse('digest', digest) end
    end,
    write = function(a)
        redis.call('DEL', 'sb:gate:approval:' .. a.command)
    end,
}
