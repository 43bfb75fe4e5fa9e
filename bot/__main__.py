"""The composition root: settings -> adapters + responders -> work -> run until told to stop."""

import asyncio
import contextlib
import gc
import hashlib
import secrets
import signal
import sys
import tempfile
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import aiohttp

import responders
from adapters import rooms as chats
from adapters.alarm import open_alarm
from adapters.clock import RealClock
from adapters.connections import open_connections
from adapters.http.api import Api
from adapters.http.server import serve
from adapters.notary import genuine as genuine
from adapters.notary import signer
from adapters.platforms import Communities, Means, open_platforms, platform_for
from adapters.rooms.web.room import WebRoom
from adapters.stores.anchors import RedisAnchors
from adapters.stores.backup import find_backup as find_backup
from adapters.stores.beat import RedisPulse
from adapters.stores.dues import RedisDues
from adapters.stores.house import FORGOTTEN as FORGOTTEN
from adapters.stores.house import House as House
from adapters.stores.house import MakeClock
from adapters.stores.house import open_house as open_house
from adapters.stores.inbox import RedisInbox
from adapters.stores.notes import RedisNotes
from adapters.stores.restore import bring_back as bring_back
from adapters.stores.rhythms import RedisRhythms
from adapters.stores.threads import RedisThreads
from adapters.stores.whereabouts import RedisWhereabouts
from bot.demo.settings import demonstration
from bot.demo.square import Square
from bot.nouns import commands as c
from bot.nouns.team import Part, Role
from bot.ports import Alarm, Door, Finding, Platform, Room
from bot.settings import Settings
from bot.work.alone import alone
from bot.work.by_hand import Awaited
from bot.work.caretaker import Caretaker
from bot.work.clockwork import Clockwork
from bot.work.departures import Departures
from bot.work.desk import Desk
from bot.work.ears import Ears
from bot.work.intake import Intake
from bot.work.lifecycle import keep_alive, live
from bot.work.members import Members
from bot.work.notary import Notary
from bot.work.outbox import Outbox
from bot.work.painter import Painter
from bot.work.quiet import Quiet
from bot.work.sorter import Sorter
from bot.work.waiting import together
from bot.work.welcome import greeting, invite
from responders import care, offline, promises, summary

TEAM = "home"
INVITE_LASTS = timedelta(hours=24)
Say = Callable[[str], None]


def main() -> None:
    """`python -m bot` is `coolhead`."""
    from bot.cli import main as command

    sys.exit(command(sys.argv[1:]))


async def invitation(house: House, name: str, role: Role) -> str:
    """A one-use sign-in link."""
    return await invite(house.act, house.roster, house.clock, house.settings.base_url, name, role)


Extra = Callable[[House], Sequence[Platform]]


def _none(house: House) -> Sequence[Platform]:
    del house
    return ()


async def run(
    settings: Settings,
    *,
    say: Say,
    stop: asyncio.Event | None = None,
    extra: Extra = _none,
    make_clock: MakeClock = RealClock,
) -> int:
    """`coolhead run`: everything, until told to stop. Hands back the exit code.

    `extra`: platforms beside the configured ones; `make_clock`: a clock that a trial can move.
    """
    stop = stop or asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(each, stop.set)
    async with AsyncExitStack() as closing:
        house = await closing.enter_async_context(open_house(settings, make_clock))
        session = await closing.enter_async_context(_session())
        running = Running(house, session, extra(house))
        await running.begin()
        await closing.enter_async_context(
            serve(
                running.doors(),
                settings.host,
                settings.port,
                public_url=settings.public_url,
                proxies=settings.get("TRUSTED_PROXIES"),
                calm=running.web.calm,
            )
        )
        link = await invitation(house, settings.installer, Role.TEAMMATE)
        for line in greeting(link, settings.data_dir, settings.local_token_file, settings.base_url):
            say(line)
        # What stands now stands for good: looking through it again and again would cost a mention 20 to 30 µs.
        gc.freeze()
        gc.set_threshold(100_000, 50, 100)
        await live(running.parts(), house.clock, house.health, stop)
    return 0


def _session() -> aiohttp.ClientSession:
    """The one HTTP client: it keeps no cookies, and reads no proxy from the environment."""
    return aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())


