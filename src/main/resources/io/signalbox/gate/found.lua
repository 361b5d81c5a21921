-- arguments: grants = list of {person, name, role}, since = milliseconds
-- The first roles, written once: what was revoked later must not come back with the next start.
return {
    -- Reading makes a key of the wrong type fail before the first write: half of the first roles would be all there ever are.
    check = function(a)
        if redis.call('EXISTS', 'sb:gate:founded') == 1 then return refuse('founded') end
        redis.call('HLEN', 'sb:gate:names')
        for _, grant in ipairs(a.grants) do
            redis.call('HLEN', 'sb:gate:role:' .. grant.role)
            redis.call('HLEN', 'sb:gate:person:' .. grant.person)
        end
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
