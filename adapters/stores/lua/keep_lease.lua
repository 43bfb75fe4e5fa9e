-- KEYS[1] the lease   ARGV holder, epoch, ttl in ms
-- 1 if it was still held and now lasts ttl from here on, else 0. One that has ended is not revived.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local held = redis.call('HMGET', KEYS[1], 'holder', 'epoch', 'until')
if held[1] ~= ARGV[1] or held[2] ~= ARGV[2] or tonumber(held[3]) <= now then
  return 0
end
redis.call('HSET', KEYS[1], 'until', string.format('%.0f', now + ARGV[3]), 'ttl', ARGV[3])
return 1
