-- KEYS[1] the team, then the incidents, then the conversations   ARGV number of incidents, what an incident's key begins with
-- All rows as they stand at one instant: the team's, the incidents', the conversations', and in the end the incidents
-- that those conversations lie in and nobody named. A row that does not exist is nil.
local named = tonumber(ARGV[1])
local rows, known, more = {}, {}, {}
for at = 1, #KEYS do
  if at <= named + 1 then
    rows[at] = redis.call('HGET', KEYS[at], 'row')
    known[KEYS[at]] = true
  else
    local found = redis.call('HMGET', KEYS[at], 'row', 'incident')
    rows[at] = found[1]
    if found[2] then more[#more + 1] = ARGV[2] .. found[2] end
  end
end
for _, key in ipairs(more) do
  if not known[key] then
    known[key] = true
    rows[#KEYS + 1] = rows[#KEYS + 1] or {}
    table.insert(rows[#KEYS + 1], redis.call('HGET', key, 'row'))
  end
end
return rows
