-- KEYS[1] an index, then the token sets that must all hold a member
-- ARGV rising (1 or 0), limit, score and member after which the page begins ('' and '': at the beginning),
--      lowest and highest score, how many hits of the rarest token are sorted, how many places are walked at most
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
local function holds(set, m)
  return #redis.call('ZRANGEBYLEX', set, '[' .. m .. '|', '(' .. m .. '}', 'LIMIT', 0, 1) > 0
end
local function hit(m, sets)
  for _, set in ipairs(sets) do
    if not holds(set, m) then return false end
  end
  return true
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
  local hits, known = {}, {}
  for _, entry in ipairs(redis.call('ZRANGE', set, 0, -1)) do
    local m = string.match(entry, '^(.*)|')
    local at = not known[m] and redis.call('ZSCORE', index, m)
    known[m] = true
    local s = at and tonumber(at)
    local behind = s and cursor and (s == cursor and passed(m) or s ~= cursor and (s < cursor) == rising)
    if s and s >= floor and s <= ceiling and not behind and hit(m, sets) then
      hits[#hits + 1] = {m = m, s = s, at = at}
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

local last = math.min(past, first + walk)
while first < last do
  local chunk = range(first, math.min(first + 200, last) - 1)
  for at = 1, #chunk, 2 do
    if hit(chunk[at], sets) and not take(chunk[at], chunk[at + 1]) then return page end
  end
  first = first + #chunk / 2
  if first == last and last < past then
    page[2], page[3] = chunk[#chunk], chunk[#chunk - 1]
    return page
  end
end
page[2], page[3] = '', ''
return page
