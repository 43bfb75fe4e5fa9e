"""The composition root: settings -> adapters + responders -> work -> run until told to stop."""

import asyncio
import contextlib
import gc
import signal
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path
from typing import Any

import aiohttp

import responders
from adapters import rooms as chats
from adapters.alarm import open_alarm
from adapters.clock import Impatient, RealClock
from adapters.connections import Connections, open_connections
from adapters.connections.wire import connector, fenced
from adapters.http.api import Api
from adapters.http.server import serve
from adapters.notary import genuine as genuine
from adapters.notary import signer
from adapters.platforms import Communities, Means, open_platforms, platform_for
from adapters.rooms.web.room import WebRoom
from adapters.stores.at_work import at_work
from adapters.stores.backups.finished import find_backup as find_backup
from adapters.stores.backups.restoring import bring_back as bring_back
from adapters.stores.house import FORGOTTEN as FORGOTTEN
from adapters.stores.house import House as House
from adapters.stores.house import MakeClock
from adapters.stores.house import open_house as open_house
from adapters.stores.notes import DAY, RedisNotes
from bot.demo.settings import demonstration
from bot.demo.square import Square
from bot.nouns.team import Role
from bot.ports import Alarm, Door, Finding, Platform, Room, Whereabouts
from bot.settings import Settings
from bot.work.by_hand import Awaited
from bot.work.desk.tools import Words
from bot.work.lifecycle import live
from bot.work.means import Outside
from bot.work.running import Running
from bot.work.telling import standing
from bot.work.welcome import greeting, invite, invite_installer
from responders import care, offline, promises, summary

Say = Callable[[str], None]

#: Who chooses words.
WORDS = Words(
    suggest=responders.suggest,
    read=responders.read,
    summarise=summary.what_happened,
    invite_words=offline.ask_in_public,
    reference=offline.reference,
    promises=promises.find_promises,
    care=care.needs_rest,
)


def main() -> None:
    """`python -m bot` is `coolhead`."""
    from bot.cli import main as command

    sys.exit(command(sys.argv[1:]))


async def invitation(house: House, name: str = "", role: Role | None = None, person: str = "") -> str:
    """A one-use sign-in link; where nothing is said of for whom and as what, for whoever installed it."""
    to = (house.act, house.roster, house.clock, house.settings.base_url, name or house.settings.installer)
    return await (invite(*to, role, person=person) if name or role or person else invite_installer(*to))


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
        with contextlib.suppress(NotImplementedError):  # a loop on Windows has none
            loop.add_signal_handler(each, stop.set)
    async with AsyncExitStack() as closing:
        house = await closing.enter_async_context(open_house(settings, make_clock))
        session = await closing.enter_async_context(_session())
        wired = Wired(house, session, extra(house))
        await wired.running.begin()
        await closing.enter_async_context(
            serve(
                wired.doors(),
                settings.host,
                settings.port,
                public_url=settings.public_url,
                proxies=settings.get("TRUSTED_PROXIES"),
                calm=wired.web.calm,
            )
        )
        link = await invitation(house)
        for line in greeting(link, settings.data_dir, settings.local_token_file, settings.base_url):
            say(line)
        # What stands now stands for good: looking through it again and again would cost a mention 20 to 30 µs.
        gc.freeze()
        gc.set_threshold(100_000, 50, 100)
        await live(wired.running.parts(), house.clock, house.health, stop)
    return 0


def _session() -> aiohttp.ClientSession:
    """The one HTTP client: it keeps no cookies, and reads no proxy from the environment."""
    return aiohttp.ClientSession(connector=connector(), cookie_jar=aiohttp.DummyCookieJar(), trace_configs=[fenced()])


async def check(settings: Settings) -> Sequence[Finding]:
    """`coolhead check`: what works, what is missing, and what to press. Raises StoreAway."""
    async with open_house(settings) as house, _session() as session:
        wired = Wired(house, session)
        found = [Finding(ok=False, what=part, fix=why) for part, why in house.health.all().items()]
        found.append(Finding(ok=True, what="The store answers and keeps what it confirms."))
        if unused := await house.unused():
            found.append(Finding(ok=True, what=unused[0], fix=unused[1]))
        found += [
            Finding(ok=True, what=f"The token of {name} is short enough to be guessed.", fix="Make one of 16 or more.")
            for name in settings.short_tokens()
        ]
        for each in wired.checked():
            found += await each.check()
        return found


