-- KEYS[1] what is due by when it may be taken, [2] when it is truly due   ARGV member, …
-- Each that is still due may be taken at its true time again, whoever had it in hand.
for _, member in ipairs(ARGV) do
  local at = redis.call('HGET', KEYS[2], member)
  if at then redis.call('ZADD', KEYS[1], 'XX', at, member) end
end
