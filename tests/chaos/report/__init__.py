"""From trials to the table in docs/reliability.md: `python -m tests.chaos.report`, which is `make chaos`."""
