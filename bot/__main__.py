"""The composition root: settings -> adapters + responders -> work -> run until told to stop."""

import asyncio
import contextlib
import hashlib
import secrets
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

import aiohttp

import responders
from adapters.alarm import open_alarm
from adapters.clock import RealClock
from adapters.http.api import Api
from adapters.http.server import serve
from adapters.platforms import Means, open_platforms, platform_for
from adapters.rooms.web.room import WebRoom
from adapters.stores.asides import RedisAsides
from adapters.stores.beat import RedisPulse, StoreTime
from adapters.stores.connect import Store, connect
from adapters.stores.dues import RedisDues
from adapters.stores.durability import check_durable
from adapters.stores.inbox import RedisInbox
from adapters.stores.keys import Keys
from adapters.stores.leases import RedisLeases
from adapters.stores.notes import RedisNotes
from adapters.stores.roster import RedisRoster
from adapters.stores.threads import RedisThreads
from adapters.stores.timelines import RedisTimelines
from adapters.stores.vault import RedisVault
from adapters.stores.whereabouts import RedisWhereabouts
from bot.nouns import commands as c
from bot.nouns.team import Part, Role, Team, Teammate
from bot.ports import Door, Platform
from bot.settings import Settings
from bot.work.act import Act
from bot.work.alone import alone
from bot.work.clockwork import Clockwork
from bot.work.desk import Desk
from bot.work.health import Health
from bot.work.intake import Intake
from bot.work.lifecycle import live
from bot.work.outbox import Outbox
from bot.work.painter import Painter
from bot.work.sorter import Sorter
from responders import care, offline, promises, summary

TEAM = "home"
INVITE_LASTS = timedelta(hours=24)
Say = Callable[[str], None]


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


def main() -> None:
    """`python -m bot` is `coolhead`."""
    from bot.cli import main as command

    sys.exit(command(sys.argv[1:]))


@asynccontextmanager
async def open_house(settings: Settings) -> AsyncIterator[House]:
    """Open the store and lay its parts out. Raises StoreAway, StoreUnsafe or WrongSettings."""
    data = settings.data_dir
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    async with connect(settings.redis_url, data) as store:
        health = Health()
        for doubt in await check_durable(store.client, bool(settings.get("ACCEPT_LOSS"))):
            health.trouble(f"store: {doubt.what}", doubt.fix or doubt.what)
        health.watchers["store"] = store.trouble
        keys = Keys(TEAM)
        vault = RedisVault(store, keys, settings.master_secret())
        timelines = RedisTimelines(store, keys, vault)
        clock = RealClock(StoreTime(store, keys))
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
    """The settings in force, laid over the team as its timeline has it."""
    return team.model_copy(
        update={
            "policy": settings.policy,
            "watches": settings.watches,
            "places": settings.places or team.places,
            "contacts": settings.contacts,
        }
    )


async def invite(house: House, name: str, role: Role) -> str:
    """Make a one-use sign-in link for `name`, who gets `role`; whoever comes first is lead and manager too."""
    team = await house.act.team()
    known = next((p for p in team.people.values() if p.name == name), None)
    person = known.id if known else f"p{secrets.token_hex(6)}"
    first = not team.people
    roles = frozenset({Role.TEAMMATE, Role.LEAD, Role.MANAGER} if first else {role})
    if known is None or (role not in known.roles and not first):
        kept = known or Teammate(id=person, name=name)
        command = c.SetPerson(
            id=secrets.token_hex(8),
            person=person,
            name=name,
            roles=kept.roles | roles,
            public_name=kept.public_name,
            zone=kept.zone,
            on_duty=kept.on_duty,
            shield=kept.shield,
            email=kept.email,
        )
        await house.act(command, Part.CLOCKWORK)
    token = secrets.token_urlsafe(24)
    now = await house.clock.now()
    await house.roster.invite(token, person, now.wall + INVITE_LASTS)
    return f"{house.settings.base_url}/sign-in/{token}"


async def run(settings: Settings, *, say: Say, stop: asyncio.Event | None = None) -> int:
    """`coolhead run`: everything, until told to stop. Hands back the exit code."""
    stop = stop or asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(each, stop.set)
    async with AsyncExitStack() as closing:
        house = await closing.enter_async_context(open_house(settings))
        session = await closing.enter_async_context(aiohttp.ClientSession(auto_decompress=True))
        running = Running(house, session)
        await running.begin()
        await closing.enter_async_context(
            serve(
                running.doors(),
                settings.host,
                settings.port,
                proxies=settings.get("TRUSTED_PROXIES"),
                calm=running.web.calm,
            )
        )
        for line in await _greeting(house):
            say(line)
        await live(running.parts(), house.clock, house.health, stop)
    return 0


async def _greeting(house: House) -> Sequence[str]:
    """The three things a first start prints."""
    settings = house.settings
    link = await invite(house, settings.installer, Role.TEAMMATE)
    token = settings.local_token_file
    curl = (
        f'curl -sS -H "Authorization: Bearer $(cat {_shell(token)})" -H "Content-Type: application/json" '
        f"""-d '{{"id": "first-1", "text": "Eleven days and still no parcel. Does anybody read this?","""
        f""" "platform": "mastodon", "author": {{"name": "Mara"}}}}' {settings.base_url}/hooks/inbox/local"""
    )
    return (
        f"Sign in (works once, for a day):  {link}",
        f"The data lies in:                 {settings.data_dir}",
        f"Send a first mention:             {curl}",
    )


def _shell(path: Path) -> str:
    text = str(path)
    return text if all(x.isalnum() or x in "/._-" for x in text) else "'" + text.replace("'", "'\\''") + "'"


