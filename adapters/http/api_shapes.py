"""The JSON that outside programs rely on (`/api/v1`). Pure."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.nouns.conversation import Conversation, Mood
from bot.nouns.incident import Incident
from bot.nouns.mention import Kept
from bot.ports import Aside
from bot.screens.headline import headline

#: How many mentions an incident lists by itself; the rest lies behind `/mentions`.
FIRST = 20
#: Instead of a sentence that may name a channel, a role or a person.
MORE = "With a token of COOLHEAD_API_TOKENS this says what is wrong, and so does the page Is everything working."
#: How parts begin that go on with the name of a source or a sentence of ours.
_NAMES_NO_PLACE = ("store: ", "quiet ", "unheard ", "platform ")
_WORD = re.compile(r"[a-z]+")


def mood_of(incident: Incident, front: Sequence[Conversation]) -> Mood:
    """What an incident's card says."""
    if incident.open == 0:
        return Mood.SETTLED
    if incident.storm:
        return Mood.STORM
    return front[0].mood if front else Mood.WAITING


def incident_json(incident: Incident, front: Sequence[Conversation]) -> dict[str, Any]:
    """One incident; `front` are its conversations, the most urgent first, as far as they were read."""
    mentions = [mention_json(kept, each) for each in front for kept in each.mentions]
    return {
        "id": incident.id,
        "headline": headline(incident, front[0] if front else None)[0],
        "mood": mood_of(incident, front).value,
        "severity": incident.severity.value,
        "opened": incident.opened.isoformat(),
        "mentions": {"count": max(incident.size, len(mentions)), "first": mentions[:FIRST]},
    }


def mention_json(kept: Kept, conversation: Conversation) -> dict[str, Any]:
    """One mention. `text` is null where it was forgotten at its author's wish."""
    text = kept.latest.text
    return {
        "platform": kept.key.platform,
        "id": kept.key.id,
        "text": text if isinstance(text, str) else None,
        "url": kept.url or None,
        "author": {"name": kept.author.name, "handle": kept.author.handle, "followers": kept.author.followers},
        "owner": conversation.owner.person if conversation.owner is not None else None,
        "disposition": kept.signed.disposition.value if kept.signed is not None else None,
    }


def aside_json(aside: Aside) -> dict[str, Any]:
    """One mention that was not forwarded."""
    mention = aside.mention
    return {
        "ref": aside.ref,
        "at": aside.at.isoformat(),
        "platform": mention.key.platform if mention else None,
        "id": mention.key.id if mention else None,
        "text": mention.text if mention else None,
        "url": mention.url or None if mention else None,
        "reasons": list(aside.flag.reasons) if aside.flag else [],
    }


def public_part(part: str) -> str:
    """A part of health for those who show no token: without the place that it is about, which may be a private channel.

    Rooms name their own parts in words, and places by whatever the room calls them.
    """
    if part.startswith(_NAMES_NO_PLACE):
        return part
    first, *more = part.split(" ")
    return f"{first} {more[0]}" if more and _WORD.fullmatch(more[0]) else first


def public_troubles(troubles: Mapping[str, str]) -> Mapping[str, str]:
    """What does not work, for those who show no token: its parts, and where more is said."""
    return {public_part(part): MORE for part in troubles}


def health_json(reasons: Mapping[str, str]) -> dict[str, Any]:
    """The answer of `/readyz`."""
    return {"ready": not reasons, "reasons": dict(reasons)}
