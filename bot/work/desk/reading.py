"""The second reader at the desk: what would be said of these words, how long they are, how long they would cool."""

from bot.nouns.caution import Asking, Caution, Length, Reading, Stage
from bot.nouns.conversation import AttemptState, Conversation
from bot.nouns.delivery import ToPost
from bot.nouns.mention import Kept, MentionKind
from bot.nouns.time import Cooling
from bot.rules.cooling import cools
from bot.work.desk.turn import Turn

#: From this score on a mention is a complaint: the balanced point.
COMPLAINS = 0.5


def where(c: Conversation) -> str:
    """The platform the words would go to."""
    if c.last is not None:
        return c.last.key.platform
    return c.account.platform if c.account is not None else ""


def measure(turn: Turn, platform: str, text: str) -> Length:
    """As the platform counts it, whoever carries the words there."""
    return turn.tools.platform(platform).measure(text)


def cautions(turn: Turn, c: Conversation, stage: Stage, text: str) -> tuple[Caution, ...]:
    """What the second reader says of exactly these words."""
    last = c.last
    reading = Reading(
        text=text,
        length=measure(turn, where(c), text),
        mention=last.latest.read("") if last is not None else "",
        platform=where(c),
        stage=stage,
        severity=c.severity,
        complains=last.flag.scores.complaint >= COMPLAINS if last is not None else None,
        recent=_said_before(c),
        own_contacts=tuple(x for x in (turn.team.contacts.email, turn.team.contacts.phone) if x),
    )
    return tuple(turn.tools.words.read(reading))


def _said_before(c: Conversation) -> tuple[str, ...]:
    return tuple(a.words.read("") for a in c.attempts if a.state is AttemptState.POSTED and a.words.read(""))


def would_cool(turn: Turn, c: Conversation, stage: Stage, found: tuple[Caution, ...]) -> Cooling:
    """The wait that would begin now."""
    return cools(c, stage, found, turn.team.policy, turn.now)


def direct(c: Conversation) -> bool:
    """Whether people write to each other there anyway, as in a community: out of public is a direct message or a ticket."""
    return c.first is not None and c.first.kind is MentionKind.CHAT


def contact(turn: Turn) -> str:
    """Our listed contact: the e-mail address, and the phone while somebody picks up; '' where none is listed."""
    listed = turn.team.contacts
    parts = [listed.email] if listed.email else []
    parts += [listed.phone] if listed.phone_open(turn.now.wall) else []
    return " or ".join(parts)


def invites(turn: Turn, c: Conversation, text: str) -> bool:
    """Whether words that were begun as an invitation still are one: they name a contact of ours, where any is listed and
    needed."""
    listed = [contact for contact in (turn.team.contacts.email, turn.team.contacts.phone) if contact]
    return direct(c) or not listed or any(contact in text for contact in listed)


def _answers(c: Conversation) -> int:
    """How often we answered in public and they wrote again; 0 while nothing new of theirs waits for an answer."""
    if c.unanswered_since is None:
        return 0
    sent = (a for a in c.attempts if a.state is AttemptState.POSTED and a.stage is Stage.RESPONSE)
    return len(c.ours) + sum(not isinstance(a.target, ToPost) for a in sent)


def asking(turn: Turn, c: Conversation, stage: Stage) -> Asking:
    """What suggestions are wanted for."""
    kept: Kept | None = c.last
    return Asking(
        mention=kept.latest.read("") if kept is not None else "",
        stage=stage,
        situation=kept.flag.situation if kept is not None else None,
        rating=kept.rating if kept is not None else None,
        lang=kept.flag.lang if kept is not None else None,
        severity=c.severity,
        complaint=kept.flag.scores.complaint if kept is not None else 0.0,
        author=kept.author.name if kept is not None else "",
        signature=turn.who.signature,
        contact=contact(turn),
        limit=measure(turn, where(c), "").limit,
        turns=_answers(c),
    )
