-- arguments: command, seq (of the event that scheduled it), due (ms since 1970)
-- Somebody may have moved it while it was looked at, and then its time is another one.
return {
    check = function(a)
        local seq = tonumber(redis.call('HGET', 'sb:command:' .. a.command, 'seq') or '0')
        if state_of(a.command) ~= 'Scheduled' or seq ~= a.seq or now < a.due then
            return refuse('state', state_of(a.command))
        end
    end,
    write = function() end,
}
