-- KEYS[1] the layout, [2] the team's own hash in the vault, [3] the team's row   ARGV newest layout, the first wrapped key
-- The layout of this store, as a number. An empty store is begun here, in one step with its first key, because every
-- version writes that key before anything else. A store that holds the key and no layout was begun before layouts had a
-- number: by 0.1.0 (1), or by a build that wrote `brought` into the team's row and hashed as layout 2 does.
local known = redis.call('GET', KEYS[1])
if known then return known end
local found = ARGV[1]
if redis.call('HEXISTS', KEYS[2], 'key') == 1 then
  local row = redis.call('HGET', KEYS[3], 'row')
  found = row and string.find(row, '"brought":', 1, true) and '2' or '1'
else
  redis.call('HSET', KEYS[2], 'key', ARGV[2])
end
redis.call('SET', KEYS[1], found)
return found
