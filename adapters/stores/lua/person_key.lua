-- KEYS[1] the person's hash   ARGV a wrapped key
-- The wrapped key that now stands: theirs, or this one where they had none.
if redis.call('HSETNX', KEYS[1], 'key', ARGV[1]) == 1 then
  return ARGV[1]
end
return redis.call('HGET', KEYS[1], 'key')
