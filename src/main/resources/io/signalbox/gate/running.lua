-- arguments: command, most, states (in which a command is under way), take (whether it takes a place)
-- Places are not given back: whoever looks takes those away whose command has ended.
local function is_under_way(a, command)
    local state = state_of(command)
    for _, each in ipairs(a.states) do
        if each == state then return true end
    end
    return false
end

local ended
return {
    check = function(a)
        ended = {}
        local count = 0
        for _, command in ipairs(redis.call('SMEMBERS', 'sb:gate:running')) do
            if command ~= a.command then
                if is_under_way(a, command) then
                    count = count + 1
                else
                    ended[#ended + 1] = command
                end
            end
        end
        if count >= a.most then return refuse('running', tostring(count)) end
    end,
    write = function(a)
        for _, command in ipairs(ended) do
            redis.call('SREM', 'sb:gate:running', command)
        end
        if a.take then redis.call('SADD', 'sb:gate:running', a.command) end
    end,
}
