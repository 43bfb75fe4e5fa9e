-- KEYS[1] inbox, [2] seen, [3] cursors, then each person's hash
-- ARGV[1] arrived (ms)
--     [2] length of what stands before the person in their hash's key
--     [3] for each person 62 bytes: '1' where their key was made just now, else '0', and the wrapped key
--     [4] each piece of news: its length (4 bytes), number of its person (2), seen id (16), spot (16; dashes without
--         words), seal (64; dashes without words), blob. One string, because the client packs many arguments slowly
--     then for each cursor: source, how far
-- Gives a string with '1' for each stored and '0' for each duplicate. Where a person's key is another than the caller
-- believes, nothing at all is written, and it gives a list of number and true key ('' for none) in turn. A key that
-- was there once and is gone was destroyed on purpose, so it is never put back.
local before = tonumber(ARGV[2])
local key, wrong = {}, {}
for n = 1, #KEYS - 3 do
  local believed = string.sub(ARGV[3], n * 62 - 61, n * 62)
  local wrapped = string.sub(believed, 2)
  local held = redis.call('HGET', KEYS[3 + n], 'key')
  if held ~= wrapped then
    if held or string.byte(believed) == 48 then
      wrong[#wrong + 1] = n
      wrong[#wrong + 1] = held or ''
    end
    key[n] = wrapped
  end
end
if #wrong > 0 then
  return wrong
end
for n = 5, #ARGV, 2 do
  redis.call('HSET', KEYS[3], ARGV[n], ARGV[n + 1])
end
local all, told, at = ARGV[4], {}, 1
while at < #all do
  local size, person = struct.unpack('>I4I2', string.sub(all, at, at + 5))
  local first = at + 6
  at = at + 4 + size
  if redis.call('SADD', KEYS[2], string.sub(all, first, first + 15)) == 0 then
    told[#told + 1] = '0'
  else
    local home = KEYS[3 + person]
    local spot = string.sub(all, first + 16, first + 31)
    local blob = string.sub(all, first + 96, at - 1)
    local fresh = key[person]
    key[person] = nil
    if string.byte(spot) == 45 then
      if fresh then
        redis.call('HSET', home, 'key', fresh)
      end
      redis.call('XADD', KEYS[1], '*', 'a', ARGV[1], 'p', blob)
    else
      if fresh then
        redis.call('HSET', home, 'key', fresh, spot, blob)
      else
        redis.call('HSET', home, spot, blob)
      end
      local ref = string.sub(home, before + 1) .. '.' .. spot
      redis.call('XADD', KEYS[1], '*', 'a', ARGV[1], 'r', ref, 's', string.sub(all, first + 32, first + 95))
    end
    told[#told + 1] = '1'
  end
end
return table.concat(told)
