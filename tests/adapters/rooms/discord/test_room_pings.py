"""2,000 hostile texts in every place where somebody else's words are shown: nobody is pinged, nothing unfurls (C1, C2).

Two percent run everywhere, all of them in `make chaos`. The ids in them are those of people, roles and channels there.
"""

from collections.abc import Iterator, Sequence

import pytest

from bot.nouns.conversation import Mood
from bot.nouns.team import Refusal
from bot.ports import LineRef, ThreadRef
from bot.screens.shapes import Card, Choice, Fact, Line, Quote, Said
from tests.adapters.rooms.discord.looks import words
from tests.adapters.rooms.discord.server import Server, place
from tests.adapters.rooms.discord.vectors import LINKS, PINGS, hostile
from tests.fakes.desk_pages import NOON

BATCH = 20
ALL = [*hostile(), *(f"{first} {second}" for first in PINGS for second in LINKS)]
_FEW = len(ALL) // 50
PARTS = [
    *range(0, _FEW, BATCH),
    *(pytest.param(start, marks=pytest.mark.chaos) for start in range(_FEW // BATCH * BATCH + BATCH, len(ALL), BATCH)),
]


def mixed() -> Sequence[str]:
    """All of them, in an order that puts every kind among the first."""
    return [ALL[place * 37 % len(ALL)] for place in range(len(ALL))]


def real(server: Server, texts: Sequence[str]) -> Iterator[str]:
    """With ids that stand for somebody."""
    ids = {"12345678901234567": str(server.mods.id), "<@1>": f"<@{server.ana.id}>", "<#1>": f"<#{server.text.id}>"}
    for text in texts:
        for made_up, id in ids.items():
            text = text.replace(made_up, id)
        yield text


def test_every_vector_is_among_them_once() -> None:
    """So that the figure is what it says."""
    assert sorted(mixed()) == sorted(ALL)
    assert len(ALL) >= 2_000


@pytest.mark.parametrize("start", PARTS)
async def test_nobody_is_pinged(server: Server, start: int) -> None:
    """As headline, quotation, fact, line, name, note and refusal."""
    for number, text in enumerate(real(server, mixed()[start : start + BATCH])):
        await everywhere(server, text, str(number))
    await server.env.settle()
    messages = [each for there in server.env.backend.messages.values() for each in there.values()]
    assert len(messages) >= BATCH
    for each in messages:
        if each.system_metadata is None:  # Discord's own word that a thread began: its name is no text of ours to it
            pinged = (each.ping_user_ids, each.ping_role_ids, each.mention_everyone, each.embeds)
            assert not any(pinged), words(server.seen(each))


async def everywhere(server: Server, text: str, key: str) -> None:
    """Everything that shows a text of somebody else."""
    passages = (Quote(text, by=text), Fact(text, text), Said(text))
    card = Card(f"i{key}", f"c{key}", text, text, Mood.WAITING, passages, (Choice("claim", text[:60] or "x"),))
    ref = await server.room.open_thread(place(server.text), card, f"open:{key}")
    assert isinstance(ref, ThreadRef)
    assert isinstance(await server.room.say(ref, Line(text, NOON, by=text, quote=text), f"line:{key}"), LineRef)
    assert isinstance(await server.room.tell(server.handle(server.ana), card, f"note:{key}"), LineRef)
    server.desk.answers["now"] = Refusal(because=text or "x")
    await server.ana.slash(server.text, "coolhead status")
