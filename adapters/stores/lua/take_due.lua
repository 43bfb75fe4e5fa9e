-- KEYS[1] what is due by when it may be taken, [2] when it is truly due   ARGV now, limit, end of the lease (microseconds)
-- {member, when it is due, …}, earliest first. Until the lease ends nobody else is given it.
local taken = {}
for _, member in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[2])) do
  redis.call('ZADD', KEYS[1], ARGV[3], member)
  taken[#taken + 1] = member
  taken[#taken + 1] = redis.call('HGET', KEYS[2], member)
end
return taken
