-- arguments: key, edit (the message that is answered), remembered (ms)
return {
    check = function(a)
        local before = redis.call('GET', a.key)
        if before then return refuse('edited', before) end
    end,
    write = function(a)
        redis.call('SET', a.key, a.edit, 'PX', a.remembered)
    end,
}
