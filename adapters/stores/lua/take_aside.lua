-- KEYS[1] the person's hash, [2] the list   ARGV spot, ref
redis.call('HDEL', KEYS[1], ARGV[1])
return redis.call('ZREM', KEYS[2], ARGV[2])
