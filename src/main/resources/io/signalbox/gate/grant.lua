-- arguments: person, name, role
return {
    check = function(a)
        redis.call('HLEN', 'sb:gate:person:' .. a.person)
        redis.call('HLEN', 'sb:gate:names')
        local since = redis.call('HGET', 'sb:gate:role:' .. a.role, a.person)
        if since then return refuse('held', since) end
    end,
    write = function(a)
        local at = string.format('%.0f', now)
        redis.call('HSET', 'sb:gate:role:' .. a.role, a.person, at)
        redis.call('HSET', 'sb:gate:person:' .. a.person, a.role, at)
        redis.call('HSET', 'sb:gate:names', a.person, a.name)
    end,
}
