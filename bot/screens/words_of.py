"""Words on a card: theirs quoted, ours before they go, and what became of a send."""

from bot.nouns.conversation import Attempt, AttemptState, Conversation, Draft
from bot.nouns.delivery import Audience
from bot.nouns.incident import Incident
from bot.nouns.mention import Kept
from bot.nouns.team import Team, Teammate
from bot.nouns.time import Now
from bot.nouns.words import Forgotten
from bot.screens import called
from bot.screens.doubt import doubtful
from bot.screens.headline import MOST, headline
from bot.screens.plain import excerpt, listed
from bot.screens.shapes import Fact, Passage, Quote, Said, Wait
from bot.screens.why import veil, why

#: From this heat on a mention is veiled for whoever asked for a shield.
HOSTILE = 0.5
STAGES = {"acknowledgement": "first word", "response": "answer", "private": "private word", "statement": "statement"}


def quote(kept: Kept, reader: Teammate | None = None, longest: int = 400) -> Quote:
    """Their words as they stand now. Veiled for a reader with a shield where they are hostile."""
    text, more = excerpt(kept.latest.read(), longest)
    return Quote(text, by=called.author(kept), at=kept.arrived, url=kept.url, more=more, veiled=veiled(kept, reader))


def veiled(kept: Kept, reader: Teammate | None) -> str:
    """What stands in the place of their words for this reader; '' where they may stand as they are."""
    return veil(kept.flag) if reader is not None and reader.shield and kept.flag.heat >= HOSTILE else ""


def headed(incident: Incident, first: Conversation | None, reader: Teammate | None = None) -> tuple[str, str]:
    """(headline, about). For who asked for a shield, hostile words stand in no headline either."""
    title, about = headline(incident, first)
    kept = first.first if first is not None else None
    if kept is None or not title.startswith("“"):
        return title, about
    return " ".join(veiled(kept, reader).split()[:MOST]) or title, about


def spoken(kept: Kept) -> bool:
    """Whether there are words to quote, or words that are forgotten: not stars or pictures alone."""
    return bool(kept.latest.read("")) or isinstance(kept.latest.text, Forgotten)


def theirs(c: Conversation, reader: Teammate | None = None) -> tuple[Passage, ...]:
    """Their newest words, how many came before, edits and deletion, and why they are here."""
    kept = c.last
    if kept is None:
        return ()
    found: list[Passage] = []
    if spoken(kept):
        found.append(quote(kept, reader))
    found += history(kept)
    if len(c.mentions) > 1:
        found.append(Fact("Their messages here", str(len(c.mentions)), c.mentions[0].arrived))
    shown = kept.rating == c.mentions[0].rating  # the card's head speaks of the first
    if not veiled(kept, reader) and (because := why(kept.flag, on_card=shown)):
        found.append(Said(because))
    return tuple(found)


def history(kept: Kept) -> list[Passage]:
    """What its author did with it since: edited, deleted."""
    found: list[Passage] = []
    if kept.edits:
        found.append(Fact("Edited", "", kept.edits[-1].at))
    if kept.deleted is not None:
        found.append(Fact("Deleted", "by its author", kept.deleted))
    return found


def ours(c: Conversation, team: Team, now: Now) -> tuple[Passage, ...]:
    """Drafts that cool or are ready, and what is open of a send."""
    out = {attempt.draft for attempt in c.open_attempts()}
    standing = () if c.gone else c.drafts  # there is nobody left to send them to
    drafts = [passage for draft in standing if draft.id not in out for passage in _draft(draft, team, now)]
    return (*drafts, *(passage for attempt in _told(c) for passage in _attempt(c, attempt, team)))


def _draft(draft: Draft, team: Team, now: Now) -> tuple[Passage, ...]:
    what = f"{team.name(draft.author)}'s {STAGES[draft.stage.value]}"
    if draft.cooling is None:
        stops = draft.stops()
        held = f" It still holds: {listed([code_name(code) for code in stops])}." if stops else ""
        return (Said(f"{what} is kept as a draft.{held}"),)
    if draft.ready is not None:
        return (Fact("Ready", f"{what}, to be read once more", draft.ready),)
    cooling = draft.cooling
    wait = Wait(f"{what} cools", cooling.since.wall, cooling.until, cooling.reasons)
    doubt = Said("The clock is in doubt after a restart, so the wait is counted again.")
    return (wait, doubt) if cooling.doubtful(now) else (wait,)


def code_name(code: str) -> str:
    """A caution's name in words: `public_offer` is "public offer"."""
    return {"pii_leak": "personal data", "pii_request": "a request for personal data"}.get(code, code.replace("_", " "))


def _told(c: Conversation) -> tuple[Attempt, ...]:
    """The open sends; where there are none the last one, unless its draft was changed since or it is all over."""
    open_ = c.open_attempts()
    if open_ or c.closed is not None:
        return open_
    return tuple(a for a in c.attempts[-1:] if (draft := c.draft(a.draft)) is None or draft.version == a.version)


def _attempt(c: Conversation, attempt: Attempt, team: Team) -> tuple[Passage, ...]:
    match attempt.state:
        case AttemptState.ASKED | AttemptState.INTENDED:
            return (Fact("On its way", f"{team.name(attempt.by)} pressed Send", attempt.asked),)
        case AttemptState.BY_HAND:
            to = "privately" if attempt.audience is Audience.PRIVATE else "in public"
            return (Fact("By hand", f"{team.name(attempt.by)} posts it {to}", attempt.intended),)
        case AttemptState.UNKNOWN:
            return doubtful(c, attempt, team)
        case AttemptState.SENT_BACK | AttemptState.SET_ASIDE | AttemptState.NOT_SENT:
            return (Fact("Not sent", attempt.because.rstrip("."), attempt.until),)
        case _:
            return ()
