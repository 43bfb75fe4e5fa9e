-- KEYS indexes   ARGV how many of each
-- The first page of each, highest score first, as find.lua hands it back. In a storm nearly all of them are empty.
local pages = {}
for n, index in ipairs(KEYS) do
  local limit = tonumber(ARGV[n])
  local total = redis.call('ZCARD', index)
  local page = {total, '', ''}
  if total > 0 then
    local found = redis.call('ZREVRANGE', index, 0, limit - 1, 'WITHSCORES')
    for at = 1, #found, 2 do page[#page + 1] = found[at] end
    if total > limit then page[2], page[3] = found[#found], found[#found - 1] end
  end
  pages[n] = page
end
return pages
