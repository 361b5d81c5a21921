-- arguments: command, until (ms since 1970), forget (ms after that)
-- What was agreed to waits for its lock: the yes stays good for as long, if it still is.
return {
    check = function(a)
        local last = redis.call('HGET', 'sb:gate:approval:' .. a.command, 'until')
        if not last or now > tonumber(last) then return refuse('late') end
    end,
    write = function(a)
        local key = 'sb:gate:approval:' .. a.command
        redis.call('HSET', key, 'until', string.format('%.0f', a['until']))
        redis.call('PEXPIRE', key, string.format('%.0f', a['until'] - now + a.forget))
    end,
}
