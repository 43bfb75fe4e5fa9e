-- KEYS[1] a person's index entries, then the token of each   ARGV entries, `<token> <member>`
for at, entry in ipairs(ARGV) do
  local space = string.find(entry, ' ', 1, true)
  redis.call('ZREM', KEYS[at + 1], string.sub(entry, space + 1))
  redis.call('SREM', KEYS[1], entry)
end
return #ARGV
