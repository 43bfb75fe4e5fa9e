-- KEYS[1] the person's hash, [2] the list   ARGV wrapped key, spot, blob, when (ms), ref
-- 1 once it lies there; 0 where the person was forgotten in between.
if redis.call('HGET', KEYS[1], 'key') ~= ARGV[1] then
  return 0
end
redis.call('HSET', KEYS[1], ARGV[2], ARGV[3])
redis.call('ZADD', KEYS[2], ARGV[4], ARGV[5])
return 1
