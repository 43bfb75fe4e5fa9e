"""A store brought back from an older backup, taken around a send: nothing goes out twice, and a doubt asks a person (D4).

The store, the backup and the restore are real; the square is one that remembers everything, and its ledger is the oracle.
Time is the clock's of the tests, so that nothing has to be waited for.
"""

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from adapters.stores.asides import RedisAsides
from adapters.stores.backups.finished import Backup
from adapters.stores.backups.restoring import done, fill
from adapters.stores.backups.taking import back_up
from adapters.stores.connect import Store, connect
from adapters.stores.inbox import RedisInbox
from adapters.stores.keys import Keys
from adapters.stores.leases import RedisLeases
from adapters.stores.notes import RedisNotes
from adapters.stores.threads import RedisThreads
from adapters.stores.timelines import RedisTimelines
from adapters.stores.vault import RedisVault
from adapters.stores.whereabouts import RedisWhereabouts
from bot.nouns import commands as c
from bot.nouns.conversation import AttemptState
from bot.nouns.mention import MentionKey, Said
from bot.nouns.team import Part, Refusal
from bot.work.forgetting import Forgetting
from bot.work.restored import Restored
from tests.bot.work.house import ANA, House
from tests.chaos.summary import say
from tests.contracts.stores.house import MASTER
from tests.fakes.platform import FakePlatform
from tests.servers import running, valkey

#: Where the backup is taken: before the press, after it, after the intent, after the words went out, after that was noted.
MOMENTS = ("ready", "asked", "intended", "sent", "posted")
SHAPES = ("findable", "blind")
KEYS = Keys("home")


@dataclass
class OverAStore(House):
    """A house over a real store. Time and the square are the tests' own."""

    store: Any = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.store is not None:
            self.lay_over(self.store)

    def lay_over(self, store: Store) -> None:
        """From here on everything is kept there."""
        whole: Any = self
        whole.vault = RedisVault(store, KEYS, MASTER)
        whole.timelines = RedisTimelines(store, KEYS, whole.vault)
        whole.whereabouts = RedisWhereabouts(store, KEYS, whole.vault)
        whole.threads = RedisThreads(store, KEYS)
        whole.inbox = RedisInbox(store, KEYS, whole.vault, self.clock)
        whole.asides = RedisAsides(store, KEYS, whole.vault)
        whole.notes = RedisNotes(store, KEYS, whole.vault)
        whole.act = self.acting(whole.timelines)
        whole.intake = type(self.intake)(whole.inbox, self.health, self.clock)
        whole.sorter = self.a_sorter()

    async def outbox(self, store: Store) -> int:
        """One whole life of an outbox: it looks at what is open once that has settled, and sends what is asked."""
        epoch = await RedisLeases(store.client, KEYS).take("outbox", f"{random.random()}", 1)
        assert epoch is not None
        outbox = self.an_outbox()
        for _ in range(3):
            if not await outbox.settle_all():
                break
            self.clock.advance(30)
        await outbox.send_all(epoch)
        self.clock.advance(60)
        await outbox.settle_all()
        return epoch


@asynccontextmanager
async def a_store(folder: Path) -> AsyncIterator[Store]:
    """A server of its own, empty."""
    with running(valkey()) as server:
        async with connect(server.url, folder) as store:
            yield store


class Cutting(FakePlatform):
    """A square that lets the test take a backup while a send is on the wire, and drops the connection then."""

    before: Any = None
    after: Any = None

    async def send(self, cleared: Any) -> Any:
        """As it is, with somebody stepping in."""
        if self.before is not None:
            await self.before()
        told = await super().send(cleared)
        if self.after is not None:
            await self.after()
        return told


