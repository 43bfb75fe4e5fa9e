"""Everything that runs while `coolhead run` does: the parts, made from the ports, and which of them work alone."""

import hashlib
import secrets
from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from bot.nouns import commands as c
from bot.nouns.mention import Hear
from bot.nouns.team import Part
from bot.ports import Room
from bot.screens.shapes import Answer, Gesture
from bot.settings import Settings
from bot.work.alive import Alive
from bot.work.alone import alone
from bot.work.bells import Bells
from bot.work.caretaker import Caretaker
from bot.work.clockwork import Clockwork
from bot.work.departures import Departures
from bot.work.desk import Desk
from bot.work.desk.tools import Words
from bot.work.ears import Ears
from bot.work.fetching import Fetching
from bot.work.intake import Intake
from bot.work.lifecycle import keep_alive
from bot.work.means import Outside, Stores
from bot.work.members import Members
from bot.work.notary import Notary
from bot.work.outages import Outages
from bot.work.outbox import Outbox
from bot.work.painter import Painter
from bot.work.quiet import Quiet
from bot.work.ringing import Ringing
from bot.work.sorter import Sorter
from bot.work.telling import Telling
from bot.work.waiting import together


class Running:
    """The parts of one process. `words` are the callables that choose words; `holder` names it where it holds a lease."""

    def __init__(self, settings: Settings, stores: Stores, outside: Outside, words: Words) -> None:
        self._settings = settings
        self._stores = stores
        self._outside = outside
        self._holder = secrets.token_hex(8)
        self._intake = Intake(stores.inbox, outside.health, outside.clock)
        self._fetching = Fetching(act=stores.act, rhythms=stores.rhythms, clock=outside.clock, hear=self._intake.hear)
        self._ears = Ears(inbox=stores.inbox, hear=self._fetching.hear, health=outside.health, clock=outside.clock)
        self._members = self._a_members()
        self._sorter = self._a_sorter()
        self._outbox = self._an_outbox()
        self._clockwork = self._a_clockwork()
        self._quiet = self._a_quiet()
        self._desk = self._a_desk(words)
        everywhere: Mapping[str, Room] = {**outside.chats, outside.desk.name: outside.desk}
        self._painter = self._a_painter({outside.desk.name: outside.desk}, {} if outside.chats else everywhere)
        self._teller = self._a_painter({}, everywhere)
        self._chat_painters = {name: self._a_painter({name: room}, {}) for name, room in outside.chats.items()}

    @property
    def hear_news(self) -> Hear:
        """Where platforms bring news."""
        return self._intake.hear

    async def hear(self, gesture: Gesture) -> Answer:
        """What somebody did in a room, answered. Never raises."""
        return await self._desk.hear(gesture)

    async def begin(self) -> None:
        """What is done once at every start: the settings in force are written to the team's timeline if they changed."""
        digest = hashlib.sha256(self._settings.in_force().encode()).hexdigest()[:16]
        await self._stores.act(c.NoteSettings(id=f"settings:{digest}", digest=digest), Part.CLOCKWORK)

    def parts(self) -> dict[str, Callable[[], Awaitable[None]]]:
        """What runs, by name: singletons under their lease, the rest on every replica."""
        outside, stores = self._outside, self._stores
        bells = Bells(
            timelines=stores.timelines, due=self._clockwork.bell, asked=self._outbox.bell, changed=outside.changed
        )
        parts: dict[str, Callable[[], Awaitable[None]]] = {
            "sorter": self._singly("sorter", self._sorter.run),
            "outbox": self._singly("outbox", self._outbox.run),
            "clockwork": self._singly("clockwork", self._clockwork.run),
            "notary": self._singly("notary", self._a_notary().run),
            "caretaker": self._singly("caretaker", self._a_caretaker().run),
            "pulse": Alive(pulse=stores.pulse, clock=outside.clock).run,
            "quiet": self._quiet.run,
            "fetching": self._fetching.run,
            "painter": partial(self._painter.run, 0),
            "bells": bells.run,
            "web": partial(outside.desk.attend, self.hear),
        }
        if outside.chats:
            parts["chats"] = self._singly("chats", self._in_the_chats, stays=True)
        # What shares a room's connection listens on the same replica as the room.
        alone_out_there = {name: each for name, each in outside.platforms.items() if name not in outside.chats}
        for name, platform in alone_out_there.items():
            listens = partial(self._ears.listen, platform)
            parts[f"platform {name}"] = self._singly(f"platform:{name}", listens)
        return parts

    def _singly(
        self, name: str, body: Callable[[int], Awaitable[None]], *, stays: bool = False
    ) -> Callable[[], Awaitable[None]]:
        return partial(alone, name, self._holder, self._stores.leases, self._outside.clock, body, stays=stays)

    async def _in_the_chats(self, epoch: int) -> None:
        """Every chat's connection, what paints there, and who is told what: one replica does it for all, so that no card
        stands twice. A chat that is slow holds up no other, and no note.
        """
        outside = self._outside
        attended = {f"room {name}": partial(room.attend, self.hear) for name, room in outside.chats.items()}
        painted = {f"painter of {name}": partial(each.run, epoch) for name, each in self._chat_painters.items()}
        heard = {
            f"platform {name}": partial(self._ears.listen, outside.platforms[name], epoch)
            for name in outside.chats
            if name in outside.platforms
        }
        parts: dict[str, Callable[[], Awaitable[None]]] = {**attended, **painted, **heard}
        parts |= {"teller": partial(self._teller.run, epoch), "outages": self._outages().run}
        await together(*(keep_alive(name, part, outside.clock, outside.health) for name, part in parts.items()))

    # ---------------------------------------------------------------- the parts, one by one

    def _a_members(self) -> Members:
        return Members(
            act=self._stores.act,
            roster=self._stores.roster,
            clock=self._outside.clock,
            rooms=self._outside.chats,
            grants=self._settings.roles,
            installer=self._settings.installer,
        )

    def _a_sorter(self) -> Sorter:
        stores, outside = self._stores, self._outside
        return Sorter(
            act=stores.act,
            inbox=stores.inbox,
            whereabouts=stores.whereabouts,
            timelines=stores.timelines,
            asides=stores.asides,
            vault=stores.vault,
            clock=outside.clock,
            health=outside.health,
            bell=self._intake.bell,
            watches=self._settings.watches,
        )

    def _an_outbox(self) -> Outbox:
        stores, outside = self._stores, self._outside
        return Outbox(
            act=stores.act,
            timelines=stores.timelines,
            platform=outside.platform,
            clock=outside.clock,
            health=outside.health,
            ask_roles=self._members.anew,
            accounts=self._settings.accounts,
        )

    def _a_clockwork(self) -> Clockwork:
        stores, outside = self._stores, self._outside
        ringing = Ringing(act=stores.act, alarm=outside.alarm, base_url=self._settings.base_url)
        return Clockwork(
            act=stores.act,
            dues=stores.dues,
            pulse=stores.pulse,
            timelines=stores.timelines,
            clock=outside.clock,
            health=outside.health,
            ring=ringing.ring,
        )

    def _a_quiet(self) -> Quiet:
        return Quiet(
            act=self._stores.act,
            rhythms=self._stores.rhythms,
            health=self._outside.health,
            clock=self._outside.clock,
            sources=(*self._outside.platforms, *self._settings.inbox_tokens()),
        )

    def _a_caretaker(self) -> Caretaker:
        stores, outside = self._stores, self._outside
        return Caretaker(
            act=stores.act,
            quiet=self._quiet,
            departures=Departures(act=stores.act, timelines=stores.timelines),
            forgetting=stores.forgetting,
            clock=outside.clock,
            health=outside.health,
        )

    def _a_notary(self) -> Notary:
        stores, outside = self._stores, self._outside
        return Notary(
            act=stores.act,
            timelines=stores.timelines,
            anchors=stores.anchors,
            clock=outside.clock,
            sign=outside.sign,
        )

    def _a_painter(self, rooms: Mapping[str, Room], tells: Mapping[str, Room]) -> Painter:
        stores, outside = self._stores, self._outside
        return Painter(
            act=stores.act,
            timelines=stores.timelines,
            threads=stores.threads,
            roster=stores.roster,
            rooms=rooms,
            tells=tells,
            clock=outside.clock,
            health=outside.health,
            public_url=self._settings.public_url,
        )

    def _outages(self) -> Outages:
        stores, outside, link = self._stores, self._outside, self._settings.public_url
        telling = Telling(
            act=stores.act,
            timelines=stores.timelines,
            threads=stores.threads,
            roster=stores.roster,
            rooms={**outside.chats, outside.desk.name: outside.desk},
            clock=outside.clock,
            link=link,
        )
        return Outages(
            act=stores.act,
            telling=telling,
            alarm=outside.alarm,
            rooms=outside.chats.keys(),
            clock=outside.clock,
            health=outside.health,
            link=link,
        )

    def _a_desk(self, words: Words) -> Desk:
        stores, outside = self._stores, self._outside
        return Desk(
            act=stores.act,
            timelines=stores.timelines,
            whereabouts=stores.whereabouts,
            asides=stores.asides,
            vault=stores.vault,
            members=self._members,
            sessions=stores.sessions,
            platforms=outside.platforms,
            platform=outside.platform,
            suggest=words.suggest,
            read=words.read,
            summarise=words.summarise,
            invite_words=words.invite_words,
            reference=words.reference,
            promises=words.promises,
            care=words.care,
            hear_news=self._intake.hear,
            clock=outside.clock,
            health=outside.health,
            ids=lambda: secrets.token_hex(8),
            public_url=self._settings.base_url,
            accounts=self._settings.accounts,
        )
