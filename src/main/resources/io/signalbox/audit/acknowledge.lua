-- Kafka has every record up to a.sequence, whose hash is a.hash. The brain must still be where this relay left it, at
-- a.fromSequence and a.fromHash, or there already (a repetition).
return {
    check = function(a)
        local head = redis.call('HMGET', 'sb:audit:head', 'topic', 'sequence', 'hash')
        local sequence = tonumber(head[2] or '-1')
        local left = head[1] == a.topic and sequence == a.fromSequence and head[3] == a.fromHash
        local done = head[1] == a.topic and sequence == a.sequence and head[3] == a.hash
        if not (left or done) then return refuse('moved', tostring(sequence)) end
        if a.sequence > tonumber(redis.call('GET', 'sb:seq') or '0') then return refuse('moved', 'sb:seq') end
        redis.call('XLEN', 'sb:outbox')
    end,
    write = function(a)
        redis.call('XTRIM', 'sb:outbox', 'MINID', (a.sequence + 1) .. '-0')
        redis.call('SET', 'sb:audit:acked', a.sequence)
        redis.call('HSET', 'sb:audit:head', 'topic', a.topic, 'sequence', a.sequence, 'hash', a.hash)
    end,
}
