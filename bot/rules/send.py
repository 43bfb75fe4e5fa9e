"""From the press on Send to what became of it. Only the outbox goes on from an ask, and never to a refusal."""

from collections.abc import Sequence
from datetime import timedelta

from bot.nouns import commands as c
from bot.nouns.conversation import Attempt, AttemptState, Conversation, Draft, HandoffState, OfflineWay
from bot.nouns.delivery import (
    Account,
    Audience,
    Cleared,
    Delivery,
    How,
    Posted,
    Unknown,
    are_of,
    platform_of,
    shown_as,
)
from bot.nouns.events import Delivered, Event, Intended, Invited, MentionDeleted, SendAsked, SentBack, SetAside
from bot.nouns.mention import MentionKind
from bot.nouns.team import Part, Policy, Refusal, Team, Teammate
from bot.nouns.time import Now
from bot.nouns.view import View
from bot.rules.claim import acting
from bot.rules.clearing import Aside, Back, held, verdict
from bot.rules.cooling import not_cooled, plain
from bot.rules.draft import CHANGED, not_theirs_to_send
from bot.rules.target import astray, called, taken_away
from bot.rules.who import NOT_YOURS, READS_ONLY, Who, conversation, facts

Decision = Sequence[Event] | Refusal

#: How long one attempt may be on the wire, and how long after its intent it may begin; then nobody knows of it (DESIGN §8).
SOCKET_DEADLINE, BEGINS_WITHIN = timedelta(seconds=8), timedelta(seconds=3)


def settles_in(policy: Policy) -> timedelta:
    """How long after its intent what a send did must show: the socket's deadline, and the settle time."""
    return SOCKET_DEADLINE + max(policy.settle, BEGINS_WITHIN)


NOTHING = Refusal(because="There is nothing left to do for this one.")


def send(view: View, command: c.Send, who: Who, team: Team, now: Now) -> Decision:
    """A named person presses Send on exactly these words."""
    acts = acting(view, command, who)
    if isinstance(acts, Refusal):
        return acts
    found, who = acts
    draft = found.draft(command.draft)
    no = _first(found, command, draft, team)
    if no is not None:
        return no
    if draft is None or draft.version != command.version or not are_of(command.seal, draft.words.seal):
        return CHANGED
    ours = _ours(command, draft)
    no = (
        _as_shown(command, draft, ours)
        or not_cooled(draft, now)
        or _stopped(draft)
        or _stand_there(found, draft)
        or not_theirs_to_send(found, draft, who, team, now)
        or stands_against(found, draft, team, now)
        or _unread(found, draft, who, team)
    )
    if no is not None:
        return no
    asked = SendAsked(
        **facts(found, who, now),
        attempt=command.attempt,
        draft=draft.id,
        version=draft.version,
        stage=draft.stage,
        audience=draft.audience,
        target=draft.target,
        account=ours,
        words=draft.words,
        looked=command.looked,
        invites=draft.invites,
        pressed=now.moment,
    )
    return [asked]


def _ours(command: c.Send, draft: Draft) -> Account | None:
    """The account we spoke from on that platform where it was pressed."""
    return next((each for each in command.accounts if each.platform == platform_of(draft.target)), None)


def _as_shown(command: c.Send, draft: Draft, ours: Account | None) -> Refusal | None:
    """Another account than stood beside the words: somebody signed in as another meanwhile. Where none stood, any goes."""
    if command.seal in (draft.words.seal, shown_as(draft.words.seal, ours)):
        return None
    by_now = "By now nobody can say from which account it would go out."
    if ours is not None and ours.name:
        by_now = f"By now it would go out as {ours.name}, not from the account you were shown."
    return Refusal(because=f"{by_now} Read it once more; then it can go.")


def _first(found: Conversation, command: c.Send, draft: Draft | None, team: Team) -> Refusal | None:
    """Who pressed before, if anybody did: the same draft, or other words of its stage that are still on their way."""
    for attempt in found.attempts:
        same = attempt.draft == command.draft and attempt.version == command.version
        over = attempt.state in (AttemptState.SENT_BACK, AttemptState.SET_ASIDE, AttemptState.NOT_SENT)
        if attempt.key == command.attempt or (same and not over):
            return Refusal(because=f"{team.name(attempt.by)} pressed first.")
    for attempt in found.open_attempts():
        if draft is not None and attempt.stage is draft.stage:
            return Refusal(
                because=f"{team.name(attempt.by)} pressed first: {called(attempt.stage)} of ours is still on its way, "
                "or somebody has to say whether it went out."
            )
    return None


def _stand_there(found: Conversation, draft: Draft) -> Refusal | None:
    """An earlier version of this draft that says the same to the same readers: it was on its way when this one was written. It
    stands in the same talk, even where this one answers what they wrote next."""
    said = draft.words.read("").split()
    earlier = [each for each in found.attempts if each.draft == draft.id and each.audience is draft.audience]
    if any(each.state is AttemptState.POSTED and said == each.words.read("").split() for each in earlier):
        return Refusal(because="These words of ours stand there already.")
    return None


def _stopped(draft: Draft) -> Refusal | None:
    stops = draft.stops()
    named = ", ".join(plain(code) for code in stops)
    return Refusal(because=f"It is stopped for now: {named}. Repair those words first.") if stops else None


