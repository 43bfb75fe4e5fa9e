-- KEYS[1] the lease   ARGV holder, epoch
-- Ends it now if it is that holder's; its epoch stays for the next one to grow from.
local held = redis.call('HMGET', KEYS[1], 'holder', 'epoch')
if held[1] == ARGV[1] and held[2] == ARGV[2] then
  redis.call('HSET', KEYS[1], 'until', '0')
  return 1
end
return 0
