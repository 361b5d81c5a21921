-- arguments: grants = list of {person, name, role}, since = milliseconds
-- The first roles, written once: what was revoked later must not come back with the next start.
return {
    check = function()
        if redis.call('EXISTS', 'sb:gate:founded') == 1 then return refuse('founded') end
    end,
    write = function(a)
        local at = string.format('%.0f', a.since)
        redis.call('SET', 'sb:gate:founded', at)
        for _, grant in ipairs(a.grants) do
            redis.call('HSET', 'sb:gate:role:' .. grant.role, grant.person, at)
            redis.call('HSET', 'sb:gate:person:' .. grant.person, grant.role, at)
            redis.call('HSET', 'sb:gate:names', grant.person, grant.name)
        end
    end,
}
