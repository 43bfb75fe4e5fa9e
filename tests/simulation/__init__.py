"""The whole house in one loop of virtual time: replicas of the bot, its store, rooms, squares, people, the public, faults.

One seed decides everything, so a failure plays again: `python -m tests.simulation --seed 7`. What the world really did
(the squares' ledgers, what people pressed, the true time) is held against the record by `oracle` while it runs, and by
`verdict` once it has come to rest.
"""