def stands_against(found: Conversation, draft: Draft | Attempt, team: Team, now: Now) -> Refusal | None:
    """A hold, a target that is gone or is none of this conversation's, a talk away from the public."""
    return (
        held(team, draft.audience, now)
        or astray(found, draft.stage, draft.audience, draft.target)
        or taken_away(found, draft.target, team)
    )


def _unread(found: Conversation, draft: Draft, who: Teammate, team: Team) -> Refusal | None:
    if draft.reader != who.id:
        other = f"{team.name(draft.reader)} has it open to send. " if draft.reader else ""
        return Refusal(because=f"{other}Read it once more as they would. Then it can go.")
    if draft.known != found.seen:
        return Refusal(because="Something new has come since you read it. Read it once more.")
    return None


def clear(view: View, command: c.Clear, who: Who, team: Team, now: Now) -> Decision:
    """The outbox looked: the one attempt is intended, or what stands against it is an event."""
    attempt = _attempt(view, command, who)
    if isinstance(attempt, Refusal):
        return attempt
    if attempt.state is not AttemptState.ASKED:
        return NOTHING
    found = view.conversations[command.conversation]
    base = facts(found, who, now)
    match verdict(found, attempt, command, team, now):
        case Back(because=because, changed=changed, until=until):
            return [SentBack(**base, attempt=attempt.key, because=because, changed=changed, until=until)]
        case Aside(because=because, gone=None):
            return [SetAside(**base, attempt=attempt.key, because=because)]
        case Aside(because=because, gone=gone):
            return [MentionDeleted(**base, mention=gone), SetAside(**base, attempt=attempt.key, because=because)]
        case Posted() | Unknown() as shown:
            return delivered(found, attempt, shown, who, team, now)
        case _:
            return [_intended(found, attempt, command, who, now)]


def _intended(found: Conversation, attempt: Attempt, command: c.Clear, who: Who, now: Now) -> Intended:
    way = command.reach.public if attempt.audience is Audience.PUBLIC else command.reach.private
    cleared = Cleared(
        words=attempt.words,
        target=attempt.target,
        account=command.account,
        audience=attempt.audience,
        attempt_key=attempt.key,
    )
    return Intended(
        **facts(found, who, now),
        attempt=attempt.key,
        account=command.account,
        binding=cleared.binding(),
        by_hand=way.how is How.HAND,
        began=now.moment,
    )


def deliver(view: View, command: c.Deliver, who: Who, team: Team, now: Now) -> Decision:
    """What the outbox can tell of an attempt. What nobody could tell, it may only find: the rest is a person's word."""
    attempt = _attempt(view, command, who)
    if isinstance(attempt, Refusal):
        return attempt
    if command.round not in (None, attempt.round) and not isinstance(command.delivery, Posted):
        return NOTHING  # it slept while somebody tried it again, and knows nothing of that try
    if command.cleared is not None and command.cleared.binding() != attempt.binding:
        return Refusal(because="That is not what was cleared.")
    match attempt.state, command.delivery:
        case (AttemptState.INTENDED, _) | (AttemptState.UNKNOWN, Posted()) | (AttemptState.ASKED, Unknown()):
            return delivered(view.conversations[command.conversation], attempt, command.delivery, who, team, now)
        case _:
            return NOTHING


def _attempt(view: View, command: c.Clear | c.Deliver, who: Who) -> Attempt | Refusal:
    if isinstance(who, Teammate) or who is not Part.OUTBOX:
        return READS_ONLY if isinstance(who, Teammate) else NOT_YOURS
    found = conversation(view, command)
    if isinstance(found, Refusal):
        return found
    return found.attempt(command.attempt) or NOTHING


def delivered(
    found: Conversation, attempt: Attempt, delivery: Delivery, who: Who, team: Team, now: Now
) -> Sequence[Event]:
    """What became of it; words that invite somebody have invited them once they are out."""
    told = Delivered(**facts(found, who, now), attempt=attempt.key, delivery=delivery)
    taken = found.offline is not None and found.offline.state is HandoffState.TAKEN
    match delivery:
        case Posted() if attempt.invites and not taken:
            return [told, Invited(**facts(found, who, now), way=_way(found, attempt, team, now))]
        case _:
            return [told]


def _way(found: Conversation, attempt: Attempt, team: Team, now: Now) -> OfflineWay:
    """The way the words name: our phone, else our email address; where they name neither, a direct message in a community
    and elsewhere the one we list."""
    said, listed = attempt.words.read(""), team.contacts
    if listed.phone and listed.phone in said:
        return OfflineWay.PHONE
    if listed.email and listed.email in said:
        return OfflineWay.EMAIL
    direct = found.first is not None and found.first.kind is MentionKind.CHAT
    return OfflineWay.DIRECT if direct else _listed(team, now)


def _listed(team: Team, now: Now) -> OfflineWay:
    """The way our listed contact points to: the phone in its hours, else email; without either a direct message."""
    if team.contacts.phone_open(now.wall):
        return OfflineWay.PHONE
    return OfflineWay.EMAIL if team.contacts.email else OfflineWay.DIRECT
