-- KEYS[1] inbox, [2] seen, [3] cursors, then each person's hash
-- ARGV arrived (ms), number of persons, number of cursors,
--      for each person: wrapped key, '1' where it was made just now, else '0'
--      for each cursor: source, how far
--      for each piece of news: number of its person, seen id, spot ('' without words), ref, seal, blob
-- A string with '1' for each stored and '0' for each duplicate. Where a person's key is another than the caller
-- believes, nothing at all is written: a list of number and true key ('' for none) in turn. A key that was there once
-- and is gone was destroyed on purpose, so it is never put back.
local persons, cursors = tonumber(ARGV[2]), tonumber(ARGV[3])
local at = 4
local key, wrong = {}, {}
for n = 1, persons do
  local held = redis.call('HGET', KEYS[3 + n], 'key')
  if held ~= ARGV[at] then
    if held or ARGV[at + 1] == '0' then
      wrong[#wrong + 1] = n
      wrong[#wrong + 1] = held or ''
    end
    key[n] = ARGV[at]
  end
  at = at + 2
end
if #wrong > 0 then
  return wrong
end
for _ = 1, cursors do
  redis.call('HSET', KEYS[3], ARGV[at], ARGV[at + 1])
  at = at + 2
end
local told = {}
while at <= #ARGV do
  if redis.call('SADD', KEYS[2], ARGV[at + 1]) == 0 then
    told[#told + 1] = '0'
  else
    local person = tonumber(ARGV[at])
    local home = KEYS[3 + person]
    if key[person] then
      redis.call('HSET', home, 'key', key[person])
      key[person] = nil
    end
    if ARGV[at + 2] == '' then
      redis.call('XADD', KEYS[1], '*', 'a', ARGV[1], 'p', ARGV[at + 5])
    else
      redis.call('HSET', home, ARGV[at + 2], ARGV[at + 5])
      redis.call('XADD', KEYS[1], '*', 'a', ARGV[1], 'r', ARGV[at + 3], 's', ARGV[at + 4])
    end
    told[#told + 1] = '1'
  end
  at = at + 6
end
return table.concat(told)
