-- arguments: command, window (ms), counts = list of {what, of, most}
-- A sliding window: the commands of the last minute by the time of each. One that is counted already is not counted twice.
local function key(count)
    return 'sb:gate:said:' .. count.what .. ':' .. count.of
end

return {
    check = function(a)
        for _, count in ipairs(a.counts) do
            local last = redis.call('ZREVRANGE', key(count), count.most - 1, count.most - 1, 'WITHSCORES')
            local free = last[2] and tonumber(last[2]) + a.window
            if free and free > now and not redis.call('ZSCORE', key(count), a.command) then
                return refuse('limit', count.what .. ' ' .. string.format('%.0f', free))
            end
        end
    end,
    write = function(a)
        for _, count in ipairs(a.counts) do
            redis.call('ZREMRANGEBYSCORE', key(count), '-inf', string.format('%.0f', now - a.window))
            redis.call('ZADD', key(count), 'NX', string.format('%.0f', now), a.command)
            redis.call('PEXPIRE', key(count), a.window)
        end
    end,
}
