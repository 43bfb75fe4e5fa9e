"""Where a new mention belongs: with a conversation that stands, in a pile with the same cause, or on its own. Pure.

The rules, first one that fits (DESIGN §2: pile, occasion, storm):

1. The same person on the same platform, with an open conversation or one closed less than 14 days ago: it joins that one.
   The one it answers goes before others, an open one before a closed one, a newer before an older. Articles never join
   by their author: a newspaper writes about many things.
2. It answers the post of ours that an incident is about, or a mention that lies in one: that pile.
3. Another person used nearly the same words within the last hour: that pile. Only for texts of some length; "Terrible"
   said twice is no wave.
4. The whole channel storms and it is neither high nor critical: the channel's own storm.
5. Else it stands on its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.listening.likeness import apart, fingerprint_of, shingles
from bot.nouns.conversation import Conversation
from bot.nouns.flag import Severity
from bot.nouns.incident import Incident
from bot.nouns.mention import Kept, MentionKind

#: A closed conversation that its author takes up again within this time is the same matter.
SAME_MATTER = timedelta(days=14)

#: Copies are looked for among what came in this time.
WAVE = timedelta(hours=1)

#: Two fingerprints that differ in fewer bits are near-copies (`likeness.apart`).
NEAR = 12

#: A text of fewer shingles is too short to tell a copy from a common phrase.
LONG_ENOUGH = 4


@dataclass(frozen=True, slots=True)
class Join:
    """It continues this conversation."""

    conversation: str


@dataclass(frozen=True, slots=True)
class Pile:
    """A conversation of its own in this incident."""

    incident: str


@dataclass(frozen=True, slots=True)
class Fresh:
    """A conversation and an incident of its own."""


Cause = Join | Pile | Fresh


@dataclass(frozen=True, slots=True)
class Wording:
    """What is kept of a recent mention's words to tell copies: no words."""

    incident: str
    person: str
    fingerprint: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Around:
    """What the sorter knows around a new mention. Every field may be empty.

    `standing`: the author's own conversations on any platform. `occasion`: the incident that the post or mention it
    answers belongs to. `lately`: recent mentions' wordings, one for each incident is enough. `storm`: the incident of the
    channel's own storm while there is one.
    """

    standing: Sequence[Conversation] = ()
    occasion: Incident | None = None
    lately: Sequence[Wording] = ()
    storm: str = ""


def fingerprint_for_copies(text: str) -> int:
    """The fingerprint to keep in a `Wording`; 0 for a text that is too short to be told from others."""
    found = shingles(text)
    return fingerprint_of(found) if len(found) >= LONG_ENOUGH else 0


def belongs(mention: Kept, fingerprint: int, around: Around) -> Cause:
    """Where `mention` belongs. `fingerprint` is its text's, by `fingerprint_for_copies`."""
    joined = _theirs(mention, around.standing)
    if joined is not None:
        return Join(joined.id)
    if around.occasion is not None and _recent(around.occasion.closed, mention.arrived):
        return Pile(around.occasion.merged_into or around.occasion.id)
    copied = _copied(mention, fingerprint, around.lately)
    if copied is not None:
        return Pile(copied.incident)
    if around.storm and mention.flag.severity.rank < Severity.HIGH.rank:
        return Pile(around.storm)
    return Fresh()


def _theirs(mention: Kept, standing: Sequence[Conversation]) -> Conversation | None:
    if mention.kind is MentionKind.ARTICLE:
        return None
    fit = [c for c in standing if _same_author(mention, c) and _recent(c.closed, mention.arrived)]
    return max(fit, key=lambda c: (_answers(mention, c), c.closed is None, c.opened), default=None)


def _same_author(mention: Kept, c: Conversation) -> bool:
    return any(m.person == mention.person and m.key.platform == mention.key.platform for m in c.mentions)


def _answers(mention: Kept, c: Conversation) -> bool:
    """Whether it answers something said in that conversation, by them or by us."""
    ours = [a.post for a in c.attempts if a.post is not None]
    return mention.in_reply_to in {key.id for key in (*(m.key for m in c.mentions), *c.ours, *ours)}


def _recent(closed: datetime | None, at: datetime) -> bool:
    return closed is None or at - closed < SAME_MATTER


def _copied(mention: Kept, fingerprint: int, lately: Sequence[Wording]) -> Wording | None:
    """The nearest copy by somebody else within the hour; the newest of equally near ones."""
    if not fingerprint:
        return None
    # Likeness first, as it is cheap and rare: this runs over all that came lately, for every mention.
    near = [w for w in lately if w.fingerprint and apart(fingerprint, w.fingerprint) < NEAR]
    fit = [w for w in near if w.person != mention.person and timedelta() <= mention.arrived - w.at <= WAVE]
    return min(fit, key=lambda w: (apart(fingerprint, w.fingerprint), mention.arrived - w.at), default=None)
