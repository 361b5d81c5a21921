-- arguments: command, people (ids)
-- Those who are to hear of a broken glass, as they were when it was broken.
return {
    check = function() end,
    write = function(a)
        redis.call('HSET', 'sb:command:' .. a.command, 'called', table.concat(a.people, ' '))
    end,
}
