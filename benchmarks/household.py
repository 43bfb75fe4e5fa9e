"""A team's house on the real embedded store, for benchmarks: opening conversations one by one or by the hundred."""

import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from adapters.clock import RealClock
from adapters.stores.beat import StoreTime
from adapters.stores.connect import Store, connect
from adapters.stores.dues import RedisDues
from adapters.stores.keys import Keys
from adapters.stores.timelines import RedisTimelines
from adapters.stores.vault import RedisVault
from bot.nouns import commands as c
from bot.nouns import events as e
from bot.nouns.flag import Flag, Severity
from bot.nouns.mention import Author, Kept, Mention, MentionKey
from bot.nouns.team import Part, Role, Team, Teammate
from bot.nouns.view import Due
from bot.ports import Appended, Sealed
from bot.work.act import Act, Acted
from bot.work.change import change

ANA = Teammate(id="ana", name="Ana", roles=frozenset({Role.TEAMMATE}))
_FLAG = Flag(forward=True, severity=Severity.MEDIUM, lang="en")


@dataclass(frozen=True, slots=True)
class Household:
    """What a benchmark presses on."""

    store: Store
    timelines: RedisTimelines
    dues: RedisDues
    vault: RedisVault
    clock: RealClock
    act: Act

    async def kept(self, name: str) -> tuple[Kept, Sealed]:
        """A mention of that name by an author of its own, sealed."""
        at = (await self.clock.now()).wall
        mention = Mention(
            key=MentionKey(platform="square", id=name),
            text=f"Eleven days and still no parcel. Does anybody read this? {name}",
            author=Author(id=f"a{name}", name="Mara", handle=f"@m{name}"),
            url=f"https://square.test/{name}",
            at=at,
        )
        sealed = await self.vault.seal_mention(mention)
        kept = Kept(key=mention.key, person=sealed.person, words=sealed.words, at=at, arrived=at, flag=_FLAG)
        return kept, sealed

    async def arrive(self, name: str, incident: str) -> None:
        """A mention begins a conversation `c<name>` there, as the sorter does it."""
        kept, sealed = await self.kept(name)
        command = c.Open(id=f"o{name}", incident=incident, conversation=f"c{name}", mention=kept)
        done = await self.act(command, Part.SORTER, (sealed,))
        assert isinstance(done, Acted), done

    async def claim(self, name: str, incident: str) -> None:
        """Ana presses *I have this*."""
        done = await self.act(c.Claim(id=f"k{name}", incident=incident, conversation=f"c{name}", epoch=0), ANA)
        assert isinstance(done, Acted), done

    async def fill(self, incident: str, names: Sequence[str], more: int = 0, dues: Sequence[Due] = ()) -> None:
        """Many conversations in one append, each with `more` events beside its first; `dues` in place of its own."""
        view = await self.timelines.view([incident])
        team, events, sealed = await self.act.team(), list[e.Event](), list[Sealed]()
        for name in names:
            kept, seal = await self.kept(name)
            sealed.append(seal)
            where = {"incident": incident, "conversation": f"c{name}", "at": kept.arrived}
            fresh = not view.incidents and not events
            events.append(e.Opened(**where, by="coolhead:sorter", mention=kept, fresh=fresh))
            for number in range(more):
                turn = e.Claimed(**where, by="ana", owner="ana", epoch=number // 2 + 1)
                events.append(turn if number % 2 == 0 else e.HandedBack(**where, by="ana"))
        made = change(f"fill:{incident}:{names[0]}", view, team, events, sealed)
        if dues:
            made = replace(made, dues=dict.fromkeys(made.dues, dues))
        assert isinstance(await self.timelines.append(made), Appended)


@asynccontextmanager
async def household() -> AsyncIterator[Household]:
    """An empty one in a throw-away folder, fsync always."""
    with tempfile.TemporaryDirectory(prefix="coolhead-bench-", ignore_cleanup_errors=True) as folder:
        async with connect(None, Path(folder)) as store:
            keys = Keys("bench")
            vault = RedisVault(store, keys, b"a secret for the benchmark")
            timelines = RedisTimelines(store, keys, vault)
            clock = RealClock(StoreTime(store, keys))
            yield Household(store, timelines, RedisDues(store, keys), vault, clock, Act(timelines, clock, _lay))


def _lay(team: Team) -> Team:
    return team.model_copy(update={"people": {"ana": ANA}})
