-- KEYS keys   ARGV the kind each is believed to be, then how many items are few, then a hash's field that is told apart, or ''
-- For each: the SHA-1 of its items as they are told, each behind its length, and what stands in that field. '' for a key that is
-- of another kind now, that holds more than that, that ends in time, or is gone.
local few, apart = tonumber(ARGV[#KEYS + 1]), ARGV[#KEYS + 2]
local size = {hash = 'HLEN', set = 'SCARD', zset = 'ZCARD', stream = 'XLEN', string = 'STRLEN'}

local function packed(items)
  local told = {}
  for _, item in ipairs(items) do
    told[#told + 1] = struct.pack('>I4', #item)
    told[#told + 1] = item
  end
  return table.concat(told)
end

local function of_hash(key)
  local items, without = redis.call('HGETALL', key), {}
  for at = 1, #items, 2 do
    if apart == '' or items[at] ~= apart then
      without[#without + 1] = items[at]
      without[#without + 1] = items[at + 1]
    end
  end
  return without
end

local function of_stream(key)
  local items = {}
  for _, entry in ipairs(redis.call('XRANGE', key, '-', '+')) do
    items[#items + 1] = entry[1]
    items[#items + 1] = packed(entry[2])
  end
  return items
end

-- Their hashes in order, because whoever asks got the members in none.
local function of_set(key)
  local items = {}
  for n, member in ipairs(redis.call('SMEMBERS', key)) do items[n] = redis.sha1hex(member) end
  table.sort(items)
  return items
end

local items_of = {
  hash = of_hash,
  stream = of_stream,
  set = of_set,
  zset = function(key) return redis.call('ZRANGE', key, 0, -1, 'WITHSCORES') end,
  string = function(key) return {redis.call('GET', key)} end,
}

local found = {}
for n, key in ipairs(KEYS) do
  local kind = ARGV[n]
  local same = redis.call('TYPE', key).ok == kind and redis.call('PTTL', key) == -1
  if same and (kind == 'string' or redis.call(size[kind], key) <= few) then
    local held = kind == 'hash' and apart ~= '' and redis.call('HGET', key, apart)
    found[n] = {redis.sha1hex(packed(items_of[kind](key))), held or ''}
  else
    found[n] = {'', ''}
  end
end
return found
