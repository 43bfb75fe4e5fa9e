-- KEYS[1] the team's row   ARGV version, head, row, the fields that say up to which version it is whole
-- The row as it was folded anew from the timeline up to that version, unless the team has gone on since.
local stands = redis.call('HMGET', KEYS[1], 'version', 'head')
if stands[1] == ARGV[1] and stands[2] == ARGV[2] then
  redis.call('HSET', KEYS[1], 'row', ARGV[3])
  for at = 4, #ARGV do redis.call('HSET', KEYS[1], ARGV[at], ARGV[1]) end
end
