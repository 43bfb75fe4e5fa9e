"""Words before they go: write, discard, lift a stop, read once more."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.nouns import commands as c
from bot.nouns.caution import NEVER_LIFTED, Level, Stage
from bot.nouns.conversation import Conversation, Draft, Mark
from bot.nouns.delivery import Audience, ToAuthor, ToMention, ToPost
from bot.nouns.events import Cooled, Discarded, Drafted, Event, Reread, StopLifted
from bot.nouns.mention import MentionKind
from bot.nouns.team import Policy, Refusal, Team, Teammate
from bot.nouns.time import Cooling, Now
from bot.nouns.view import View
from bot.rules.claim import acting, claimed, owner
from bot.rules.cooling import cooled, cools, not_cooled, plain
from bot.rules.repair import asked_for, same_words, small_repair
from bot.rules.standing import asked, empty
from bot.rules.target import astray, called
from bot.rules.who import Who, facts, is_lead, lead_or_second

Decision = Sequence[Event] | Refusal

CHANGED = Refusal(because="Those words were changed or sent meanwhile. Open them again.")


def write(view: View, command: c.Write, who: Who, team: Team, now: Now) -> Decision:
    """A draft's next version. Who writes where nobody has the conversation has it from then on."""
    acts = acting(view, command, who)
    if isinstance(acts, Refusal):
        return acts
    found, who = acts
    before = found.draft(command.draft)
    unchanged = before is not None and _unchanged(before, command, who, team)
    no = (
        astray(found, command.stage, command.audience, command.target)
        or _stale(found, before, command, team)
        or _anothers(found, before if unchanged else None, who, team, now)
        or _unfinished(command, before if unchanged else None, team, who)
    )
    if no is not None:
        return no
    cooling, repair = _wait(found, before, command, unchanged, team.policy, now)
    drafted = Drafted(
        **facts(found, who, now),
        **_as_written(command),
        version=before.version + 1 if before is not None else 1,
        cooling=cooling,
        repair=repair,
        unchanged=unchanged,
    )
    return [drafted] if owner(found, team) is not None else [claimed(found, who, now), drafted]


def _as_written(command: c.Write) -> dict[str, Any]:
    return {
        "draft": command.draft,
        "stage": command.stage,
        "audience": command.audience,
        "target": command.target,
        "words": command.words,
        "marks": _marks(command),
        "invites": command.invites,
    }


def _marks(command: c.Write) -> tuple[Mark, ...]:
    return tuple(Mark(code=each.code, level=each.level) for each in command.cautions)


def _unchanged(before: Draft, command: c.Write, who: Teammate, team: Team) -> bool:
    """Whether these are the same words for the same target, at most signed by the presser instead of their author."""
    if (before.target, before.audience, before.invites) != (command.target, command.audience, command.invites):
        return False
    author = team.people.get(before.author)
    names = {who.signature, author.signature if author is not None else ""}
    old, new = before.words.text, command.words.text
    return isinstance(old, str) and isinstance(new, str) and same_words(old, new, names)


def _stale(found: Conversation, before: Draft | None, command: c.Write, team: Team) -> Refusal | None:
    """Why this version cannot follow the one that stands; None where it can."""
    version = before.version if before is not None else 0
    if before is not None and command.based_on != version:
        return Refusal(because=f"{team.name(before.author)} changed it meanwhile. Open it again to see the words.")
    if before is None and (command.based_on or any(a.draft == command.draft for a in found.attempts)):
        return Refusal(because="Those words are out or were discarded. Begin a new draft.")
    standing = before or found.staged(command.stage)
    if standing is not None and (standing.id != command.draft or standing.stage is not command.stage):
        return Refusal(
            because=f"{team.name(standing.author)} has {called(standing.stage)} here already. Open that one."
        )
    return None


def _anothers(found: Conversation, unchanged: Draft | None, who: Teammate, team: Team, now: Now) -> Refusal | None:
    """Why somebody else's conversation is not `who`'s to write in; None where it is.

    Whoever may send a draft that was left unread may sign it: `unchanged` is it, where only the signature changed.
    """
    held = owner(found, team)
    if held is None or held.id == who.id or is_lead(who):
        return None
    if unchanged is not None and anyones_from(unchanged, team.policy, now) <= now.wall and cooled(unchanged, now):
        return None
    return Refusal(
        because=f"{held.name} has this. Ask {held.name} to hand it back, or {asked(team)} to give it to you."
    )


def _unfinished(command: c.Write, unchanged: Draft | None, team: Team, who: Teammate) -> Refusal | None:
    """Why these words cannot be finished, or kept at all; None where they can."""
    if empty(command.words) and not isinstance(command.target, ToPost):
        return Refusal(because="There is nothing written yet.")
    lifted = {lift.code for lift in unchanged.lifted} if unchanged is not None else set()
    stops = [each.code for each in command.cautions if each.level is Level.STOP and each.code not in lifted]
    if not command.finished or not stops:
        return None
    named = ", ".join(dict.fromkeys(plain(code) for code in stops))
    because = f"It is stopped for now: {named}. Repair those words, then finish it."
    if not NEVER_LIFTED.intersection(stops):
        because += f" Or keep it, and ask {_lifters(team, who)} to lift the stop."
    return Refusal(because=because)


