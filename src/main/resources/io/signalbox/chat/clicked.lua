-- arguments: result (the command under whose result the button stands), mark, command (what the click becomes), again (states
-- of a command that has done nothing)
-- The mark lies on the result's own row and is forgotten with it; without that row nobody knows who clicked before.
return {
    check = function(a)
        local row = 'sb:command:' .. a.result
        if redis.call('EXISTS', row) == 0 then return refuse('forgotten') end
        local before = redis.call('HGET', row, a.mark)
        if not before then return end
        local found = state_of(before)
        for _, state in ipairs(a.again) do
            if state == found then return end
        end
        return refuse('clicked', before)
    end,
    write = function(a)
        redis.call('HSET', 'sb:command:' .. a.result, a.mark, a.command)
    end,
}
