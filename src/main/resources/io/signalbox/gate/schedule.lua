-- arguments: person, most (commands that one person may have scheduled)
return {
    check = function(a)
        local count = 0
        for _, command in ipairs(redis.call('SMEMBERS', 'sb:in:Scheduled')) do
            local requested = redis.call('LINDEX', 'sb:story:' .. command, 0)
            local ok, event = pcall(cjson.decode, requested or '{}')
            if ok and type(event.by) == 'table' and event.by.id == a.person then count = count + 1 end
        end
        if count >= a.most then return refuse('many', tostring(count)) end
    end,
    write = function() end,
}
