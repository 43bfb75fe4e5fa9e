-- KEYS[1] the threads of an incident   ARGV place, thread as JSON, version painted
-- Where the same thread already shows that version or a later one, nothing changes.
local known = redis.call('HMGET', KEYS[1], 'ref ' .. ARGV[1], 'painted ' .. ARGV[1])
if known[1] == ARGV[2] and tonumber(known[2]) >= tonumber(ARGV[3]) then return 0 end
redis.call('HSET', KEYS[1], 'ref ' .. ARGV[1], ARGV[2], 'painted ' .. ARGV[1], ARGV[3])
return 1
