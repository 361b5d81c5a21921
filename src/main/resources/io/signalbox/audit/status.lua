-- Says whether the log can be written, for five seconds. A relay that was replaced leaves the word to the one that is.
return {
    check = function(a)
        local by = redis.call('HGET', 'sb:audit:status', 'relay')
        if a.replaced and by and by ~= a.relay then return refuse('replaced', by) end
    end,
    write = function(a)
        redis.call('HSET', 'sb:audit:status', 'open', a.open, 'reason', a.reason, 'at', string.format('%d', now),
            'relay', a.relay)
        redis.call('PEXPIRE', 'sb:audit:status', 5000)
    end,
}
