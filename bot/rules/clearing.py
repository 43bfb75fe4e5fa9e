"""May an asked send go out? What the outbox saw, against what its presser knew (DESIGN §6, Looking again)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.nouns import commands as c
from bot.nouns.conversation import Attempt, AttemptState, Conversation
from bot.nouns.delivery import (
    Account,
    Audience,
    How,
    Posted,
    Target,
    ToAccount,
    ToAuthor,
    ToMention,
    ToPost,
    Unknown,
    platform_of,
)
from bot.nouns.mention import AnsweredByUs, CannotTell, Deleted, Kept, Mention, MentionKey, Said, Seen
from bot.nouns.team import Refusal, Team
from bot.nouns.time import Now
from bot.nouns.words import Words
from bot.rules.asks import NOBODY_KNOWS, TOO_LONG, counts_for
from bot.rules.cooling import not_cooled
from bot.rules.target import astray, taken_away

#: Attempts whose words may stand in public.
_MADE = frozenset({AttemptState.INTENDED, AttemptState.BY_HAND, AttemptState.UNKNOWN, AttemptState.POSTED})


@dataclass(frozen=True, slots=True)
class Back:
    """Not now: it has to be read or pressed again. `changed`: because of what they said meanwhile."""

    because: str
    changed: bool = False
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Aside:
    """Not at all: nothing is left to answer here, or it was answered another way. `gone`: the mention that is deleted."""

    because: str
    gone: MentionKey | None = None


#: None: it may go. `Posted`: it went out before, as the look shows. `Unknown`: it may have, a person has to say.
Verdict = Back | Aside | Posted | Unknown | None


def verdict(found: Conversation, attempt: Attempt, command: c.Clear, team: Team, now: Now) -> Verdict:
    """Whether `attempt`, asked for by a named person, may go out now."""
    return (
        _team_says(attempt, command, team, now)
        or standing_against(found, attempt, team, now)
        or _look_says(found, attempt, command)
        or _way_says(found, attempt, command)
    )


def standing_against(found: Conversation, attempt: Attempt, team: Team, now: Now) -> Back | Aside | None:
    """What the record itself has against it: other words by now, or something that came since its presser read them."""
    return _draft_says(found, attempt, now) or _known_says(found, attempt, team)


def held(team: Team, audience: Audience, now: Now) -> Refusal | None:
    """The hold that keeps public words back, as a refusal; None where none stands."""
    hold = team.holding(now)
    if hold is None or audience is not Audience.PUBLIC:
        return None
    because = f": {hold.why}" if hold.why else ""
    return Refusal(because=f"Posting is on hold until then{because} ({team.name(hold.by)}).", until=hold.until)


def _team_says(attempt: Attempt, command: c.Clear, team: Team, now: Now) -> Verdict:
    hold = held(team, attempt.audience, now)
    if hold is not None:
        return Back(hold.because, until=hold.until)
    left = counts_for(attempt, team.policy, now)
    if left is None or left < timedelta():
        return Back(NOBODY_KNOWS if left is None else TOO_LONG)
    if not command.allowed:
        return Back(
            f"{team.name(attempt.by)} may not send now, or nobody could tell. Somebody who may can press again."
        )
    return None


def _draft_says(found: Conversation, attempt: Attempt, now: Now) -> Back | Aside | None:
    draft = found.draft(attempt.draft)
    if found.closed is not None:
        return Aside("It was settled meanwhile.")
    if draft is None or draft.version != attempt.version or draft.words.seal != attempt.words.seal:
        return Back("The words were changed after the press. Read them once more and press again.")
    cools = not_cooled(draft, now)
    return Back(cools.because, until=cools.until) if cools is not None else None


def _known_says(found: Conversation, attempt: Attempt, team: Team) -> Back | Aside | None:
    """What came to our own knowledge since the presser read the draft."""
    draft = found.draft(attempt.draft)
    known = draft.known if draft is not None else found.seen
    gone = astray(found, attempt.stage, attempt.audience, attempt.target)
    if gone is not None:
        return Aside(gone.because)
    talk = taken_away(found, attempt.target, team)
    if talk is not None:
        return Aside(talk.because)
    if found.ours_seen > known:
        return Aside("A colleague answered by hand meanwhile. This was not sent.")
    if found.seen != known:
        return Back("They wrote again or changed their words. Read what is new before it goes.", changed=True)
    return None


def _look_says(found: Conversation, attempt: Attempt, command: c.Clear) -> Verdict:
    if not isinstance(attempt.target, ToMention | ToAuthor):
        return None  # a statement answers nothing, and a correction amends what is ours
    kept = found.mention(attempt.target.key)
    match command.seen:
        case Deleted(key=key):
            return Aside("Their mention was deleted. There is nothing to answer.", gone=key)
        case Seen() as seen if kept is not None:
            return _answered(found, attempt, seen) or _new(found, kept, attempt, seen)
        case _ if attempt.looked:
            return None
        case CannotTell(because=because):
            return Back(f"We could not look at it again: {because} {_PLEASE_LOOK}")
        case _:
            return Back(f"Nobody but you can look at it again. {_PLEASE_LOOK}")


_WHICH = "An answer of ours with these words stands there, and nobody can tell which send made it."
_PLEASE_LOOK = "Please look yourself. If nothing changed, say so and press again."


def _answered(found: Conversation, attempt: Attempt, seen: Seen) -> Verdict:
    """Our own answers in public that we did not know of."""
    for answer in seen.after:
        if not isinstance(answer, AnsweredByUs) or _known_post(found, answer):
            continue
        others = _made_it(found, attempt, answer)
        if attempt.round > 1 and _holds(answer, attempt.words):
            return Unknown(because=_WHICH) if others else Posted(key=answer.ours, url=answer.url)
        if not others:
            return Aside("Our account answered another way meanwhile. This was not sent.")
    return None


def _known_post(found: Conversation, answer: AnsweredByUs) -> bool:
    return answer.ours in found.ours or any(a.post == answer.ours for a in found.attempts)


def _made_it(found: Conversation, attempt: Attempt, answer: AnsweredByUs) -> bool:
    """Whether another send may have made it that we know by its words only: pasted by a colleague, or in doubt."""
    others = (a for a in found.attempts if a.key != attempt.key and a.post is None)
    return any(a.state in _MADE and _holds(answer, a.words) for a in others)


def _holds(answer: AnsweredByUs, words: Words) -> bool:
    """Whether a post of ours shows these words. A platform may put a handle around them."""
    said = _plain(words.text) if isinstance(words.text, str) else ""
    return bool(said) and said in _plain(answer.words)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _new(found: Conversation, kept: Kept, attempt: Attempt, seen: Seen) -> Verdict:
    """Their words, as they stand now, that the presser did not know."""
    said = [each.mention for each in seen.after if isinstance(each, Said)]
    if any(found.mention(m.key) is None and _same_author(kept, m) for m in said):
        return Back("They wrote again. Read what is new before it goes.", changed=True)
    if not isinstance(kept.latest.text, str) and not attempt.looked:
        return Back(f"We keep no readable copy of their words. {_PLEASE_LOOK}")
    if any(_edited(found.mention(m.key), m) for m in (seen.mention, *said)):
        return Back("They changed their words. Read what is new before it goes.", changed=True)
    return None


def _edited(before: Kept | None, shown: Mention) -> bool:
    """Whether a mention that we know, and can still read, says something else now."""
    text = before.latest.text if before is not None else None
    return isinstance(text, str) and _plain(text) != _plain(shown.text)


def _same_author(kept: Kept, mention: Mention) -> bool:
    """Whether the same person speaks. Where nobody can tell, it may be."""
    ours, theirs = kept.author, mention.author
    if ours.id and theirs.id:
        return ours.id == theirs.id
    return ours.handle == theirs.handle or not (ours.handle and theirs.handle)


def _way_says(found: Conversation, attempt: Attempt, command: c.Clear) -> Verdict:
    if not _our_account(found, attempt, command.account):
        return Back("It would have gone out from another account than it was written for.")
    way = command.reach.public if attempt.audience is Audience.PUBLIC else command.reach.private
    if way.how is How.NONE:
        return Back(way.because or "There is no way to send it there now.", until=way.until)
    return None


def _our_account(found: Conversation, attempt: Attempt, account: Account) -> bool:
    """Whether `account` is the one these words were written and pressed for, as far as the record names one."""
    if account.platform != platform_of(attempt.target):
        return False
    expected = (attempt.account, _written_for(found, attempt.target))
    named = {each.name for each in expected if each is not None and each.name}
    return not account.name or named <= {account.name}


def _written_for(found: Conversation, target: Target) -> Account | None:
    match target:
        case ToAccount(account=named):
            return named
        case ToPost(key=key):
            return next((a.account for a in found.attempts if a.standing == key), None)
        case _:
            return None
