-- KEYS persons' hashes   ARGV for each: how many spots, then these
-- For each the wrapped key and what lies in its spots; false where there is nothing.
local found, at = {}, 1
for n, person in ipairs(KEYS) do
  local held, last = {redis.call('HGET', person, 'key')}, at + tonumber(ARGV[at])
  for spot = at + 1, last do held[#held + 1] = redis.call('HGET', person, ARGV[spot]) end
  found[n], at = held, last + 1
end
return found
