-- KEYS[1] an index, then the token sets that must all hold a member
-- ARGV rising (1 or 0), limit, score and member after which the page begins ('' and '': at the beginning),
--      lowest and highest score, how many finds of the rarest token are sorted, how many places are walked at most,
--      what the index's name begins with (i: where incidents stand in it), and what the keys of conversations and of piles begin with
-- {how many the index holds, score and member after which the next page begins ('' and '': none), members...}
-- Every way through is bounded, however large index and tokens are; a walk that ends at its bound hands back a short
-- page that can be continued.
local index, rising = KEYS[1], ARGV[1] == '1'
local limit, score, member = tonumber(ARGV[2]), ARGV[3], ARGV[4]
local low, high, rare, walk = ARGV[5], ARGV[6], tonumber(ARGV[7]), tonumber(ARGV[8])
local total = redis.call('ZCARD', index)

-- Byte order, as sorted sets have it; Lua's own comparison follows the server's locale.
local function above(x, y)
  for at = 1, math.min(#x, #y) do
    local p, q = string.byte(x, at), string.byte(y, at)
    if p ~= q then return p > q end
  end
  return #x > #y
end
local function range(first, last)
  return redis.call(rising and 'ZRANGE' or 'ZREVRANGE', index, first, last, 'WITHSCORES')
end
local function before(bound)
  if rising then return redis.call('ZCOUNT', index, '-inf', '(' .. bound) end
  return redis.call('ZCOUNT', index, '(' .. bound, '+inf')
end
local function beyond(bound)
  if rising then return redis.call('ZCOUNT', index, '(' .. bound, '+inf') end
  return redis.call('ZCOUNT', index, '-inf', '(' .. bound)
end
local function passed(m) -- of two with the cursor's score: is m the cursor's member, or before it?
  if rising then return not above(m, member) end
  return not above(member, m)
end

-- the places of the first and of one past the last
local first = before(rising and low or high)
local past = total - beyond(rising and high or low)
if score ~= '' then
  local from = before(score)
  local to = from + redis.call('ZCOUNT', index, score, score)
  while from < to do
    local middle = math.floor((from + to) / 2)
    if passed(range(middle, middle)[1]) then from = middle + 1 else to = middle end
  end
  first = math.max(first, from)
end

local page = {total, '', ''}
local function take(m, s) -- false once the page is full
  if #page - 3 == limit then return false end
  page[#page + 1], page[2], page[3] = m, s, m
  return true
end

-- A token set holds `<member>|<person>`, all with one score, so a member is looked up by its beginning.
local looked = 0
local function holds(set, m)
  looked = looked + 1
  return #redis.call('ZRANGEBYLEX', set, '[' .. m .. '|', '(' .. m .. '}', 'LIMIT', 0, 1) > 0
end
local function hit(m, sets)
  for _, set in ipairs(sets) do
    if not holds(set, m) then return false end
  end
  return true
end

-- Words are kept with conversations; an incident is found by any conversation in its pile, or by its own notes.
local incidents = ARGV[9] == 'i:'
local rows, piles = ARGV[10], ARGV[11]
local function in_pile(m, sets)
  if hit(m, sets) then return true end
  local pile, from, most = piles .. string.sub(m, 3), 0, looked + walk
  while looked < most do
    local names = redis.call('ZREVRANGE', pile, from, from + 99)
    for _, name in ipairs(names) do
      if hit(name, sets) then return true end
    end
    if #names < 100 then return false end
    from = from + 100
  end
  return false
end

local sets, rarest = {}, nil
for at = 2, #KEYS do
  sets[at - 1] = KEYS[at]
  local size = redis.call('ZCARD', KEYS[at])
  if not rarest or size < rarest.size then rarest = {size = size, at = at - 1} end
end

if rarest and rarest.size <= rare then
  local set = table.remove(sets, rarest.at)
  local floor, ceiling, cursor = tonumber(low) or -math.huge, tonumber(high) or math.huge, tonumber(score)
  local hits, seen, found = {}, {}, {}
  for _, entry in ipairs(redis.call('ZRANGE', set, 0, -1)) do
    local m = string.match(entry, '^(.*)|')
    local holder = m
    if incidents and string.sub(m, 1, 2) ~= 'i:' then
      local lies = redis.call('HGET', rows .. m, 'incident')
      holder = lies and 'i:' .. lies
    end
    local at = holder and not seen[m] and not found[holder] and redis.call('ZSCORE', index, holder)
    seen[m] = true
    local s = at and tonumber(at)
    local behind = s and cursor and (s == cursor and passed(holder) or s ~= cursor and (s < cursor) == rising)
    if s and s >= floor and s <= ceiling and not behind and hit(m, sets) then
      found[holder] = true
      hits[#hits + 1] = {m = holder, s = s, at = at}
    end
  end
  table.sort(hits, function(x, y)
    if x.s ~= y.s then return (x.s < y.s) == rising end
    return x.m ~= y.m and above(y.m, x.m) == rising
  end)
  for _, one in ipairs(hits) do
    if not take(one.m, one.at) then return page end
  end
  page[2], page[3] = '', ''
  return page
end

local holding = incidents and in_pile or hit
local last = math.min(past, first + walk)
while first < last do
  local chunk = range(first, math.min(first + 200, last) - 1)
  for at = 1, #chunk, 2 do
    if holding(chunk[at], sets) and not take(chunk[at], chunk[at + 1]) then return page end
    first = first + 1
    if first < past and (first == last or looked > 4 * walk) then
      page[2], page[3] = chunk[at + 1], chunk[at]
      return page
    end
  end
end
page[2], page[3] = '', ''
return page
