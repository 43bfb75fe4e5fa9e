"""The model of sending beside the code (bot/work/outbox.pml), tried in every order by spin; and that both speak of the
same commands, events, states and steps.
"""

import ast
import inspect
import re
import shutil
import subprocess
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest

from bot.nouns import commands as c
from bot.nouns import events as e
from bot.nouns.conversation import AttemptState
from bot.nouns.team import Policy
from bot.rules import claim, doubt, send
from bot.rules.table import TABLE
from bot.work import one_attempt, outbox
from bot.work.one_attempt import STALE
from tests.chaos.summary import say

MODEL = Path(outbox.__file__).with_name("outbox.pml")
TEXT = MODEL.read_text(encoding="utf-8")
#: Commands of claim.py, send.py and doubt.py that the model leaves out, and states: with their reason.
LEFT_OUT = {
    "Assign": "a claim by another's hand",
    "TakeBackAsk": "by hand only: we send nothing",
}
NO_STATES = {
    "BY_HAND": "we send nothing",
    "SENT_BACK": "an end before anything was intended",
    "SET_ASIDE": "an end before anything was intended",
}

SMALL = ("KEYS=1", "ROUNDS=2", "OWNERS=1", "PEOPLE=1")
PRESSED_ANEW = ("KEYS=2", "ROUNDS=1", "OWNERS=1", "PEOPLE=1")
CLAIMS = ("KEYS=0", "OWNERS=2", "PEOPLE=2")
chaos = pytest.mark.chaos


