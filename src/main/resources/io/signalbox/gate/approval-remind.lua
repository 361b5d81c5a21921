-- arguments: command, from (ms since 1970)
-- Once for each request, and only while a yes would still count. There is no event of it: the mark is the news, and its
-- number lies between that of the last event and that of the next.
return {
    check = function(a)
        local deadline, last, reminded =
            unpack(redis.call('HMGET', 'sb:gate:approval:' .. a.command, 'deadline', 'until', 'reminded'))
        if reminded then return refuse('reminded', reminded) end
        if now < a.from then return refuse('early') end
        if not deadline or last or now >= tonumber(deadline) then return refuse('late') end
        redis.call('ZSCORE', 'sb:untold', a.command)
    end,
    write = function(a)
        local row, at = 'sb:command:' .. a.command, string.format('%.0f', now)
        local news = redis.call('HGET', row, 'seq') .. '.5'
        redis.call('HSET', 'sb:gate:approval:' .. a.command, 'reminded', at)
        redis.call('HSET', row, 'reminded', at, 'news', news)
        redis.call('ZADD', 'sb:untold', news, a.command)
    end,
}
