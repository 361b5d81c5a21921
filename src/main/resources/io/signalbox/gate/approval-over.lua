-- arguments: command, field (deadline or until): its time must have passed
return {
    check = function(a)
        local last = redis.call('HGET', 'sb:gate:approval:' .. a.command, a.field)
        if last and now <= tonumber(last) then return refuse('early', last) end
    end,
    write = function(a)
        redis.call('DEL', 'sb:gate:approval:' .. a.command)
    end,
}
