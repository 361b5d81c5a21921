-- arguments: command, states (one of which it must be in)
return {
    check = function(a)
        local found = state_of(a.command)
        for _, state in ipairs(a.states) do
            if state == found then return end
        end
        return refuse('state', found)
    end,
    write = function() end,
}