def trials() -> list[Any]:
    """Each moment on each shape, twice; one of each moment in every run."""
    found = []
    for number in range(20):
        moment, shape = MOMENTS[number % 5], SHAPES[number // 5 % 2]
        marks = () if number < 10 and number % 3 == 1 else (pytest.mark.chaos,)
        found.append(pytest.param(number, moment, shape, marks=marks, id=f"{number}-{moment}-{shape}"))
    return found


def a_house(shape: str) -> tuple[OverAStore, Cutting]:
    """A house that speaks on a square of that shape."""
    house = OverAStore()
    square = Cutting(house.clock)
    square.findable = square.looks = shape == "findable"
    house.platform = house.platforms["mastodon"] = square
    return house, square


async def sent_around(house: OverAStore, square: Cutting, moment: str, folder: Path) -> tuple[Backup, str]:
    """Words go out once, and a backup is taken at that moment of their way; with it, the conversation."""
    made: list[Backup] = []
    async with a_store(folder / "one") as store:
        house.lay_over(store)
        await house.staffed()
        talk = await arrived(house)

        async def take() -> None:
            made.append((await back_up(store.client, KEYS, house.vault.secrets, folder / "b", None, quiet))[0])

        await house.drafted(talk)
        await cooled(house, talk)
        if moment == "ready":
            await take()
        await house.sends(talk, looked=not square.looks)
        if moment == "asked":
            await take()
        square.before = take if moment == "intended" else None
        square.after = take if moment == "sent" else None
        await house.outbox(store)
        if moment == "posted":
            await take()
        assert len(square.ledger) == 1
        assert (await house.attempt(talk)).state is AttemptState.POSTED
    square.before = square.after = None
    return made[0], talk


def quiet(text: str) -> None:
    """Nobody listens to the progress."""
    del text


@pytest.mark.parametrize(("seed", "moment", "shape"), trials())
async def test_a_restored_store_sends_nothing_twice(seed: int, moment: str, shape: str, tmp_path: Path) -> None:
    """Whatever the moment of the backup: the ledger holds the words once; where nobody can know, a person is asked."""
    house, square = a_house(shape)
    made, talk = await sent_around(house, square, moment, tmp_path)
    async with a_store(tmp_path / "two") as store:
        house.lay_over(store)
        filled = await fill(store, KEYS, house.vault.secrets, made, [], quiet)
        doubtful = await settle(house, made, filled.forgotten)
        await done(store, KEYS)
        await house.outbox(store)
        state = await state_of(house, talk)
        pressed = await presses_again(house, talk)
        await house.outbox(store)
        told = "asks a person" if state is AttemptState.UNKNOWN else state or "on hold"
        trial = f"restored from a backup taken when it was {moment}, {shape}"
        say("at most once in public", trial, "real", 1, f"{len(square.ledger) - 1} double, {told}", seed)
        assert len(square.ledger) == 1
        expected = {"ready": None, "asked": AttemptState.UNKNOWN, "posted": AttemptState.POSTED}
        known = AttemptState.POSTED if shape == "findable" else AttemptState.UNKNOWN
        assert state is expected.get(moment, known)
        assert doubtful == (moment == "asked")
        hold = (await house.act.team()).holding(house.clock.at)
        assert hold is not None
        assert hold.reason.read("").startswith("Restored from a backup")
        assert moment != "ready" or hold.reason.read("").rstrip(".") in pressed


async def test_without_what_a_restore_does_it_would_go_out_twice(tmp_path: Path) -> None:
    """The trial can fail: a bare copy of a store in which a send was asked for sends it again on a blind platform."""
    house, square = a_house("blind")
    made, _ = await sent_around(house, square, "asked", tmp_path)
    house.clock.advance(-180)  # it is brought back within the five minutes that an ask lives
    async with a_store(tmp_path / "two") as store:
        house.lay_over(store)
        await fill(store, KEYS, house.vault.secrets, made, [], quiet)
        await done(store, KEYS)
        await house.outbox(store)
        assert len(square.ledger) == 2


async def arrived(house: OverAStore) -> str:
    """A mention's conversation."""
    mention = house.mention("My parcel never came and nobody answers.", "m1")
    square: Any = house.platform
    square.said(mention)
    await house.hears(Said(mention=mention))
    found = await house.whereabouts.mentions([MentionKey(platform="mastodon", id="m1")])
    return found[MentionKey(platform="mastodon", id="m1")]


async def cooled(house: OverAStore, talk: str) -> None:
    """Its draft has cooled."""
    (draft,) = (await house.talk(talk)).drafts
    assert draft.cooling is not None
    house.clock.advance((draft.cooling.until - house.clock.wall).total_seconds())
    await house.press(Part.CLOCKWORK, c.Wake, conversation=talk, what=f"cooled:{draft.id}:{draft.version}")


async def settle(house: OverAStore, backup: Backup, forgotten: Any) -> int:
    """What `coolhead restore` does before anybody works there."""
    whole: Any = house
    return await Restored(
        act=house.act,
        timelines=house.timelines,
        vault=house.vault,
        forgetting=Forgetting(
            act=house.act,
            timelines=house.timelines,
            threads=house.threads,
            asides=house.asides,
            vault=house.vault,
            notes=whole.notes,
        ),
        clock=house.clock,
        id=backup.id,
        at=datetime.fromtimestamp(backup.at / 1000, UTC),
    ).settle(forgotten)


async def state_of(house: OverAStore, talk: str) -> AttemptState | None:
    """How the send stands; None where the store knows of none."""
    attempt = (await house.talk(talk)).attempt("s1")
    return None if attempt is None else attempt.state


async def presses_again(house: OverAStore, talk: str) -> str:
    """What Ana is told who presses Send on the same words there: read once more, and looked, as it is asked of her."""
    found = await house.talk(talk)
    if not found.drafts:
        return ""
    on: dict[str, Any] = {"conversation": talk, "draft": found.drafts[0].id, "version": found.drafts[0].version}
    await house.press(ANA, c.ReadOnceMore, **on)
    send = house.command(c.Send, **on, seal=found.drafts[0].words.seal, attempt="s2", looked=True)
    answer = await house.act(send, ANA)
    assert isinstance(answer, Refusal)
    return answer.because