def _lifters(team: Team, who: Teammate) -> str:
    leads = [lead for lead in team.leads() if lead.on_duty and lead.id != who.id]
    return " or ".join(lead.name for lead in leads) if leads else "another teammate"


def _wait(
    found: Conversation, before: Draft | None, command: c.Write, unchanged: bool, policy: Policy, now: Now
) -> tuple[Cooling | None, bool]:
    """The wait of the new version (None: only kept), and whether it is a small repair."""
    if not command.finished:
        return None, False
    if before is not None and unchanged and before.cooling is not None:
        return before.cooling, before.repair
    repair = before is not None and _repairs(found, before, command)
    # A correction is thought over like a response, whatever it corrects.
    corrects = isinstance(command.target, ToPost) and command.audience is Audience.PUBLIC
    stage = Stage.RESPONSE if corrects else command.stage
    kind = _kind(found, command)
    return cools(found, stage, command.cautions, policy, now, kind=kind, repair=repair), repair


def _kind(found: Conversation, command: c.Write) -> MentionKind | None:
    target = command.target
    kept = found.mention(target.key) if isinstance(target, ToMention | ToAuthor) else None
    return kept.kind if kept is not None else None


def _repairs(found: Conversation, before: Draft, command: c.Write) -> bool:
    """Whether this is a small repair of words that had their full wait and answer all that was said."""
    rested = before.rested(found.seen)
    if rested is None or (before.target, before.audience) != (command.target, command.audience):
        return False
    old, new = rested.text, command.words.text
    if not (isinstance(old, str) and isinstance(new, str)):
        return False
    marks = before.marks if rested == before.words else ()
    return small_repair(old, new) or asked_for(old, new, marks, _marks(command))


def discard(view: View, command: c.Discard, who: Who, team: Team, now: Now) -> Decision:
    """Throw a draft away: its author, the conversation's owner, or a lead."""
    acts = acting(view, command, who)
    if isinstance(acts, Refusal):
        return acts
    found, who = acts
    draft = found.draft(command.draft)
    if draft is None or draft.version != command.version:
        return CHANGED
    if any(a.draft == draft.id for a in found.open_attempts()):
        return Refusal(because="It is on its way, or somebody has to say whether it went out. After that it can go.")
    if not (_own(found, draft, who) or is_lead(who) or draft.author not in team.people):
        return Refusal(because=f"{team.name(draft.author)} wrote this. They or a lead can discard it.")
    return [Discarded(**facts(found, who, now), draft=draft.id, version=draft.version)]


def _own(found: Conversation, draft: Draft, who: Teammate) -> bool:
    return who.id == draft.author or (found.owner is not None and found.owner.person == who.id)


def lift_stop(view: View, command: c.LiftStop, who: Who, team: Team, now: Now) -> Decision:
    """Lift one stop of one version: a lead who did not write it, or a second name where no such lead is on duty."""
    acts = acting(view, command, who)
    if isinstance(acts, Refusal):
        return acts
    found, who = acts
    draft = found.draft(command.draft)
    if draft is None or draft.version != command.version:
        return CHANGED
    if command.code not in draft.stops():
        before = next((lift for lift in draft.lifted if lift.code == command.code), None)
        return Refusal(because=f"{team.name(before.by)} lifted it already." if before else "No such stop stands on it.")
    if command.code in NEVER_LIFTED:
        return Refusal(because=f"Nobody can lift this one ({plain(command.code)}). It has to be repaired in the words.")
    enough = any(lead.on_duty and lead.id != draft.author for lead in team.leads())
    no = lead_or_second(who, draft.author, team, enough=enough, what="lift a stop")
    if no is not None:
        return no
    if empty(command.words):
        return Refusal(because="Write in a sentence why these words may stand.")
    lifted = StopLifted(
        **facts(found, who, now), draft=draft.id, version=draft.version, code=command.code, words=command.words
    )
    return [lifted]


def read_once_more(view: View, command: c.ReadOnceMore, who: Who, team: Team, now: Now) -> Decision:
    """A cooled draft is open before the eyes of somebody who may send it."""
    acts = acting(view, command, who)
    if isinstance(acts, Refusal):
        return acts
    found, who = acts
    draft = found.draft(command.draft)
    if draft is None or draft.version != command.version:
        return CHANGED
    no = not_cooled(draft, now) or not_theirs_to_send(found, draft, who, team, now)
    if no is not None:
        return no
    reread = Reread(**facts(found, who, now), draft=draft.id, version=draft.version, known=found.seen)
    if draft.ready is not None:
        return [reread]
    return [Cooled(**facts(found, who, now), draft=draft.id, version=draft.version), reread]


def not_theirs_to_send(found: Conversation, draft: Draft, who: Teammate, team: Team, now: Now) -> Refusal | None:
    """None where `who` may send a cooled draft: its author, the owner, or anybody once it was left unread."""
    since = anyones_from(draft, team.policy, now)
    if _own(found, draft, who) or draft.reader == who.id or since <= now.wall:
        return None
    because = (
        f"{team.name(draft.author)} wrote this and is asked to read it. If it lies here until then, you may send it."
    )
    return Refusal(because=because, until=since)


def anyones_from(draft: Draft, policy: Policy, now: Now) -> datetime:
    """From when on any teammate may send a cooled draft, if nobody turns to it before."""
    left = draft.left() or (draft.cooling.until if draft.cooling is not None else now.wall)
    return left + policy.anyone_sends_after
