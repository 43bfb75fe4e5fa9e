"""What a trial found, in one line of one shape, from which the table in docs/reliability.md is written."""


def say(promise: str, trial: str, kind: str, count: int, result: str, seed: int | str) -> None:
    """Print a trial's line. `kind`: real or simulated; `result`: figures with their units; `seed`: what plays it again."""
    print(f"trial | {promise} | {trial} | {kind} | {count:,} | {result} | seed {seed}")
