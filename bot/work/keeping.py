"""A mention as the timeline keeps it, and the names of what begins with it. Pure."""

import hashlib
from collections.abc import Sequence
from functools import lru_cache

from bot.listening.causes import Cause, Join, Pile
from bot.nouns import commands as c
from bot.nouns.flag import Flag
from bot.nouns.mention import Kept, Mention
from bot.nouns.watch import Watch
from bot.ports import Work
from bot.work.placing import STORM


def keep(work: Work, mention: Mention, verdict: Flag) -> Kept:
    """The mention as the timeline keeps it. Raises ValueError where its text is not sealed."""
    if work.words is None:
        raise ValueError("a mention is kept only once its text is sealed")
    return Kept(
        key=mention.key,
        person=work.person,
        words=work.words.bare(),
        at=mention.at,
        arrived=work.arrived,
        kind=mention.kind,
        rating=mention.rating,
        media=mention.media,
        direct=mention.direct,
        in_reply_to=mention.in_reply_to,
        source=mention.source,
        flag=verdict,
    )


def arrival(work: Work, mention: Mention, kept: Kept, cause: Cause, heard: Sequence[Watch]) -> c.Open | c.Add:
    """What puts `kept` where it belongs. Ids come from the piece of news, so that doing it twice does it once."""
    if isinstance(cause, Join):
        return c.Add(id=f"s:{work.id}", conversation=cause.conversation, mention=kept)
    incident, conversation = new_of(work)
    return c.Open(
        id=f"s:{work.id}",
        incident=cause.incident if isinstance(cause, Pile) else incident,
        conversation=conversation,
        mention=kept,
        fresh=not isinstance(cause, Pile),
        places=tuple(dict.fromkeys(place for watch in heard for place in watch.places)),
        occasion=mention.in_reply_to,
    )


def new_of(work: Work) -> tuple[str, str]:
    """The incident and the conversation that this piece of news may begin."""
    name = short(work.id)
    return f"i{name}", f"c{name}"


def storm_of(work: Work) -> str:
    """The incident that a channel's storm opens with this piece of news."""
    return f"{STORM}{short(work.id)}"


@lru_cache(maxsize=256)  # each piece of news is named four times
def short(name: str) -> str:
    """Sixteen hexadecimal digits that stand for a name."""
    return hashlib.sha256(name.encode()).hexdigest()[:16]
