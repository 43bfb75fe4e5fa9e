"""What kind of trial a file holds: what a cut leaves of it, and what may run beside it."""

from enum import StrEnum


class Kind(StrEnum):
    """ONE keeps one core busy at most; MANY takes what it gets; TIMED is one core, too, and asks something in seconds by the
    wall, so nothing of many cores runs beside it; IDLE waits for most of its time, and has a lane of its own; ALL uses every
    core itself.
    """

    ONE = "one"
    MANY = "many"
    TIMED = "timed"
    IDLE = "idle"
    ALL = "all"


#: Trials in virtual time of which a cut leaves `SEEDS` seeds: what takes long, and what the chats promise. The others are
#: quick enough to run whole.
SIMULATED = (
    "tests/chaos/test_square_targets.py",
    "tests/chaos/test_chat_two_rooms.py",
    "tests/chaos/test_community_outages.py",
    "tests/adapters/rooms/discord/test_room_trials.py",
    "tests/adapters/rooms/discord/test_room_pings.py",
)
SEEDS = 6
#: Real trials of which nobody asked for so many at each `make chaos`: half of the rounds with an earlier version, and a few of
#: the stories around which bot and store are killed.
HALF = {"tests/chaos/test_versions.py": 10, "tests/chaos/test_kills.py": 12}
#: What only a night has time for.
NIGHTLY = ("tests/simulation/test_simulation.py::test_a_night",)
#: Trials of the chats, with all that stands in for them: of their thousand kills a cut leaves a few dozen. None of a storm,
#: which only measures what `make bench` does, too.
CHATS = (
    "tests/chaos/test_chat_kills.py",
    "tests/chaos/test_discord_kills.py",
    "tests/chaos/test_two_stand_ins.py",
    "tests/chaos/test_chat_roles.py",
)
STORM = "tests/adapters/rooms/slack/test_room_load.py"
FEW = 1
#: What else is simulated, or of thought alone, or one process and a store.
_ONE = (
    STORM,
    "tests/bot/work/test_outbox_model.py",
    "tests/chaos/test_chat_roles.py",
    "tests/chaos/test_chat_sends.py",
    "tests/chaos/test_chat_tampered.py",
    "tests/chaos/test_intake_calls.py",
    "tests/chaos/test_intake_flood.py",
    "tests/chaos/test_intake_forged.py",
    "tests/chaos/test_intake_poison.py",
    "tests/chaos/test_machine_steps.py",
    "tests/chaos/test_record_whole.py",
    "tests/chaos/test_send_calls.py",
    "tests/chaos/test_source_outages.py",
    "tests/chaos/test_source_rhythms.py",
    "tests/chaos/test_square_crashes.py",
    "tests/chaos/test_square_losses.py",
    "tests/chaos/test_square_pauses.py",
    "tests/chaos/test_square_races.py",
    "tests/chaos/test_square_tokens.py",
    "tests/chaos/test_square_words.py",
    "tests/chaos/test_store_away.py",
    "tests/chaos/test_store_handed_over.py",
    "tests/chaos/test_store_mended.py",
    "tests/chaos/test_store_restored.py",
    "tests/chaos/test_zones.py",
    "tests/contracts/stores/test_teams.py",
    "tests/simulation/test_oracle.py",
)
_TIMED = (
    "tests/chaos/test_square_wire.py",
    "tests/chaos/test_store_faults.py",
    "tests/chaos/test_wire_races.py",
)
_IDLE = ("tests/chaos/test_clocks.py", "tests/chaos/test_send_pauses.py", "tests/chaos/test_source_deaf.py")
_ALL = ("tests/simulation/test_simulation.py",)


def kind_of(file: str) -> Kind:
    """What may run beside it; of a file that nobody named: little."""
    if file in _ALL:
        return Kind.ALL
    if file in _IDLE:
        return Kind.IDLE
    if file in _TIMED:
        return Kind.TIMED
    return Kind.ONE if file in (*_ONE, *SIMULATED) else Kind.MANY


def left_in_a_cut(function: str) -> int | None:
    """So many of a function's tests are left of it; None: all. `function`: as pytest names it, after its file."""
    file = function.partition("::")[0]
    if file == STORM or function in NIGHTLY:
        return 0
    if file in CHATS:
        return FEW
    return HALF.get(file, SEEDS if file in SIMULATED else None)
