-- KEYS[1] what is due by when it may be taken, [2] when it is truly due   ARGV member, when it was due, …
-- Each is gone, unless it is due at another time meanwhile.
for at = 1, #ARGV, 2 do
  if redis.call('HGET', KEYS[2], ARGV[at]) == ARGV[at + 1] then
    redis.call('ZREM', KEYS[1], ARGV[at])
    redis.call('HDEL', KEYS[2], ARGV[at])
  end
end
