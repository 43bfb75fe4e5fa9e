"""The store's parts, opened and laid out: what every command needs, running or not."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from adapters.clock import RealClock
from adapters.stores.anchors import RedisAnchors
from adapters.stores.asides import RedisAsides
from adapters.stores.backups.finished import Backup
from adapters.stores.backups.restoring import done, require_whole
from adapters.stores.backups.taking import back_up
from adapters.stores.beat import StoreTime
from adapters.stores.connect import Store, connect
from adapters.stores.crypt import Secrets
from adapters.stores.durability import check_durable
from adapters.stores.keys import Keys
from adapters.stores.layout import settled
from adapters.stores.leases import RedisLeases
from adapters.stores.notes import RedisNotes
from adapters.stores.replicas import wait_replicas
from adapters.stores.roster import RedisRoster
from adapters.stores.threads import RedisThreads
from adapters.stores.timelines import RedisTimelines
from adapters.stores.vault import RedisVault
from bot.nouns.record import Line
from bot.nouns.team import Place, Team
from bot.review.anchors import Anchor
from bot.settings import Settings
from bot.work import recorded
from bot.work.act import Act
from bot.work.forgetting import Forgetting
from bot.work.health import Health
from bot.work.restored import Restored

MakeClock = Callable[[Callable[[], Awaitable[datetime]]], RealClock]

#: In the data folder, beside the store: who was forgotten, for a backup that is brought back.
FORGOTTEN = "forgotten"

#: Milliseconds in which replicas confirm where all is well.
_SOON_MS = 500

#: The one team of a store, until a store holds several.
TEAM = "home"


@dataclass(frozen=True, slots=True)
class House:
    """The store's parts, opened: what every command needs, running or not."""

    settings: Settings
    store: Store
    vault: RedisVault
    timelines: RedisTimelines
    roster: RedisRoster
    asides: RedisAsides
    leases: RedisLeases
    keys: Keys
    clock: RealClock
    act: Act
    health: Health

    async def ready(self) -> None:
        """Return where mentions can be taken and kept at this moment. Raises StoreAway."""
        await self.clock.now()
        if not self.store.embedded:
            await wait_replicas(self.store, self.keys, "", _SOON_MS)

    async def unused(self) -> tuple[str, str] | None:
        """Where no Coolhead has run on this store yet: that this is so, and what to do where another one was meant."""
        if (await self.act.team()).version:
            return None
        where = "COOLHEAD_REDIS_URL" if self.settings.redis_url else str(self.settings.data_dir)
        return (
            f"No Coolhead has run on the store of {where} yet, so nothing is in it.",
            "For the one that runs, give this command the same settings and data folder (COOLHEAD_DATA_DIR).",
        )

    def lines(self, incident: str) -> AsyncIterator[Line]:
        """One timeline from its first line."""
        return recorded.lines(self.timelines, incident)

    def record(self, only: str | None, since: datetime | None) -> AsyncIterator[Line]:
        """Whole timelines, for an export."""
        return recorded.record(self.timelines, only, since)

    def unforwarded(self) -> AsyncIterator[dict[str, Any]]:
        """What was not forwarded, for an export."""
        return recorded.unforwarded(self.asides)

    def forgetting(self) -> Forgetting:
        """What forgets persons."""
        return Forgetting(
            act=self.act,
            timelines=self.timelines,
            threads=RedisThreads(self.store, self.keys),
            asides=self.asides,
            vault=self.vault,
            notes=RedisNotes(self.store, self.keys, self.vault),
        )

    async def back_up(self, folder: Path, keys_file: Path | None, say: Callable[[str], None]) -> tuple[Backup, int]:
        """Copy everything into a folder; how many keys that were. As `adapters.stores.backups.taking.back_up`."""
        return await back_up(self.store.client, self.keys, self.vault.secrets, folder, keys_file, say)

    def in_backup(self, made: Backup) -> Iterator[list[Line]]:
        """Every timeline of a backup, read out of its files."""
        return made.timelines(self.vault.secrets, self.keys)

    def anchors_in(self, made: Backup) -> Sequence[Anchor]:
        """The signed heads of a backup."""
        return tuple(made.anchors(self.vault.secrets, self.keys))

    async def restored(self, made: Backup, forgotten: Sequence[str]) -> int:
        """What is to be done before anybody works on a store that was brought back; how many sends a person is asked about."""
        at = datetime.fromtimestamp(made.at / 1000, UTC)
        doubtful = await Restored(
            act=self.act,
            timelines=self.timelines,
            vault=self.vault,
            forgetting=self.forgetting(),
            clock=self.clock,
            id=made.id,
            at=at,
        ).settle(forgotten)
        await done(self.store, self.keys)
        return doubtful

    async def places(self) -> Sequence[Place]:
        """Every place that hears of incidents, in all rooms."""
        return (await self.act.team()).places

    async def anchors(self) -> Sequence[Anchor]:
        """The signed heads kept so far."""
        return await RedisAnchors(self.store, self.keys).all()


@asynccontextmanager
async def open_house(
    settings: Settings, make_clock: MakeClock = RealClock, *, restoring: bool = False
) -> AsyncIterator[House]:
    """Open the store and lay its parts out. Raises StoreAway, StoreUnsafe, WrongSettings, or Tampered for a wrong secret.

    `make_clock` is handed how to ask for the store's time; a trial hands in a clock that it can move. `restoring`: the
    store may be one that is being brought back; anybody else is refused there.
    """
    data = settings.data_dir
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    async with connect(settings.redis_url, data) as store:
        health = Health()
        for doubt in await check_durable(store.client, bool(settings.get("ACCEPT_LOSS"))):
            health.trouble(f"store: {doubt.what}", doubt.fix or doubt.what)
        health.watchers["store"] = store.trouble
        keys = Keys(TEAM)
        if not restoring:
            await require_whole(store, keys)
        master = settings.master_secret()
        layout = await settled(store, keys, Secrets(master, keys.team))
        vault = RedisVault(store, keys, master, data / FORGOTTEN, layout)
        await vault.key(vault.team)  # a wrong master secret shows now, not at the first mention
        timelines = RedisTimelines(store, keys, vault)
        clock = make_clock(StoreTime(store, keys))
        act = Act(timelines, clock, partial(_lay, settings))
        yield House(
            settings=settings,
            store=store,
            vault=vault,
            timelines=timelines,
            roster=RedisRoster(store, keys),
            asides=RedisAsides(store, keys, vault),
            leases=RedisLeases(store.client, keys),
            keys=keys,
            clock=clock,
            act=act,
            health=health,
        )


def _lay(settings: Settings, team: Team) -> Team:
    """The settings in force, laid over the team as its timeline has it.

    The settings' places come first; without them, those that somebody brought it to, before the web desk.
    """
    named = {(p.room, p.id) for p in settings.places}
    brought = tuple(p for p in team.brought if (p.room, p.id) not in named)
    return team.model_copy(
        update={
            "policy": settings.policy,
            "watches": settings.watches,
            "places": (*settings.places, *brought) if settings.places else (*brought, *team.places),
            "contacts": settings.contacts,
        }
    )
