-- KEYS[1] an invite
-- What stood there, or nil; afterwards nothing does.
local found = redis.call('GET', KEYS[1])
redis.call('DEL', KEYS[1])
return found