def manifest(settings: Settings, room: str) -> dict[str, Any]:
    """`coolhead manifest`: what to hand to a chat so that it knows the bot. Slack calls us only where nothing else is set."""
    called = settings.get("SLACK_SIGNING_SECRET") and not settings.get("SLACK_APP_TOKEN")
    known = settings.secret(f"{room}_bot_token") or settings.secret(f"{room}_token")
    token = known().get_secret_value() if known is not None else ""
    community = any(each.platform == room for each in settings.communities)
    return chats.manifest(room, http=settings.base_url if called else "", token=token, community=community)


async def demo(*, say: Say) -> int:
    """`coolhead demo`: an afternoon at a small shop, in a throw-away data folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="coolhead-demo-") as folder:
        settings = demonstration(Path(folder))

        def square(house: House) -> Sequence[Platform]:
            house.health.notes.append("This is a demonstration: cooling-off takes seconds here, not minutes.")
            return (Square(house.clock, settings.base_url),)

        say("An afternoon at a small shop. The first mention comes in a moment; the last after five minutes.")
        say(f"The public square, where your answers appear:  {settings.base_url}/square")
        return await run(settings, say=say, extra=square)


def caution_line(said: dict[str, Any]) -> dict[str, Any]:
    """One line of `coolhead caution`."""
    from responders.lines import caution_line as answer

    return answer(said)


class Wired:
    """A running house: its adapters, and the parts that work through them."""

    def __init__(self, house: House, session: aiohttp.ClientSession, extra: Sequence[Platform] = ()) -> None:
        self._house = house
        stores = at_work(house)
        shared = _connections(house)
        self._platforms = {**_platforms(house, session, shared, stores.whereabouts), **{p.name: p for p in extra}}
        house.health.watchers |= {name: each.trouble for name, each in self._platforms.items()}
        self._chats = _chats(house, shared)
        self._alarm = open_alarm(house.settings.alarm, session, house.clock)
        self.web = _web_desk(house)
        outside = Outside(
            clock=house.clock,
            health=house.health,
            platforms=self._platforms,
            platform=partial(platform_for, opened=self._platforms),
            chats=self._chats,
            desk=self.web,
            changed=self.web.changed,
            alarm=self._alarm,
            sign=signer(house.vault.derive("record")),
        )
        self.running = Running(house.settings, stores, outside, WORDS)

    def checked(self) -> Sequence[Platform | Room | Alarm]:
        """Everything that can look at itself."""
        return (*self._platforms.values(), *self._chats.values(), self.web, self._alarm)

    def doors(self) -> Sequence[Door]:
        """Every door of the house."""
        house, running = self._house, self.running
        api = Api(
            look=house.act.look,
            timelines=house.timelines,
            asides=house.asides,
            tokens=house.settings.api_tokens,
            ready=house.ready,
            reasons=house.health.all,
            counts=lambda: house.health.counts,
            heard=lambda: house.health.last_heard,
        )
        platforms = [door for platform in self._platforms.values() for door in platform.doors(running.hear_news)]
        rooms = [door for room in (*self._chats.values(), self.web) for door in room.doors(running.hear)]
        return [*api.doors(), *platforms, *rooms]


def _connections(house: House) -> Connections:
    """One connection a network, shared by its room and its platform."""
    settings = house.settings
    return open_connections(
        settings.secret, Impatient(house.clock), house.health, {each.platform for each in settings.communities}
    )


def _platforms(
    house: House, session: aiohttp.ClientSession, shared: Connections, whereabouts: Whereabouts
) -> Mapping[str, Platform]:
    settings = house.settings
    communities = Communities(
        tables=settings.communities,
        places=house.places,
        awaited=Awaited(house.act, whereabouts),
        health=house.health,
        discord=shared.discord,
        slack=shared.slack,
        slack_events=shared.slack_events,
    )
    return open_platforms(Means(house.clock, session, settings.secrets(), settings.inbox_tokens(), communities))


def _chats(house: House, shared: Connections) -> Mapping[str, Room]:
    means = chats.Means(
        clock=house.clock,
        given=house.settings.secret,
        team=house.act.team,
        secret=house.vault.derive("press"),
        scratch=RedisNotes(house.store, house.keys, house.vault, purpose="typed", kept=DAY),
        health=house.health,
        grants=house.settings.roles,
        connections=shared,
    )
    return chats.open_rooms(means)


def _web_desk(house: House) -> WebRoom:
    return WebRoom(
        roster=house.roster,
        sessions=house.roster,
        notes=RedisNotes(house.store, house.keys, house.vault),
        standing=partial(standing, house.act),
        clock=house.clock,
        team=house.act.team,
        public_url=house.settings.public_url,
        secret=house.vault.derive("press"),
        hosts=(house.settings.host,),
        health=house.health,
    )


if __name__ == "__main__":
    main()
