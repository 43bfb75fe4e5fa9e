"""A mention as the timeline keeps it, and the names of what begins with it. Pure."""

import hashlib
from collections.abc import Sequence
from datetime import timedelta
from functools import lru_cache

from bot.listening.causes import Cause, Join, Pile
from bot.listening.flagging import flag
from bot.listening.watches import Watches
from bot.nouns import commands as c
from bot.nouns.conversation import Conversation
from bot.nouns.flag import Flag
from bot.nouns.mention import Kept, Mention
from bot.nouns.watch import Watch
from bot.ports import Work
from bot.work.placing import STORM

DAY = timedelta(hours=24)


def judged(
    work: Work, mention: Mention, standing: Sequence[Conversation], watches: Watches, *, watching: bool
) -> tuple[Flag, tuple[Watch, ...]]:
    """The flag, and the watches that hear it.

    What speaks to us and what rates us always concerns us; the rest where a watch hears it, or where nobody set one up.
    """
    heard = watches.hear(
        mention.text, source=mention.source or mention.key.platform, kind=mention.kind.value, lang=mention.lang
    )
    verdict = flag(
        mention.text,
        platform=mention.key.platform,
        followers=mention.author.followers,
        lang=mention.lang,
        rating=mention.rating,
        kind=mention.kind.value,
        direct=mention.direct,
        media=mention.media,
        author_before=sum(m.arrived >= work.arrived - DAY for each in standing for m in each.mentions),
    )
    concerns_us = mention.direct or mention.rating is not None or bool(heard) or not watching
    return (verdict if concerns_us else verdict.model_copy(update={"forward": False})), heard


def keep(work: Work, mention: Mention, verdict: Flag) -> Kept:
    """The mention as the timeline keeps it. Raises ValueError where its text is not sealed."""
    if work.words is None:
        raise ValueError("a mention is kept only once its text is sealed")
    return Kept(
        key=mention.key,
        person=work.person,
        words=work.words,
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