class Running:
    """Everything that runs while `coolhead run` does."""

    def __init__(self, house: House, session: aiohttp.ClientSession, extra: Sequence[Platform] = ()) -> None:
        self._house = house
        settings, store, keys, vault = house.settings, house.store, house.keys, house.vault
        self._holder = secrets.token_hex(8)
        self._inbox = RedisInbox(store, keys, vault, house.clock)
        self._intake = Intake(self._inbox, house.health)
        self._whereabouts = RedisWhereabouts(store, keys, vault)
        self._dues = RedisDues(store, keys)
        means = Means(house.clock, session, settings.platform_values(), settings.inbox_tokens())
        self._platforms: Mapping[str, Platform] = {**open_platforms(means), **{p.name: p for p in extra}}
        self._alarm = open_alarm(settings.alarm, session, house.clock)
        self.web = WebRoom(
            roster=house.roster,
            notes=RedisNotes(store, keys, vault),
            clock=house.clock,
            team=house.act.team,
            public_url=settings.public_url,
            secret=vault.derive("press"),
            hosts=(settings.host,),
            health=house.health,
        )
        self._sorter = Sorter(
            act=house.act,
            inbox=self._inbox,
            whereabouts=self._whereabouts,
            timelines=house.timelines,
            asides=house.asides,
            vault=vault,
            clock=house.clock,
            health=house.health,
            bell=self._intake.bell,
            watches=settings.watches,
        )
        self._outbox = Outbox(
            act=house.act,
            timelines=house.timelines,
            platform=self.platform,
            clock=house.clock,
            health=house.health,
            ask_roles=self._ask_roles,
        )
        self._clockwork = Clockwork(
            act=house.act,
            dues=self._dues,
            pulse=RedisPulse(store, keys),
            timelines=house.timelines,
            clock=house.clock,
            health=house.health,
            ring=self._ring,
        )
        self._painter = Painter(
            act=house.act,
            timelines=house.timelines,
            threads=RedisThreads(store, keys),
            rooms={self.web.name: self.web},
            clock=house.clock,
            health=house.health,
            public_url=settings.public_url,
        )
        self._desk = Desk(
            act=house.act,
            timelines=house.timelines,
            whereabouts=self._whereabouts,
            asides=house.asides,
            vault=vault,
            roster=house.roster,
            platform=self.platform,
            suggest=responders.suggest,
            read=responders.read,
            summarise=summary.what_happened,
            invite_words=offline.ask_in_public,
            promises=promises.find_promises,
            care=care.needs_rest,
            hear_news=self._intake.hear,
            clock=house.clock,
            health=house.health,
            ids=lambda: secrets.token_hex(8),
            base_url=settings.base_url,
        )

    def platform(self, name: str) -> Platform:
        """The adapter of a platform; where there is none, a teammate's own hand."""
        return platform_for(name, self._platforms)

    async def begin(self) -> None:
        """What is done once at every start: the settings in force are written to the team's timeline if they changed."""
        house = self._house
        digest = hashlib.sha256(house.settings.in_force().encode()).hexdigest()[:16]
        await house.act(c.NoteSettings(id=f"settings:{digest}", digest=digest), Part.CLOCKWORK)

    def doors(self) -> Sequence[Door]:
        """Every door of the house."""
        api = Api(
            look=self._house.act.look,
            timelines=self._house.timelines,
            asides=self._house.asides,
            tokens=self._house.settings.api_tokens,
            ready=self._house.clock.now,
            reasons=self._house.health.all,
            counts=lambda: self._house.health.counts,
        )
        platforms = [door for platform in self._platforms.values() for door in platform.doors(self._intake.hear)]
        return [*api.doors(), *platforms, *self.web.doors(self._desk.hear)]

    def parts(self) -> dict[str, Callable[[], Awaitable[None]]]:
        """What runs, by name: singletons under their lease, the rest on every replica."""
        house = self._house
        lease = partial(alone, holder=self._holder, leases=house.leases, clock=house.clock)
        parts: dict[str, Callable[[], Awaitable[None]]] = {
            "sorter": partial(lease, "sorter", body=self._sorter.run),
            "outbox": partial(lease, "outbox", body=self._outbox.run),
            "clockwork": partial(lease, "clockwork", body=self._clockwork.run),
            "painter": partial(self._painter.run, 0),
            "bells": self._bells,
            "web": partial(self.web.attend, self._desk.hear),
        }
        for name, platform in self._platforms.items():
            parts[f"platform {name}"] = partial(lease, f"platform:{name}", body=partial(self._listen, platform))
        return parts

    async def _listen(self, platform: Platform, epoch: int) -> None:
        del epoch  # a mention heard twice is a duplicate
        since = await self._inbox.cursor(platform.name)
        await platform.listen(since, self._intake.hear)
        await asyncio.Event().wait()  # it is only told: nothing to do but keep the lease

    async def _bells(self) -> None:
        """Wake whoever waits for a change, on whichever replica it was made."""
        after = ""
        while True:
            fed = await self._house.timelines.feed(after, 2.0)
            if fed:
                after = fed[-1].id
                self._clockwork.bell.set()
                if any("send_asked" in each.kinds for each in fed):
                    self._outbox.bell.set()

    async def _ask_roles(self, person: str, team: Team) -> Teammate | None:
        """The web desk's roles lie on the team's timeline, which was read anew for this."""
        return team.people.get(person)

    async def _ring(self, conversations: Sequence[str], key: str) -> bool:
        count = len(conversations)
        headline = (
            "Somebody could be hurt, and nobody has it." if count == 1 else f"{count} critical ones that nobody has."
        )
        view = await self._house.act.look((), conversations)
        lines = [f"{self._house.settings.base_url}/i/{each.incident}" for each in view.conversations.values()]
        return await self._alarm.ring(headline, lines, key)


if __name__ == "__main__":
    main()
