-- arguments: needs = list of {person, name, roles, code, before}
-- Each person must hold one of the roles, and where `before` is given must have held it at that time already.
local function holds(need)
    for _, role in ipairs(need.roles) do
        if role == 'everyone' then return true end
        local since = redis.call('HGET', 'sb:gate:role:' .. role, need.person)
        if since and (not need.before or tonumber(since) <= need.before) then return true end
    end
    return false
end

return {
    check = function(a)
        redis.call('HLEN', 'sb:gate:names')
        for _, need in ipairs(a.needs) do
            if not holds(need) then return refuse(need.code, need.person) end
        end
    end,
    -- Names follow what the chat service says of people; they decide nothing.
    write = function(a)
        for _, need in ipairs(a.needs) do
            if redis.call('HEXISTS', 'sb:gate:names', need.person) == 1 then
                redis.call('HSET', 'sb:gate:names', need.person, need.name)
            end
        end
    end,
}