def tried(folder: Path, promise: str, *defined: str, fair: bool = False) -> tuple[int, int]:
    """How many orders break the promise (it stops at the first), and how many states were gone through: all there are."""
    for program in ("spin", "gcc"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not here; on Debian and Ubuntu: apt-get install {program}")
    ways = [f"-D{each}" for each in defined]
    checker = ["-DNFAIR=3"] if fair else ["-DSAFETY"]
    subprocess.run(["spin", *ways, "-a", str(MODEL)], cwd=folder, check=True, capture_output=True)
    subprocess.run(["gcc", "-O1", "-w", "-DCOLLAPSE", *checker, "-o", "pan", "pan.c"], cwd=folder, check=True)
    run = ["./pan", "-m1000000", "-w22", "-E", *(["-a", "-f"] if fair else []), "-N", promise]
    said = subprocess.run(run, cwd=folder, check=True, capture_output=True, text=True).stdout
    assert "max search depth too small" not in said
    errors, states = re.search(r"errors: (\d+)", said), re.search(r"(\d+)(?:\.\d+e\+\d+)? states, stored", said)
    assert errors is not None, said
    assert states is not None, said
    return int(errors[1]), int(states[1])


HOLDS = [
    pytest.param("the_record_is_true", SMALL, id="tried again"),
    pytest.param("at_most_once", CLAIMS, id="claims"),
    pytest.param("the_record_is_true", PRESSED_ANEW, id="pressed anew", marks=chaos),
    pytest.param("the_record_is_true", (*PRESSED_ANEW, "BLIND"), id="a blind platform", marks=chaos),
    pytest.param("at_most_once", (*SMALL, "IDEMPOTENT", "LATE"), id="a late one that honours the key", marks=chaos),
    pytest.param("the_record_is_true", ("KEYS=1", "ROUNDS=2", "OWNERS=1"), id="two people", marks=chaos),
    pytest.param("the_record_is_true", ("KEYS=2", "ROUNDS=2", "OWNERS=1", "PEOPLE=1"), id="both", marks=chaos),
]


@pytest.mark.timeout(1800)
@pytest.mark.parametrize(("promise", "size"), HOLDS)
def test_whatever_the_order(promise: str, size: tuple[str, ...], tmp_path: Path) -> None:
    """At most one post, and a record that is true, in every order of every step."""
    broken, states = tried(tmp_path, promise, *size)
    say(
        "at most once",
        f"every order of the model ({', '.join(size)})",
        "exhaustive",
        states,
        f"{broken} broken",
        "none",
    )
    assert broken == 0
    assert states > 10_000


@pytest.mark.timeout(600)
def test_each_doubt_ends(tmp_path: Path) -> None:
    """An attempt that was begun is not left in doubt for ever: it ends, or a person is asked."""
    broken, _ = tried(tmp_path, "each_doubt_ends", "KEYS=1", "ROUNDS=1", "OWNERS=1", "PEOPLE=1", fair=True)
    assert broken == 0


WINDOWS = [
    pytest.param((*PRESSED_ANEW, "BLIND", "LATE"), id="a blind platform that acts after everybody looked"),
    pytest.param((*SMALL, "LATE"), id="one that can be asked and acts too late", marks=chaos),
    pytest.param((*SMALL, "STOPPED"), id="a stop before the first byte", marks=chaos),
]


@pytest.mark.timeout(600)
@pytest.mark.parametrize("world", WINDOWS)
def test_the_windows_that_remain(world: tuple[str, ...], tmp_path: Path) -> None:
    """What docs/reliability.md names as left open is reached: the model would see it if more were."""
    broken, _ = tried(tmp_path, "at_most_once", *world)
    assert broken == 1


SWITCHED_OFF = [
    pytest.param((*SMALL, "NO_INTENT"), id="intent before the attempt"),
    pytest.param((*CLAIMS, "NO_VERSIONS"), id="the versions of an append"),
    pytest.param((*SMALL, "NO_SETTLE"), id="the settle time", marks=chaos),
    pytest.param((*SMALL, "NO_STALE"), id="the last look at the clock", marks=chaos),
    pytest.param((*PRESSED_ANEW, "NO_LOOK"), id="the look for what was interrupted", marks=chaos),
    pytest.param((*SMALL, "NO_ROUND"), id="which try a result belongs to", marks=chaos),
]


@pytest.mark.timeout(600)
@pytest.mark.parametrize("world", SWITCHED_OFF)
def test_each_mechanism_is_needed(world: tuple[str, ...], tmp_path: Path) -> None:
    """With it switched off, some order breaks the promise."""
    broken, _ = tried(tmp_path, "the_record_is_true", *world)
    assert broken == 1


# ---------------------------------------------------------------- the same words and the same steps


def said() -> dict[str, set[str]]:
    """The model's commands, and the events it says they lead to."""
    found: dict[str, set[str]] = {}
    for command, event in re.findall(r"\bact\((\w+), (\w+)\)", TEXT.replace("#define act(command, event)", "")):
        found.setdefault(command, set()).add(event)
    return found


@cache
def _functions() -> dict[str, ast.FunctionDef]:
    """Those of the three files, which call each other's; each has a name of its own."""
    trees = [ast.parse(inspect.getsource(module)) for module in (claim, send, doubt)]
    found = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    assert len({node.name for node in found}) == len(found)
    return {node.name: node for node in found}


def _events(function: str, seen: frozenset[str] = frozenset()) -> set[str]:
    """The events that a function of a rule, or one of these files that it calls, can make."""
    found: set[str] = set()
    for node in ast.walk(_functions()[function]):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            name = node.func.id
            if name in _functions() and name not in seen:
                found |= _events(name, seen | {name})
            elif hasattr(e, name):
                found.add(name)
    return found


def test_the_model_speaks_of_the_commands_that_the_rules_know() -> None:
    """Every command that claim.py, send.py and doubt.py decide on is in the model, or left out for a reason."""
    rules = {claim.__name__, send.__name__, doubt.__name__}
    decided = {command.__name__ for command, rule in TABLE.items() if rule.__module__ in rules}
    assert said().keys() | LEFT_OUT.keys() == decided
    assert said().keys().isdisjoint(LEFT_OUT)


def test_each_command_leads_to_the_same_events() -> None:
    """An event that the model writes for a command is one that its rule can make."""
    for command, events in said().items():
        assert events <= _events(TABLE[getattr(c, command)].__name__), command


def test_the_model_knows_the_same_states() -> None:
    """Each state of an attempt is in the model, or left out for a reason."""
    listed = re.search(r"mtype:state = \{ ([\w, ]+) \}", TEXT)
    assert listed is not None
    assert set(listed[1].split(", ")) | NO_STATES.keys() == {state.name for state in AttemptState}


def _calls(function: object) -> list[str]:
    """What a function calls, in the order in which it stands there."""
    source = inspect.cleandoc("\n" + inspect.getsource(function))  # type: ignore[arg-type]  # any function has a source
    nodes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    nodes.sort(key=lambda node: (node.lineno, node.col_offset))
    return [node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func) for node in nodes]


def test_the_steps_stand_in_the_same_order() -> None:
    """Take, look for an earlier try, intend, read again, ask the clock, send, record: as the labels of the model say."""
    outbox_of_the_model = TEXT.partition("proctype Outbox")[2].partition("active proctype")[0]
    labels = re.findall(r"^(\w+):", outbox_of_the_model, re.MULTILINE)
    steps = [label for label in labels if label not in ("stand_by", "turn", "answered")]
    taking = [*_calls(outbox.Outbox._take), *_calls(one_attempt.OneAttempt._make)]
    known = dict.fromkeys(step for step in taking if step in steps)
    assert list(known) == list(dict.fromkeys(steps))


def test_it_settles_later_than_anything_can_still_happen() -> None:
    """The model's SETTLE is more than STALE and WIRE together; so is the product's, however short its settle time."""
    numbers = {name: int(value) for name, value in re.findall(r"#define (STALE|WIRE|SETTLE) ([1-9])", TEXT)}
    assert numbers["SETTLE"] > numbers["STALE"] + numbers["WIRE"]
    assert timedelta(seconds=STALE) == send.BEGINS_WITHIN
    assert send.settles_in(Policy(settle=timedelta(0))) >= send.SOCKET_DEADLINE + send.BEGINS_WITHIN
