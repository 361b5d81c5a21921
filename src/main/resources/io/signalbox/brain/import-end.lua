-- ARGV[1]: {schema} as it was exported, without it where the export has none. From now on the brain is one like any other.
local input = cjson.decode(ARGV[1])
redis.call('DEL', 'sb:schema')
if input.schema then
    for field, text in pairs(input.schema) do redis.call('HSET', 'sb:schema', field, text) end
end
return ''
