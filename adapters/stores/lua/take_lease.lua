-- KEYS[1] the lease   ARGV holder, ttl in ms
-- The new epoch, or nil while another holds it. Epochs only grow, and outlive the lease, so a holder that slept
-- through its end can be told from its successor. Taking anew what one holds oneself is a new epoch too: whatever
-- an earlier self of the same name still has on the way is then old.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local held = redis.call('HMGET', KEYS[1], 'holder', 'until', 'ttl')
local ends = tonumber(held[2] or 0)
-- One that ends later than it could, had it been taken this instant, was taken before this clock was set back. Its
-- holder may live and is then fenced by the epoch; without this nobody would work until the clock catches up.
local believable = ends <= now + tonumber(held[3] or ARGV[2])
if held[1] and held[1] ~= ARGV[1] and ends > now and believable then
  return false
end
local epoch = redis.call('HINCRBY', KEYS[1], 'epoch', 1)
redis.call('HSET', KEYS[1], 'holder', ARGV[1], 'until', string.format('%.0f', now + ARGV[2]), 'ttl', ARGV[2])
return epoch
