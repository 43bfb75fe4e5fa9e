"""What a card is about, in at most twelve words. Never an alarm word."""

import re

from bot.nouns.conversation import Conversation
from bot.nouns.incident import Incident
from bot.nouns.mention import Kept
from bot.nouns.situation import SITUATIONS as SITUATIONS
from bot.screens import called
from bot.screens.plain import first_words, number, plain

MOST = 12
_UNNAMED = frozenset({"other", "question"})
#: The handles a reply begins with on most platforms: whom it is to, not what it is about.
_LED_BY = re.compile(r"\A(?:\s*@[\w.@-]*\w[:,]?(?=\s|\Z))+")


def headline(incident: Incident, front: Conversation | None) -> tuple[str, str]:
    """(headline, about): what it is about, and who said it where. `front`: the conversation that stands first.

    Somebody's own name for it comes before everything; then the situation, where it is sure; then their first words.
    In a pile the cause they share stands in for what one of them leaves unsaid; praise is nobody's but its author's.
    """
    kept = front.first if front is not None else None
    title = _named(incident, front, kept)
    return title, _about(front, kept, starred=kept is not None and title == _wordless(kept))


def _named(incident: Incident, front: Conversation | None, kept: Kept | None) -> str:
    if incident.renamed is not None and (given := _twelve(incident.renamed.read(""))):
        return given
    own = kept.flag.situation if kept is not None else None
    situation = own or (incident.situation if incident.situation != "praise" else None)
    if situation and situation in SITUATIONS and situation not in _UNNAMED:
        return SITUATIONS[situation]
    if kept is not None:
        return first_words(_LED_BY.sub("", kept.latest.read())) or first_words(kept.latest.read()) or _wordless(kept)
    return "A statement of ours" if front is not None and front.statement else "Nothing here any more"


def _twelve(text: str) -> str:
    return " ".join(plain(text).split(" ")[:MOST])[:120].rstrip()


def _wordless(kept: Kept) -> str:
    if kept.rating is not None:
        return f"{number(kept.rating)} star{'' if kept.rating == 1 else 's'}, no words"
    return "Pictures, no words" if kept.media else "No words"


def _about(front: Conversation | None, kept: Kept | None, *, starred: bool) -> str:
    if kept is not None:
        return called.about(kept, stars_too=not starred)
    if front is None or front.account is None:
        return ""
    return called.account(front.account)
