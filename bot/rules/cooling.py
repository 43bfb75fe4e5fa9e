"""How long words cool, why, and who may shorten it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from bot.nouns import commands as c
from bot.nouns.caution import Caution, Level, Stage
from bot.nouns.conversation import Conversation, Draft
from bot.nouns.events import Event, Released
from bot.nouns.mention import MentionKind
from bot.nouns.team import Policy, Refusal, Team
from bot.nouns.time import Addition, Cooling, Now
from bot.nouns.view import View
from bot.rules import policy as rules
from bot.rules.claim import acting
from bot.rules.standing import empty
from bot.rules.who import Who, facts, lead_or_second

Decision = Sequence[Event] | Refusal

#: From this hostility on a mention is hot: the balanced point of the score.
HOT = 0.5
#: The third public word of ours in one conversation, and every later one, is a turn too many to be quick.
TURNS = 2

#: How a caution is given as a reason: "10 more because …".
BECAUSE = {
    "argument": "it argues with them",
    "asks_for_removal": "it asks them to take their words away",
    "blame": "it puts the blame on them",
    "defensive": "it defends us before it listens",
    "legal_admission": "it may admit something in law",
    "no_acknowledgement": "it does not say that we heard them",
    "no_next_step": "it names no next step",
    "non_apology": "its apology is not one",
    "passive_evasion": "it leaves out who did it",
    "repeated_words": "we said the same words before",
    "shouting": "it is loud",
}


def cools(
    conversation: Conversation,
    stage: Stage,
    cautions: Iterable[Caution],
    policy: Policy,
    now: Now,
    *,
    kind: MentionKind | None = None,
    repair: bool = False,
) -> Cooling:
    """The wait that begins now for words of `stage`, with every addition and its reason; none goes past the cap.

    `cautions` are what stands on exactly these words, lifted stops included. `kind`: of the mention answered, by default
    of the newest one. `repair`: a small one after a full wait, which never costs more than the full wait would.
    """
    last = conversation.last
    kind = kind or (last.kind if last is not None else MentionKind.POST)
    base = min(rules.cools(policy, stage, kind), rules.at_most(policy, stage))
    length, reasons = base, list[Addition]()
    for more, because in _additions(conversation, cautions, policy, now):
        added = min(more, rules.at_most(policy, stage) - length)
        if added > timedelta():
            length += added
            minutes, seconds = divmod(round(added.total_seconds()), 60)
            reasons.append(Addition(minutes=minutes, seconds=seconds, because=because))
    if repair:
        return Cooling(since=now.moment, length=min(policy.repair_cools, length))
    return Cooling(since=now.moment, length=length, reasons=tuple(reasons))


def _additions(
    found: Conversation, cautions: Iterable[Caution], policy: Policy, now: Now
) -> Iterator[tuple[timedelta, str]]:
    if any(m.flag.heat >= HOT for m in found.mentions if m.deleted is None):
        yield policy.heat_adds, "they are angry"
    for code in dict.fromkeys(each.code for each in cautions if each.level is not Level.NOTE):
        yield policy.caution_adds, BECAUSE.get(code, f"a caution stands on it ({plain(code)})")
    if found.turns >= TURNS:
        yield policy.third_turn_adds, "we have answered twice already"
    if policy.late_hours.quiet(now.wall):
        yield policy.late_hours_add, "it is late"


def plain(code: str) -> str:
    """A caution's name as a sentence says it: "public offer"."""
    return code.replace("_", " ")


def cooled(draft: Draft, now: Now) -> bool:
    """Whether its wait has passed, or was shortened by a lead."""
    return draft.ready is not None or (draft.cooling is not None and draft.cooling.over(now))


def not_cooled(draft: Draft, now: Now) -> Refusal | None:
    """Why it may not go out yet, with the time; None once it has cooled."""
    if cooled(draft, now):
        return None
    if draft.cooling is None:
        return Refusal(because="It is only kept. Finish it first; then it cools.")
    if draft.cooling.doubtful(now):
        return Refusal(
            because="The clock here is doubtful: the machine began anew or its clock was set while it cooled. "
            "What was left of the wait is counted again.",
            until=now.wall + draft.cooling.recount(now, ()).length,
        )
    return Refusal(
        because="Not yet. It cools until then. You can edit it or take it offline meanwhile.",
        until=max(draft.cooling.until, now.wall + draft.cooling.left(now)),
    )


def release_early(view: View, command: c.ReleaseEarly, who: Who, team: Team, now: Now) -> Decision:
    """Shorten a wait, with a written reason: a lead who did not write it, or a second name where leads are too few."""
    acts = acting(view, command, who)
    if isinstance(acts, Refusal):
        return acts
    found, who = acts
    draft = found.draft(command.draft)
    if draft is None or draft.version != command.version:
        return Refusal(because="Those words were changed or sent meanwhile.")
    if draft.cooling is None:
        return Refusal(because="It is only kept, so there is no wait to shorten.")
    if draft.released:
        return Refusal(because=f"{team.name(draft.released)} released it already.")
    if cooled(draft, now):
        return Refusal(because="It has cooled already.")
    no = lead_or_second(who, draft.author, team, enough=len(team.leads()) > 1, what="release it early")
    if no is not None:
        return no
    if empty(command.words):
        return Refusal(because="Write in a sentence why it cannot wait.")
    return [Released(**facts(found, who, now), draft=draft.id, version=draft.version, words=command.words)]
