"""What must be true once everything has come to rest."""

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping

from adapters.notary import genuine
from adapters.stores.rows import dump
from bot.nouns import events as e
from bot.nouns.conversation import AttemptState, Conversation
from bot.nouns.fold import replay
from bot.nouns.record import event as event_of
from bot.review.export import verify
from tests.chaos.square_world import Shape
from tests.simulation.room import Chat
from tests.simulation.square import Square
from tests.simulation.store import Store

#: A card in a chat that works shows a change within so many seconds: here each call takes a good part of one, and every
#: reminder comes after seconds, not hours.
PAINTED_WITHIN = 30.0
OPEN = (AttemptState.ASKED, AttemptState.INTENDED)


async def talks(store: Store) -> list[Conversation]:
    """Every conversation as it stands, oldest first."""
    view = await store.timelines.view((), store.timelines.talks())
    return list(view.conversations.values())


async def at_rest(store: Store, squares: Mapping[Shape, Square], chat: Chat) -> list[str]:
    """Everything that is wrong."""
    standing = await talks(store)
    return [
        *_sends(standing, squares, store),
        *await _mentions(store, squares),
        *await _cards(store, chat),
        *await _record(store),
        *await _replayed(store),
    ]


def _sends(standing: list[Conversation], squares: Mapping[Shape, Square], store: Store) -> Iterator[str]:
    """The record says of each send what the ledger says; who must be asked, is."""
    made = {line.key for square in squares.values() for line in square.ledger.lines if line.hand == "api"}
    for talk in standing:
        for each in talk.attempts:
            if each.state in OPEN:
                yield f"open: {each.key} is still {each.state.value}"
            elif each.state is AttemptState.UNKNOWN:
                what = f"unknown:{each.key}"
                told = talk.reminder(what) is not None or (talk.id, what) in store.timelines.dues
                if not told or "unknown" not in store.timelines.places[talk.id]:
                    yield f"unasked: {each.key} is on no list"
            elif each.state is AttemptState.POSTED and each.key not in made:
                yield f"lost: {each.key} is said to stand there"
            elif each.state is not AttemptState.POSTED and each.key in made:
                yield f"without record: {each.key} stands there, and ended as {each.state.value}"


async def _mentions(store: Store, squares: Mapping[Shape, Square]) -> list[str]:
    """Each mention that anybody made lies in exactly one row."""
    lies: Counter[tuple[str, str]] = Counter()
    for name in list(store.timelines.lines):
        for line in await store.timelines.events(name, 0, 100_000):
            event = event_of(line)
            if isinstance(event, e.Opened | e.WroteAgain):
                lies[event.mention.key.platform, event.mention.key.id] += 1
    every = [(square.shape.value, each) for square in squares.values() for each in square.happened]
    said = [(platform, each["id"]) for platform, each in every if each["kind"] == "said"]
    wrong = [key for key in said if lies[key] != 1]
    return [f"lost on the way in: {key} lies in {lies[key]} rows" for key in wrong]


async def _cards(store: Store, chat: Chat) -> list[str]:
    """The chat shows every incident as it stands."""
    found = []
    view = await store.timelines.view(store.timelines.incidents())
    for incident in view.incidents.values():
        shown = {place.room: painted for place, (_, painted) in (await store.threads.get(incident.id)).items()}
        age = asyncio.get_running_loop().time() - store.timelines.touched[incident.id]
        if shown.get("chat") != incident.version and age > PAINTED_WITHIN:
            last = (await store.timelines.events(incident.id, incident.version - 1))[0]["kind"]
            painted = f"is shown at {shown.get('chat')}, and stands at {incident.version}"
            found.append(f"card: {incident.id} {painted} ({last}, {age:.1f} s ago)")
    threads = Counter(card.incident for card in chat.shown.cards.values())
    return found + [f"card: {name} has {count} cards" for name, count in threads.items() if count > 1]


async def _record(store: Store) -> list[str]:
    lines = [line for name in list(store.timelines.lines) for line in await store.timelines.events(name, 0, 100_000)]
    told = verify(lines, await store.anchors.all(), genuine, every=True)
    return [f"record: {each}" for each in told["breaks"]]


async def _replayed(store: Store) -> list[str]:
    """Each row is what its timeline says."""
    found = []
    for name in store.timelines.incidents():
        lines = await store.timelines.events(name, 0, 100_000)
        incident, lying = replay((event_of(line), line["hash"]) for line in lines)
        for row, kept in ((incident, f"i:{name}"), *((talk, talk.id) for talk in lying.values())):
            if row is None or dump(row).encode() != store.timelines.rows[kept]:
                found.append(f"row: {kept} is not what its timeline says")
    return found


def ends(standing: list[Conversation]) -> list[str]:
    """Every mention has one signed disposition."""
    return [
        f"no way out: {talk.id} stays open ({[each.state.value for each in talk.open_attempts()]})"
        for talk in standing
        if talk.closed is None or talk.unsigned
    ]
