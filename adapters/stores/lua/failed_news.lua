-- KEYS[1] inbox, [2] tries   ARGV entry
-- How often sorting it failed so far; 0 for one that is done.
if #redis.call('XRANGE', KEYS[1], ARGV[1], ARGV[1]) == 0 then
  return 0
end
return redis.call('HINCRBY', KEYS[2], ARGV[1], 1)
