-- ARGV[1]: {keys} to read; without keys all of Signalbox's, as they are at one moment.
-- Returns for each key that exists {key, type, expires (milliseconds since 1970, '' for never), value}.
local input = cjson.decode(ARGV[1])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local function last_id(key)
    local info = redis.call('XINFO', 'STREAM', key)
    for index = 1, #info, 2 do
        if info[index] == 'last-generated-id' then return info[index + 1] end
    end
end

local read = {
    string = function(key) return redis.call('GET', key) end,
    hash = function(key) return redis.call('HGETALL', key) end,
    list = function(key) return redis.call('LRANGE', key, 0, -1) end,
    set = function(key) return redis.call('SMEMBERS', key) end,
    zset = function(key) return redis.call('ZRANGE', key, 0, -1, 'WITHSCORES') end,
    stream = function(key) return { last_id(key), redis.call('XRANGE', key, '-', '+') } end,
}

local found = {}
for _, key in ipairs(input.keys or redis.call('KEYS', 'sb:*')) do
    local kind = redis.call('TYPE', key).ok
    if kind ~= 'none' then
        if not read[kind] then return redis.error_reply('ERR ' .. key .. ' is a ' .. kind .. ', which Signalbox never writes') end
        local left = redis.call('PTTL', key)
        local expires = left < 0 and '' or string.format('%.0f', now + left)
        found[#found + 1] = { key, kind, expires, read[kind](key) }
    end
end
return found
