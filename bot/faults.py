"""What may be said of a fault in the log: its kind and where it fell. Its text may hold what somebody wrote."""

import traceback

#: So many places of a fault are named, the innermost first, and so many faults of a chain, the newest first.
PLACES, CHAIN = 4, 4


def where(error: BaseException) -> str:
    """One line: kind and places of an error, then of what it came from. No text of theirs, at no level."""
    said: list[str] = []
    link: BaseException | None = error
    while link is not None and len(said) < CHAIN:
        said.append(_one(link))
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    return "; from ".join(said)


def _one(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__, limit=-PLACES)
    places = " < ".join(f"{f.filename}:{f.lineno} in {f.name}" for f in reversed(frames))
    kind = type(error).__name__
    return f"{kind} at {places}" if places else kind
