-- arguments: name (of the line), before (what was noted of it; '' for nothing), after
-- Two bots with one brain, or one that was doubled, note a time once.
return {
    check = function(a)
        local noted = redis.call('GET', 'sb:schedule:said:' .. a.name) or ''
        if noted ~= a.before then return refuse('said', noted) end
    end,
    write = function(a)
        redis.call('SET', 'sb:schedule:said:' .. a.name, a.after)
    end,
}
