-- ARGV[1]: a command's id. The row and its events as they are at one moment: read one after the other, a commit could come
-- between them, and the number of an older event would be taken for the newest one's.
return {
    redis.call('HGETALL', 'sb:command:' .. ARGV[1]),
    redis.call('LRANGE', 'sb:story:' .. ARGV[1], 0, -1),
}
