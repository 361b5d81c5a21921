-- Kafka has every record up to a.sequence, whose hash is a.hash. The brain must still be where this relay left it, at
-- a.fromSequence and a.fromHash, or there already (a repetition). Of the runs in a.ended those that somebody agreed to get an
-- anchor, and are news once more: half a number after their last event, so that telling that event does not tell this.
local function was_agreed(command, kinds)
    for _, event in ipairs(redis.call('LRANGE', 'sb:story:' .. command, 0, -1)) do
        for _, kind in ipairs(kinds) do
            if string.find(event, '"kind":"' .. kind .. '"', 1, true) then return true end
        end
    end
    return false
end

return {
    check = function(a)
        local head = redis.call('HMGET', 'sb:audit:head', 'topic', 'sequence', 'hash')
        local sequence = tonumber(head[2] or '-1')
        local left = head[1] == a.topic and sequence == a.fromSequence and head[3] == a.fromHash
        local done = head[1] == a.topic and sequence == a.sequence and head[3] == a.hash
        if not (left or done) then return refuse('moved', tostring(sequence)) end
        if a.sequence > tonumber(redis.call('GET', 'sb:seq') or '0') then return refuse('moved', 'sb:seq') end
        redis.call('XLEN', 'sb:outbox')
        redis.call('ZCARD', 'sb:untold')
        for _, run in ipairs(a.ended) do
            redis.call('HGET', 'sb:command:' .. run.command, 'anchor')
            redis.call('LLEN', 'sb:story:' .. run.command)
        end
    end,
    write = function(a)
        redis.call('XTRIM', 'sb:outbox', 'MINID', (a.sequence + 1) .. '-0')
        redis.call('SET', 'sb:audit:acked', a.sequence)
        redis.call('HSET', 'sb:audit:head', 'topic', a.topic, 'sequence', a.sequence, 'hash', a.hash)
        for _, run in ipairs(a.ended) do
            local row = 'sb:command:' .. run.command
            if redis.call('HEXISTS', row, 'anchor') == 0 and was_agreed(run.command, a.agreed) then
                local news = string.format('%.1f', run.sequence + 0.5)
                redis.call('HSET', row, 'anchor', a.anchor, 'news', news)
                redis.call('ZADD', 'sb:untold', news, run.command)
            end
        end
    end,
}
