-- arguments: command, field (deadline or until): its time must have passed
-- As many agreed as are needed: then it is `until` that counts, and the deadline no more.
return {
    check = function(a)
        local key = 'sb:gate:approval:' .. a.command
        local last = redis.call('HGET', key, a.field)
        if last and now <= tonumber(last) then return refuse('early', last) end
        if a.field == 'deadline' and redis.call('HEXISTS', key, 'until') == 1 then return refuse('complete') end
    end,
    write = function(a)
        redis.call('DEL', 'sb:gate:approval:' .. a.command)
    end,
}
