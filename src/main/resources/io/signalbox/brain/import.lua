-- ARGV[1]: a list of {key, type, value, expires}, as in a line of an export. May be repeated.
local write = {
    string = function(key, value) redis.call('SET', key, value) end,
    hash = function(key, value)
        for field, text in pairs(value) do redis.call('HSET', key, field, text) end
    end,
    list = function(key, value)
        for _, text in ipairs(value) do redis.call('RPUSH', key, text) end
    end,
    set = function(key, value)
        for _, text in ipairs(value) do redis.call('SADD', key, text) end
    end,
    zset = function(key, value)
        for _, pair in ipairs(value) do redis.call('ZADD', key, pair[2], pair[1]) end
    end,
    stream = function(key, value)
        for _, entry in ipairs(value.entries) do redis.call('XADD', key, entry[1], unpack(entry[2])) end
        if #value.entries == 0 then
            local id = value.last == '0-0' and '0-1' or value.last
            redis.call('XADD', key, id, 'x', '')
            redis.call('XDEL', key, id)
        end
        redis.call('XSETID', key, value.last)
    end,
}
for _, entry in ipairs(cjson.decode(ARGV[1])) do
    redis.call('DEL', entry.key)
    write[entry.type](entry.key, entry.value)
    if entry.expires then redis.call('PEXPIREAT', entry.key, string.format('%.0f', entry.expires)) end
end
return ''
