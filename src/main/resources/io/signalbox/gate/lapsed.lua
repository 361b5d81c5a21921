-- arguments: kind (hold or freeze), name, command (the words that began it)
-- Its time is over: it is taken away, and the words that began it have news for their room, once.
local function last(a)
    if a.kind == 'freeze' then
        local text = redis.call('HGET', 'sb:freezes', a.name)
        local found = text and cjson.decode(text)
        return found and found.command == a.command and found['until']
    end
    local command, till = unpack(redis.call('HMGET', 'sb:hold:' .. a.name, 'command', 'until'))
    return command == a.command and tonumber(till or '')
end

return {
    check = function(a)
        redis.call('SISMEMBER', 'sb:holds', a.name)
        redis.call('HGET', 'sb:command:' .. a.command, 'lapsed')
        redis.call('ZSCORE', 'sb:untold', a.command)
        local till = last(a)
        if not till then return refuse('changed') end
        if now < till then return refuse('early', string.format('%.0f', till)) end
    end,
    write = function(a)
        if a.kind == 'freeze' then
            redis.call('HDEL', 'sb:freezes', a.name)
        else
            redis.call('DEL', 'sb:hold:' .. a.name)
            redis.call('SREM', 'sb:holds', a.name)
        end
        local row = 'sb:command:' .. a.command
        if redis.call('EXISTS', row) == 0 then return end
        redis.call('HSET', row, 'lapsed', a.name)
        redis.call('ZADD', 'sb:untold', redis.call('HGET', row, 'seq'), a.command)
    end,
}
