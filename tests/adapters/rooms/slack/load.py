"""Many cards that change all the time, in virtual time, in a Slack of documented limits: what is lost, how late, at what cost."""

import asyncio
import random
from collections import defaultdict
from dataclasses import dataclass

from bot.nouns.team import Place
from bot.ports import ThreadRef
from bot.screens.shapes import Card, Choice
from tests.adapters.rooms.front import Front
from tests.adapters.rooms.slack.limits import LATENCY
from tests.adapters.rooms.slack.signed import Sender
from tests.adapters.rooms.slack.virtual import Virtual, card

#: Somebody presses so often, in seconds.
_PRESS_EVERY = 6.0
_CLAIM = Choice("claim", "I have this")


@dataclass(frozen=True, slots=True)
class Figures:
    """`lost`: cards that do not end as they should. Times in seconds; `least` is the fewest edits that would have done:
    what Slack allows in that time, or one for each change where those are fewer."""

    lost: int
    fresh_p50: float
    fresh_p99: float
    answer_p99: float
    edits: int
    least: int
    limited: int

    def __str__(self) -> str:
        return (
            f"lost {self.lost}, card freshness p50 {self.fresh_p50:.1f} s p99 {self.fresh_p99:.1f} s, "
            f"press to answer p99 {self.answer_p99:.2f} s, {self.edits} edits (least {self.least}), "
            f"Slack said no {self.limited} times"
        )


async def load(
    cards: int, changes: int, minutes: float, channels: int = 5, seed: int = 1, *, painted: bool = False
) -> Figures:
    """`changes` of `cards` spread over `minutes`, and somebody who presses all the while. `painted`: in turn, as the
    painter does; else each change is handed to the room at once."""
    places = [Place(room="slack", id=f"C{number}") for number in range(channels)]
    slack = Virtual(places=places)
    chance = random.Random(seed)
    refs = await _opened(slack, cards, places)
    slack.world.calls.clear()
    shown, wanted = _watched(slack), dict.fromkeys(range(cards), 1)
    changed: list[tuple[float, int, int]] = []
    tasks: set[asyncio.Future[object]] = set()
    front = Front(lambda n, version: slack.room.repaint(refs[n], _state(n, version)), lambda n: refs[n].lane)
    presser = asyncio.ensure_future(_presses(slack, refs[0]))
    for _ in range(int(minutes * 60)):
        for _ in range(max(1, round(changes / (minutes * 60)))):
            number = chance.randrange(cards)
            wanted[number] += 1
            changed.append((slack.clock.elapsed, number, wanted[number]))
            if painted:
                front.change(number, wanted[number])
            else:
                tasks.add(asyncio.ensure_future(slack.room.repaint(refs[number], _state(number, wanted[number]))))
        await slack.clock.run(1.0)
        tasks = {task for task in tasks if not task.done()}
    presser.cancel()
    edits = slack.world.calls["chat.update"]
    await slack.clock.run(cards / 45 * 60 + 120)
    await asyncio.gather(*tasks)
    await front.close()
    late = sorted(
        _seen_at(shown[refs[number].id], version, slack.clock.elapsed) - at for at, number, version in changed
    )
    return Figures(
        lost=sum(f"State {wanted[number]}." not in _text(slack, refs[number]) for number in range(cards)),
        fresh_p50=late[len(late) // 2],
        fresh_p99=late[len(late) * 99 // 100],
        answer_p99=_answers(slack),
        edits=edits,
        least=min(changes, round(50 * minutes)),
        limited=slack.world.limited.total(),
    )


def _state(number: int, version: int) -> Card:
    return card(f"i{number}", f"State {version}.", version)


async def _opened(slack: Virtual, cards: int, places: list[Place]) -> list[ThreadRef]:
    opening = [_open(slack, places[n % len(places)], n) for n in range(cards)]
    refs: list[ThreadRef] = []
    for start in range(0, cards, 20):
        refs += await slack.all(*opening[start : start + 20])
    return refs


async def _open(slack: Virtual, place: Place, number: int) -> ThreadRef:
    """Asked again where Slack would not let us look yet, as the painter does."""
    while not isinstance(ref := await slack.room.open_thread(place, card(f"i{number}"), f"k{number}"), ThreadRef):
        await slack.clock.sleep(10)
    return ref


def _watched(slack: Virtual) -> defaultdict[str, list[tuple[float, int]]]:
    """When each card came to show which version."""
    shown: defaultdict[str, list[tuple[float, int]]] = defaultdict(list)
    answer = slack.world.answer

    async def watching(method: str, args: object) -> object:
        told = await answer(method, args)  # type: ignore[arg-type]  # handed on as it is
        if method == "chat.update" and isinstance(args, dict):
            version = int(args["text"].partition("State ")[2].partition(".")[0])
            shown[f"{args['channel']}/{args['ts']}"].append((slack.clock.elapsed, version))
        return told

    slack.world.answer = watching  # type: ignore[method-assign,assignment]  # only looks on
    return shown


def _seen_at(shown: list[tuple[float, int]], version: int, end: float) -> float:
    return next((at for at, shows in shown if shows >= version), end)


async def _presses(slack: Virtual, ref: ThreadRef) -> None:
    """Every few seconds somebody presses a button of the first card; when is in the desk's hearing and Slack's log."""
    channel, _, ts = ref.id.partition("/")
    sender = Sender(slack)
    while True:
        await slack.clock.sleep(_PRESS_EVERY)
        message = {"channel": channel, **slack.world.messages[channel, ts]}
        slack.world.log.append((slack.clock.elapsed, "press", {}))
        await sender.press(message, _CLAIM.label)


def _answers(slack: Virtual) -> float:
    """Seconds from each press to its answer."""
    pressed = [at for at, method, _ in slack.world.log if method == "press"]
    answered = [at for at, method, _ in slack.world.log if method == "chat.postEphemeral"]
    waits = sorted(there + LATENCY - here for here, there in zip(pressed, answered, strict=False))
    return waits[len(waits) * 99 // 100]


def _text(slack: Virtual, ref: ThreadRef) -> str:
    channel, _, ts = ref.id.partition("/")
    return str(slack.world.messages[channel, ts]["text"])
