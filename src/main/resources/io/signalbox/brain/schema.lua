-- ARGV[1]: {version, reader} of the migration that stands above as the function `migrate`.
-- Returns the version that the brain has now. A migration that was cut off is run again: it must be repeatable.
local input = cjson.decode(ARGV[1])
local found = redis.call('HMGET', 'sb:schema', 'version', 'reader')
local version = tonumber(found[1] or '1')
if version ~= input.version - 1 then return version end
migrate()
redis.call('HSET', 'sb:schema', 'version', input.version, 'reader', math.max(input.reader, tonumber(found[2] or '1')))
return input.version
