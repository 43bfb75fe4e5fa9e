"""A send of which nobody can tell whether it went out, or that a person posts by hand: what they say became of it."""

from collections.abc import Sequence
from datetime import timedelta

from bot.nouns import commands as c
from bot.nouns.conversation import Attempt, AttemptState, Conversation, Draft
from bot.nouns.delivery import NotSent, Posted
from bot.nouns.events import Event, SendAsked
from bot.nouns.team import Policy, Refusal, Team, Teammate
from bot.nouns.time import Now
from bot.nouns.view import View
from bot.rules.claim import acting
from bot.rules.draft import CHANGED
from bot.rules.send import delivered, settles_in, stands_against
from bot.rules.who import Who, facts, is_lead

Decision = Sequence[Event] | Refusal

#: The longest address of a post that is kept.
LONGEST_URL = 2000


def settle_attempt(view: View, command: c.SettleAttempt, who: Who, team: Team, now: Now) -> Decision:
    """A teammate looked, or posted it by hand: it is there, or it is not."""
    acts = acting(view, command, who)
    if isinstance(acts, Refusal):
        return acts
    found, who = acts
    attempt = found.attempt(command.attempt)
    if attempt is None or attempt.state not in (AttemptState.UNKNOWN, AttemptState.BY_HAND):
        return _not_open(attempt)
    url = command.url.strip()
    if command.there and url and not (url.startswith(("https://", "http://")) and len(url) <= LONGEST_URL):
        return Refusal(because="Paste the whole address of the post, beginning with https://, or leave it empty.")
    if command.there:
        return delivered(found, attempt, Posted(url=url), who, team, now)
    if attempt.state is AttemptState.UNKNOWN and (early := _unsettled(attempt, team.policy, now)) is not None:
        return early
    gone = NotSent(because=f"{who.name} looked: it is not there.")
    return delivered(found, attempt, gone, who, team, now)


def _not_open(attempt: Attempt | None) -> Refusal:
    """Why a person has nothing to say about a send."""
    match attempt:
        case None:
            return Refusal(because="That send is no longer here.")
        case Attempt(state=AttemptState.ASKED | AttemptState.INTENDED):
            return Refusal(because="It is on its way. What became of it is said here in a moment.")
        case _:
            return Refusal(because="That is settled already.")


def _unsettled(attempt: Attempt, policy: Policy, now: Now) -> Refusal | None:
    """The outbox asks a person only once it has settled. Where we can measure ourselves how long ago it was begun, that
    is measured once more: by the time that has passed, never by what a clock on a wall showed then.
    """
    if attempt.began is None or attempt.began.boot != now.boot:
        return None
    left = settles_in(policy) - timedelta(seconds=attempt.began.passed(now))
    if left <= timedelta():
        return None
    return Refusal(because="It may still appear. Look again then, and say.", until=now.wall + left)


def try_again(view: View, command: c.TryAgain, who: Who, team: Team, now: Now) -> Decision:
    """Ask for the same send under the same key, after a person looked and the platform was asked anew."""
    acts = acting(view, command, who)
    if isinstance(acts, Refusal):
        return acts
    found, who = acts
    attempt = found.attempt(command.attempt)
    if attempt is None or attempt.state is not AttemptState.UNKNOWN:
        return _not_open(attempt)
    if command.round != attempt.round:
        return Refusal(because="It was tried again meanwhile. Look at how it stands now.")
    draft = found.draft(attempt.draft)
    if draft is None or (draft.version, draft.words.seal) != (attempt.version, attempt.words.seal):
        return CHANGED
    if not command.absent:
        return Refusal(because="The platform could not say that it is not there. Please look and say.")
    no = (
        _unsettled(attempt, team.policy, now)
        or _not_the_pressers(found, attempt, draft, who, team)
        or stands_against(found, attempt, team, now)
    )
    if no is not None:
        return no
    again = SendAsked(
        **facts(found, who, now),
        attempt=attempt.key,
        draft=attempt.draft,
        version=attempt.version,
        stage=attempt.stage,
        audience=attempt.audience,
        target=attempt.target,
        account=attempt.account,
        words=attempt.words,
        looked=True,
        again=True,
        invites=attempt.invites,
        pressed=now.moment,
    )
    return [again]


def _not_the_pressers(found: Conversation, attempt: Attempt, draft: Draft, who: Teammate, team: Team) -> Refusal | None:
    owner = found.owner.person if found.owner is not None else ""
    if who.id in (attempt.by, draft.author, owner):
        return None
    return Refusal(because=f"{team.name(attempt.by)} pressed Send on this. They can try again; you can look and say.")


def take_back_ask(view: View, command: c.TakeBackAsk, who: Who, team: Team, now: Now) -> Decision:
    """*Not now*: a send by hand that was not made. Its presser says so, the owner, or a lead."""
    acts = acting(view, command, who)
    if isinstance(acts, Refusal):
        return acts
    found, who = acts
    attempt = found.attempt(command.attempt)
    if attempt is None or attempt.state is not AttemptState.BY_HAND:
        return _not_open(attempt)
    owner = found.owner.person if found.owner is not None else ""
    if who.id not in (attempt.by, owner) and not is_lead(who):
        return Refusal(because=f"{team.name(attempt.by)} has it to post by hand. Ask whether it is out.")
    not_now = NotSent(because=f"Not posted after all ({who.name}).")
    return delivered(found, attempt, not_now, who, team, now)
