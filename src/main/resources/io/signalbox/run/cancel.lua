-- arguments: command, states (one of which it must be in), by (the person's name)
-- The mark makes whoever follows the run carry the cancellation out, also after a restart.
return {
    check = function(a)
        local found = state_of(a.command)
        for _, state in ipairs(a.states) do
            if state == found then return end
        end
        return refuse('state', found)
    end,
    write = function(a)
        if a.by then redis.call('HSETNX', 'sb:command:' .. a.command, 'cancelledBy', a.by) end
    end,
}
