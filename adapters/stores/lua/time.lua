-- KEYS[1] any key of the team, so that the server which holds it answers
return redis.call('TIME')
