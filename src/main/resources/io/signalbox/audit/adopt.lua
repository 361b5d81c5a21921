-- The log ends with record a.sequence, whose hash is a.hash and whose event is a.event (absent: the log is empty): the brain
-- goes on from there, if what it holds follows that record.
return {
    check = function(a)
        local number = tonumber(redis.call('GET', 'sb:seq') or '0')
        if a.sequence > number then return refuse('ahead', tostring(number)) end
        local same = redis.call('XRANGE', 'sb:outbox', a.sequence .. '-0', a.sequence .. '-0')[1]
        if same and a.event and same[2][2] ~= a.event then return refuse('differs', tostring(a.sequence)) end
        local first = redis.call('XRANGE', 'sb:outbox', (a.sequence + 1) .. '-0', '+', 'COUNT', 1)[1]
        local next = first and tonumber(string.match(first[1], '^%d+')) or number + 1
        if next ~= a.sequence + 1 then return refuse('gap', tostring(next)) end
        redis.call('HGET', 'sb:audit:head', 'sequence')
    end,
    write = function(a)
        redis.call('XTRIM', 'sb:outbox', 'MINID', (a.sequence + 1) .. '-0')
        redis.call('SET', 'sb:audit:acked', a.sequence)
        redis.call('HSET', 'sb:audit:head', 'topic', a.topic, 'sequence', a.sequence, 'hash', a.hash)
    end,
}