async def check(settings: Settings) -> Sequence[Finding]:
    """`coolhead check`: what works, what is missing, and what to press. Raises StoreAway."""
    async with open_house(settings) as house, _session() as session:
        running = Running(house, session)
        found = [Finding(ok=False, what=part, fix=why) for part, why in house.health.all().items()]
        found.append(Finding(ok=True, what="The store answers and keeps what it confirms."))
        found += [
            Finding(ok=True, what=f"The token of {name} is short enough to be guessed.", fix="Make one of 16 or more.")
            for name in settings.short_tokens()
        ]
        for each in running.checked():
            found += await each.check()
        return found


def manifest(settings: Settings, room: str) -> dict[str, Any]:
    """`coolhead manifest`: what to hand to a chat so that it knows the bot. Slack calls us only where nothing else is set."""
    called = settings.get("SLACK_SIGNING_SECRET") and not settings.get("SLACK_APP_TOKEN")
    known = settings.secret(f"{room}_bot_token") or settings.secret(f"{room}_token")
    token = known().get_secret_value() if known is not None else ""
    community = any(each.platform == room for each in settings.communities)
    return chats.manifest(room, http=settings.base_url if called else "", token=token, community=community)


async def demo(*, say: Say, stop: asyncio.Event | None = None) -> int:
    """`coolhead demo`: an afternoon at a small shop, in a throw-away data folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="coolhead-demo-") as folder:
        settings = demonstration(Path(folder))

        def square(house: House) -> Sequence[Platform]:
            house.health.notes.append("This is a demonstration: cooling-off takes seconds here, not minutes.")
            return (Square(house.clock, settings.base_url),)

        say("An afternoon at a small shop. The first mention comes in a moment; the last after five minutes.")
        say(f"The public square, where your answers appear:  {settings.base_url}/square")
        return await run(settings, say=say, stop=stop, extra=square)


def caution_line(said: dict[str, Any]) -> dict[str, Any]:
    """One line of `coolhead caution`."""
    from responders.lines import caution_line as answer

    return answer(said)


class Running:
    """Everything that runs while `coolhead run` does."""

    def __init__(self, house: House, session: aiohttp.ClientSession, extra: Sequence[Platform] = ()) -> None:
        self._house = house
        settings, store, keys, vault = house.settings, house.store, house.keys, house.vault
        self._holder = secrets.token_hex(8)
        self._inbox = RedisInbox(store, keys, vault, house.clock)
        self._intake = Intake(self._inbox, house.health, house.clock)
        self._whereabouts = RedisWhereabouts(store, keys, vault)
        self._dues = RedisDues(store, keys)
        shared = open_connections(
            settings.secret, house.clock, house.health, {each.platform for each in settings.communities}
        )
        communities = Communities(
            tables=settings.communities,
            places=house.places,
            awaited=Awaited(house.act, self._whereabouts),
            health=house.health,
            discord=shared.discord,
            slack=shared.slack,
            slack_events=shared.slack_events,
        )
        means = Means(house.clock, session, settings.platform_values(), settings.inbox_tokens(), communities)
        self._platforms: Mapping[str, Platform] = {**open_platforms(means), **{p.name: p for p in extra}}
        house.health.watchers |= {name: each.trouble for name, each in self._platforms.items()}
        self._alarm = open_alarm(settings.alarm, session, house.clock)
        self._chats = chats.open_rooms(
            chats.Means(
                clock=house.clock,
                given=settings.secret,
                team=house.act.team,
                secret=vault.derive("press"),
                health=house.health,
                grants=settings.roles,
                connections=shared,
            )
        )
        self._members = Members(
            act=house.act,
            roster=house.roster,
            clock=house.clock,
            rooms=self._chats,
            grants=settings.roles,
            installer=settings.installer,
        )
        self.web = WebRoom(
            roster=house.roster,
            sessions=house.roster,
            notes=RedisNotes(store, keys, vault),
            clock=house.clock,
            team=house.act.team,
            public_url=settings.public_url,
            secret=vault.derive("press"),
            hosts=(settings.host,),
            health=house.health,
        )
        self._ears = Ears(inbox=self._inbox, hear=self._intake.hear, health=house.health, clock=house.clock)
        self._quiet = Quiet(
            act=house.act,
            rhythms=RedisRhythms(store, keys),
            health=house.health,
            clock=house.clock,
            sources=(*self._platforms, *settings.inbox_tokens()),
        )
        self._caretaker = Caretaker(
            act=house.act,
            quiet=self._quiet,
            departures=Departures(act=house.act, timelines=house.timelines),
            forgetting=house.forgetting(),
            clock=house.clock,
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
            ask_roles=self._members.anew,
            accounts=settings.accounts,
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
        everywhere: Mapping[str, Room] = {**self._chats, self.web.name: self.web}
        self._painter = self._paints({self.web.name: self.web}, {} if self._chats else everywhere)
        self._teller = self._paints({}, everywhere)
        self._chat_painters = {name: self._paints({name: room}, {}) for name, room in self._chats.items()}
        self._notary = Notary(
            act=house.act,
            timelines=house.timelines,
            anchors=RedisAnchors(store, keys),
            clock=house.clock,
            sign=signer(vault.derive("record")),
        )
        self._desk = Desk(
            act=house.act,
            timelines=house.timelines,
            whereabouts=self._whereabouts,
            asides=house.asides,
            vault=vault,
            members=self._members,
            sessions=house.roster,
            platforms=self._platforms,
            suggest=responders.suggest,
            read=responders.read,
            summarise=summary.what_happened,
            invite_words=offline.ask_in_public,
            reference=offline.reference,
            promises=promises.find_promises,
            care=care.needs_rest,
            hear_news=self._intake.hear,
            clock=house.clock,
            health=house.health,
            ids=lambda: secrets.token_hex(8),
            public_url=settings.base_url,
            accounts=settings.accounts,
        )

    def _paints(self, rooms: Mapping[str, Room], tells: Mapping[str, Room]) -> Painter:
        house = self._house
        return Painter(
            act=house.act,
            timelines=house.timelines,
            threads=RedisThreads(house.store, house.keys),
            roster=house.roster,
            rooms=rooms,
            tells=tells,
            clock=house.clock,
            health=house.health,
            public_url=house.settings.public_url,
        )

    def checked(self) -> Sequence[Platform | Room | Alarm]:
        """Everything that can look at itself."""
        return (*self._platforms.values(), *self._chats.values(), self.web, self._alarm)

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
        rooms = [door for room in (*self._chats.values(), self.web) for door in room.doors(self._desk.hear)]
        return [*api.doors(), *platforms, *rooms]

    def parts(self) -> dict[str, Callable[[], Awaitable[None]]]:
        """What runs, by name: singletons under their lease, the rest on every replica."""
        house = self._house
        lease = partial(alone, holder=self._holder, leases=house.leases, clock=house.clock)
        parts: dict[str, Callable[[], Awaitable[None]]] = {
            "sorter": partial(lease, "sorter", body=self._sorter.run),
            "outbox": partial(lease, "outbox", body=self._outbox.run),
            "clockwork": partial(lease, "clockwork", body=self._clockwork.run),
            "notary": partial(lease, "notary", body=self._notary.run),
            "caretaker": partial(lease, "caretaker", body=self._caretaker.run),
            "quiet": self._quiet.run,
            "painter": partial(self._painter.run, 0),
            "bells": self._bells,
            "web": partial(self.web.attend, self._desk.hear),
        }
        if self._chats:
            parts["chats"] = partial(lease, "chats", body=self._in_the_chats)
        # What shares a room's connection listens on the same replica as the room.
        alone_out_there = {name: each for name, each in self._platforms.items() if name not in self._chats}
        for name, platform in alone_out_there.items():
            parts[f"platform {name}"] = partial(lease, f"platform:{name}", body=partial(self._ears.listen, platform))
        return parts

    async def _in_the_chats(self, epoch: int) -> None:
        """Every chat's connection, what paints there, and who is told what: one replica does it for all, so that no card
        stands twice. A chat that is slow holds up no other, and no note.
        """
        house = self._house
        attended = {f"room {name}": partial(room.attend, self._desk.hear) for name, room in self._chats.items()}
        painted = {f"painter of {name}": partial(each.run, epoch) for name, each in self._chat_painters.items()}
        heard = {
            f"platform {name}": partial(self._ears.listen, self._platforms[name], epoch)
            for name in self._chats
            if name in self._platforms
        }
        parts = {**attended, **painted, **heard, "teller": partial(self._teller.run, epoch)}
        await together(*(keep_alive(name, part, house.clock, house.health) for name, part in parts.items()))

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
                for incident in {each.incident for each in fed}:
                    self.web.changed(incident)  # another replica may have painted it

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
