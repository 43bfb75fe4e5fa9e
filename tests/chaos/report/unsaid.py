"""Trials that print no line of their own: their promise, what they try, whether it is real, how often one test tries it."""

from tests.chaos.summary import Told

#: The promise of a trial that names none: it fell over before it could, or it should be listed here.
REST = "the rest"
_UNSAID = {
    "tests/chaos/test_kills.py": ("at most once", "kill -9 of bot and store around a whole story", "real", 1),
    "tests/chaos/test_clocks.py": ("never early", "clocks of bot and store moved by up to 2 h, restarts", "real", 1),
    "tests/chaos/test_chat_roles.py": ("only who may", "every gesture by every standing", "simulated", 1),
    "tests/chaos/test_chat_two_rooms.py": ("one owner, one post", "two rooms press against each other", "simulated", 1),
    "tests/adapters/rooms/discord/test_room_trials.py": (
        "a storm costs a few messages",
        "rooms that fail at any call",
        "simulated",
        1,
    ),
    "tests/adapters/rooms/discord/test_room_pings.py": ("nobody is pinged", "hostile words in Discord", "simulated", 1),
}


def unsaid(file: str, function: str, seed: str) -> Told:
    """The line of a test that printed none."""
    plain = function.removeprefix("test_").replace("_", " ")
    promise, trial, kind, count = _UNSAID.get(file, (REST, plain, "simulated", 1))
    return Told(promise, trial, kind, count, "0 faults", seed or "none")
