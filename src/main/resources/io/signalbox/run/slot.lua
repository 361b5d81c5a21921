-- arguments: most (how many runs may be under way)
return {
    check = function(a)
        local busy = redis.call('SCARD', 'sb:in:Dispatched') + redis.call('SCARD', 'sb:in:Started')
        if busy >= a.most then return refuse('full', tostring(busy)) end
    end,
    write = function() end,
}
