-- KEYS[1] the person's hash, [2] the list of the forgotten   ARGV person
-- 1 if they were known. The list is written even where nothing was known any more, because an older copy of the store
-- may know them; it keeps the latest time, because whoever came back since an earlier one is known again.
local known = redis.call('DEL', KEYS[1])
local time = redis.call('TIME')
redis.call('ZADD', KEYS[2], time[1], ARGV[1])
return known
