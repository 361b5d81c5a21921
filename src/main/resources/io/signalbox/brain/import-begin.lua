-- ARGV[1]: {digest} of the file. Marks an empty brain, or one where an import of the same file was cut off, so that nobody
-- changes it meanwhile. Returns '' or why not.
local input = cjson.decode(ARGV[1])
if redis.call('EXISTS', 'sb:audit:status') == 1 then return 'a bot runs on this brain: stop it first' end
local begun = redis.call('HGET', 'sb:schema', 'importing')
if begun == input.digest then return '' end
if begun then return 'an import of another file was cut off here: import that one again, or empty this database first' end
local keys = redis.call('KEYS', 'sb:*')
if #keys > 0 then
    return 'the brain is not empty: it holds ' .. #keys .. ' keys, as ' .. keys[1] .. '; import into an empty database'
end
redis.call('HSET', 'sb:schema', 'importing', input.digest)
return ''
