-- KEYS[1] the commands applied, then the team, the incidents, the conversations
-- ARGV a command or '', number of rows up to the last incident, what an incident's key begins with, the field that says
--      up to which version the team's row is whole
-- All as it stands at one instant: whether the command was applied, the rows of team and incidents, the rows of the
-- conversations, the incidents that those lie in and nobody named, and 1 where an older version of the product wrote the
-- team's row last, which leaves out what it does not know. A row that does not exist is false.
-- A replica is refused: one that was the primary may lag, or follow nobody. It takes no write, and this one, which never
-- finds anything to take away, is no write anywhere else.
local able = redis.pcall('ZREM', KEYS[1], '')
if type(able) == 'table' and string.find(able.err or '', 'READONLY', 1, true) then return able end
local named = tonumber(ARGV[2])
local rows, talks, lie, known, more = {}, {}, {}, {}, {}
for at = 2, #KEYS do
  if at <= named + 1 then
    rows[#rows + 1] = redis.call('HGET', KEYS[at], 'row')
    known[KEYS[at]] = true
  else
    local found = redis.call('HMGET', KEYS[at], 'row', 'incident')
    talks[#talks + 1] = found[1]
    if found[2] then lie[#lie + 1] = ARGV[3] .. found[2] end
  end
end
for _, key in ipairs(lie) do
  if not known[key] then
    known[key] = true
    more[#more + 1] = redis.call('HGET', key, 'row')
  end
end
local applied = ARGV[1] ~= '' and redis.call('ZSCORE', KEYS[1], ARGV[1]) and 1 or 0
local team = redis.call('HMGET', KEYS[2], 'version', ARGV[4])
return {applied, rows, talks, more, team[1] ~= team[2] and 1 or 0}
