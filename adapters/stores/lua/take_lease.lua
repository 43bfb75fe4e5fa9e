-- KEYS[1] the lease   ARGV holder, ttl in ms
-- The new epoch, or nil while another holds it. Epochs only grow, and outlive the lease, so a holder that slept
-- through its end can be told from its successor. Taking anew what one holds oneself is a new epoch too: whatever
-- an earlier self of the same name still has on the way is then old.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local held = redis.call('HMGET', KEYS[1], 'holder', 'until')
if held[1] and held[1] ~= ARGV[1] and tonumber(held[2]) > now then
  return false
end
local epoch = redis.call('HINCRBY', KEYS[1], 'epoch', 1)
redis.call('HSET', KEYS[1], 'holder', ARGV[1], 'until', string.format('%.0f', now + ARGV[2]))
return epoch
