-- One step: everything a command changes, or nothing. adapters/stores/append.py writes KEYS and ARGV in the order in
-- which they are read here; all checks come before the first write, because a script is not rolled back.
-- Answers ok, again (this command was applied before), conflict, or the fence that no longer stands.
local k, a = 0, 0
local function key() k = k + 1; return KEYS[k] end
local function arg() a = a + 1; return ARGV[a] end
local function count() return tonumber(arg()) end
local function list(n)
  local found = {}
  for at = 1, n do found[at] = arg() end
  return found
end
-- what is added to sorted sets is gathered, so that many members of one set are one call
local sets, gathered = {}, {}
local function add(set, score, member)
  local pairs_of = gathered[set]
  if not pairs_of then
    pairs_of = {}
    gathered[set], sets[#sets + 1] = pairs_of, set
  end
  pairs_of[#pairs_of + 1] = score
  pairs_of[#pairs_of + 1] = member
end
local function add_gathered()
  for _, set in ipairs(sets) do
    local pairs_of = gathered[set]
    for from = 1, #pairs_of, 1000 do -- unpack can do a few thousand
      redis.call('ZADD', set, unpack(pairs_of, from, math.min(from + 999, #pairs_of)))
    end
  end
end

-- the command
local commands, command, now, oldest, most = key(), arg(), arg(), arg(), count()
if redis.call('ZSCORE', commands, command) then return 'again' end

-- the timelines it was decided on
for _ = 1, count() do
  local row = redis.call('HMGET', key(), 'version', 'head')
  local version, head = arg(), arg()
  if (row[1] or '0') ~= version or (row[2] or '') ~= head then return 'conflict' end
end

-- the fences
local team, sender, where = key(), key(), key()
local version, holds, epoch = arg(), arg(), arg()
if version ~= '' and (redis.call('HGET', team, 'version') or '0') ~= version then return 'team' end
if holds ~= '' and (redis.call('HGET', team, 'holds') or '0') ~= holds then return 'hold' end
if epoch ~= '' and tonumber(redis.call('GET', sender) or '0') > tonumber(epoch) then return 'sender' end
for _ = 1, count() do
  if redis.call('HEXISTS', where, arg()) == 1 then return 'mention' end
end

-- from here on it writes
redis.call('ZADD', commands, now, command)
local gone = redis.call('ZRANGEBYSCORE', commands, '-inf', oldest, 'LIMIT', 0, 16)
if #gone > 0 then redis.call('ZREM', commands, unpack(gone)) end
if redis.call('ZCARD', commands) > most then redis.call('ZPOPMIN', commands, 2) end
if epoch ~= '' then redis.call('SET', sender, epoch) end

-- lines, rows, whereabouts, feed: plain calls
for _ = 1, count() do
  local name, n = arg(), count()
  redis.call(name, key(), unpack(list(n)))
end

-- texts, unless their person was forgotten meanwhile
for _ = 1, count() do
  local person, spot, blob = key(), arg(), arg()
  if redis.call('HEXISTS', person, 'key') == 1 then redis.call('HSET', person, spot, blob) end
end

-- where rows stand in the indexes; each row remembers the names, one a line
local index = arg()
for _ = 1, count() do
  local row, member, n = key(), arg(), count()
  local wanted, names = {}, {}
  for at = 1, n do
    local name, score = arg(), arg()
    wanted[name], names[at] = true, name
    add(key(), score, member)
  end
  for name in string.gmatch(redis.call('HGET', row, 'indexes') or '', '[^\n]+') do
    if not wanted[name] then redis.call('ZREM', index .. name, member) end
  end
  redis.call('HSET', row, 'indexes', table.concat(names, '\n'))
end

-- what is due; what was due before and is not changed keeps the lease somebody may have on it
local due, due_at = key(), key()
for _ = 1, count() do
  local row, name, n = key(), arg(), count()
  local wanted, whats = {}, {}
  for place = 1, n do
    local what, at = arg(), arg()
    local member = name .. ' ' .. what
    wanted[what], whats[place] = true, what
    if redis.call('HGET', due_at, member) ~= at then
      redis.call('HSET', due_at, member, at)
      redis.call('ZADD', due, at, member)
    end
  end
  for what in string.gmatch(redis.call('HGET', row, 'dues') or '', '[^\n]+') do
    if not wanted[what] then
      redis.call('ZREM', due, name .. ' ' .. what)
      redis.call('HDEL', due_at, name .. ' ' .. what)
    end
  end
  redis.call('HSET', row, 'dues', table.concat(whats, '\n'))
end

-- what a search finds: `<member>|<person>` under each token, so that forgetting one person takes nobody else's away;
-- tokens come as one argument, because every argument costs the client about a microsecond
local token = arg()
for _ = 1, count() do
  local person, found, members = key(), key(), list(count())
  local tokens = arg()
  if redis.call('HEXISTS', person, 'key') == 1 then
    local entries = {}
    for one in string.gmatch(tokens, '%S+') do
      for _, member in ipairs(members) do
        add(token .. one, 0, member)
        entries[#entries + 1] = one .. ' ' .. member
      end
    end
    redis.call('SADD', found, unpack(entries))
  end
end
add_gathered()
return 'ok'
