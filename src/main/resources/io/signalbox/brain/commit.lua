-- One commit. Everything is checked before the first write: Redis does not roll a script back.
-- ARGV[1]: {id (absent: not remembered), now, expires (milliseconds of this server), retain, schema, events: [{command, kind, after: [..], terminal, json}], parts: [{fragment, arguments}]}
-- Above this text stand the fragments, as functions in the table `fragments`.
local input = cjson.decode(ARGV[1])
now = input.now

local memory = input.id and 'sb:commit:' .. input.id
local remembered = memory and redis.call('GET', memory)
if remembered then return remembered end

-- Nobody waits for it any more: who asked was told that nothing is done, so a Redis that wakes up must not do it.
local time = redis.call('TIME')
if time[1] * 1000 + time[2] / 1000 > input.expires then
    return cjson.encode({ declined = { code = 'overdue', detail = '' } })
end

local states = {}
function state_of(command)
    if states[command] == nil then
        states[command] = redis.call('HGET', 'sb:command:' .. command, 'state') or ''
    end
    return states[command]
end

function refuse(code, detail)
    return { code = code, detail = detail or '' }
end

local function declined(refusal)
    return cjson.encode({ declined = refusal })
end

-- The layout of an older brain is brought up first; one that asks for a later release is not changed.
local layout = redis.call('HMGET', 'sb:schema', 'version', 'reader', 'importing')
if layout[3] then return declined(refuse('schema-importing')) end
if tonumber(layout[2] or '1') > input.schema then return declined(refuse('schema-new', layout[2])) end
if tonumber(layout[1] or '1') < input.schema then return declined(refuse('schema-old')) end

-- A key of another type, or a number that was given before, would stop the writes half way.
local function require_type(key, kind)
    local found = redis.call('TYPE', key).ok
    if found ~= 'none' and found ~= kind then
        error('damaged brain: ' .. key .. ' is a ' .. found .. ', not a ' .. kind)
    end
end

local function require_sound()
    require_type('sb:seq', 'string')
    require_type('sb:outbox', 'stream')
    require_type('sb:untold', 'zset')
    if redis.call('EXISTS', 'sb:outbox') == 0 then return end
    local info = redis.call('XINFO', 'STREAM', 'sb:outbox')
    for index = 1, #info, 2 do
        if info[index] == 'last-generated-id' then
            local given = tonumber(string.match(info[index + 1], '^%d+'))
            local number = tonumber(redis.call('GET', 'sb:seq') or '0')
            if given > number then
                error('damaged brain: sb:seq is ' .. number .. ', but number ' .. given .. ' was given before')
            end
        end
    end
end

-- Checks: the states, one event after the other, then each fragment.
if #input.events > 0 then require_sound() end
local before = {}
local after = {}
for _, event in ipairs(input.events) do
    require_type('sb:command:' .. event.command, 'hash')
    require_type('sb:story:' .. event.command, 'list')
    require_type('sb:in:' .. event.kind, 'set')
    local state = after[event.command] or state_of(event.command)
    if state ~= '' then require_type('sb:in:' .. state, 'set') end
    before[#before + 1] = state
    local allowed = state == '' and #event.after == 0
    for _, name in ipairs(event.after) do
        if name == state then allowed = true end
    end
    if not allowed then return declined(refuse('state', state)) end
    after[event.command] = event.kind
end
local uses = {}
for _, part in ipairs(input.parts) do
    uses[#uses + 1] = { part = fragments[part.fragment], arguments = part.arguments }
    local refusal = uses[#uses].part.check(part.arguments)
    if refusal then return declined(refusal) end
end

-- Writes: the events with their numbers, then each fragment.
local numbers = {}
for index, event in ipairs(input.events) do
    local number = redis.call('INCR', 'sb:seq')
    local row, story = 'sb:command:' .. event.command, 'sb:story:' .. event.command
    redis.call('HSET', row, 'state', event.kind, 'seq', number)
    redis.call('RPUSH', story, event.json)
    if before[index] ~= '' then redis.call('SREM', 'sb:in:' .. before[index], event.command) end
    if event.terminal then
        redis.call('PEXPIRE', row, input.retain)
        redis.call('PEXPIRE', story, input.retain)
    else
        redis.call('SADD', 'sb:in:' .. event.kind, event.command)
    end
    redis.call('ZADD', 'sb:untold', number, event.command)
    redis.call('XADD', 'sb:outbox', number .. '-0', 'event', event.json)
    numbers[#numbers + 1] = number
end
for _, use in ipairs(uses) do
    use.part.write(use.arguments)
end

local result = #numbers == 0 and '{"committed":[]}' or cjson.encode({ committed = numbers })
if memory then redis.call('SET', memory, result, 'PX', 86400000) end
return result
