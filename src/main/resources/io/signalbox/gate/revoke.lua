-- arguments: person, role
-- Somebody must be left who can grant roles.
return {
    check = function(a)
        redis.call('HLEN', 'sb:gate:person:' .. a.person)
        local key = 'sb:gate:role:' .. a.role
        if redis.call('HEXISTS', key, a.person) == 0 then return refuse('not-held') end
        if a.role == 'admin' and redis.call('HLEN', key) == 1 then return refuse('last-admin') end
    end,
    write = function(a)
        redis.call('HDEL', 'sb:gate:role:' .. a.role, a.person)
        redis.call('HDEL', 'sb:gate:person:' .. a.person, a.role)
    end,
}
