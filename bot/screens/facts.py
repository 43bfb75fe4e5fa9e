"""The facts of a card: only those that matter now. Times stand beside the words, for the room to paint."""

from collections.abc import Sequence

from bot.nouns.conversation import Conversation, Handoff, HandoffState, OfflineWay, Promise
from bot.nouns.team import Team, by_itself
from bot.nouns.time import Now
from bot.screens.called import begins
from bot.screens.clocks import Clocks, late, next_due
from bot.screens.plain import excerpt, lasting, plain, times
from bot.screens.shapes import Fact

WAYS = {OfflineWay.EMAIL: "by e-mail", OfflineWay.PHONE: "by phone", OfflineWay.DIRECT: "by direct message"}


def facts(
    c: Conversation, team: Team, now: Now, clocks: Clocks | None = None, before: Sequence[Conversation] = ()
) -> tuple[Fact, ...]:
    """Owner, heard, what is due, with us before, promised, offline, silence: in that order. `before`: earlier ones."""
    found = (
        _owner(c, team),
        _heard(c),
        _due(c, now, clocks),
        _paused(now, clocks),
        _answered(c),
        with_us_before(before),
        *(_promised(p, team, now) for p in c.promises if p.open),
        *_offline(c, team, now),
        _silence(c, team),
        _closed(c),
    )
    return tuple(fact for fact in found if fact is not None)


def on_hold(team: Team, now: Now) -> Fact | None:
    """The hold that stands, why and by whom."""
    hold = team.holding(now)
    if hold is None:
        return None
    return Fact("Posting is on hold", f"{hold.why} ({team.name(hold.by)})".strip(), hold.until)


def rooms_away(front: Sequence[Conversation], team: Team) -> tuple[Fact, ...]:
    """The rooms of the team whose people cannot be reached there, and since when."""
    if all(c.closed is not None for c in front):
        return ()
    seen = "who sits there does not see this; presses here count"
    ours = {place.room for place in team.places}
    away = sorted((room, since) for room, since in team.away.items() if room in ours)
    return tuple(Fact(f"{begins(room)} is away", seen, since) for room, since in away)


def quiet_sources(front: Sequence[Conversation], team: Team) -> tuple[Fact, ...]:
    """The sources these came from that have gone quiet, and since when."""
    heard_from = {m.source or m.key.platform for c in front if c.closed is None for m in c.mentions}
    return tuple(
        Fact(f"{begins(source)} is quiet", "what they said since may be missing, and a reply may have to wait", since)
        for source, since in sorted(team.quiet.items())
        if source in heard_from
    )


def _owner(c: Conversation, team: Team) -> Fact | None:
    if c.owner is not None:
        return Fact("Owner", team.name(c.owner.person))
    return None if c.closed is not None else Fact("Owner", "nobody yet")


def _heard(c: Conversation) -> Fact | None:
    if c.heard_at is None:
        return None
    first = c.first
    after = f"{lasting(c.heard_at - first.arrived)} after it came" if first is not None else ""
    return Fact("Heard in public", after, c.heard_at)


def _due(c: Conversation, now: Now, clocks: Clocks | None) -> Fact | None:
    due = next_due(c, clocks)
    if clocks is None or due is None:
        return None
    return Fact(_what_is_due(c, clocks), "", due, late=late(c, clocks, now))


def _what_is_due(c: Conversation, clocks: Clocks) -> str:
    """Who was heard in public and wrote again waits for our next word, not for a first one."""
    if clocks.first_word_due is None:
        return "An answer is due"
    return "A first word is due" if c.heard_at is None else "Our next word is due"


def _paused(now: Now, clocks: Clocks | None) -> Fact | None:
    if clocks is None or clocks.paused_until is None or clocks.paused_until <= now.wall:
        return None
    return Fact("Quiet hours", "not counted until they end", clocks.paused_until)


def _answered(c: Conversation) -> Fact | None:
    return Fact("Answered", "", c.answered_at) if c.answered_at is not None else None


def with_us_before(before: Sequence[Conversation]) -> Fact | None:
    """ "twice, last by phone, apologised": what came of their earlier conversations, newest last."""
    if not before:
        return None
    last = max(before, key=lambda c: c.opened)
    how = [times(len(before))]
    if last.handoff is not None and last.handoff.state is not HandoffState.INVITED:
        how.append(f"last {WAYS[last.handoff.way]}")
        if last.handoff.made_good is not None:
            how.append(f"made good: {last.handoff.made_good.value}")
    elif last.outcome:
        how.append(f"last time: {plain(last.outcome).replace('_', ' ')}")
    elif last.answered_at is not None:
        how.append("last answered in public")
    return Fact("With us before", ", ".join(how), last.opened)


def _promised(promise: Promise, team: Team, now: Now) -> Fact:
    what, _ = excerpt(plain(promise.words.read()), 120)
    return Fact("Promised", f"{what} ({team.name(promise.by)})", promise.due, late=promise.due <= now.wall)


def _offline(c: Conversation, team: Team, now: Now) -> tuple[Fact, ...]:
    talk = c.handoff
    if talk is None:
        return ()
    match talk.state:
        case HandoffState.INVITED:
            return (Fact("Invited", f"{WAYS[talk.way]}, asked {times(talk.invites)}", talk.since),)
        case HandoffState.TAKEN:
            return (Fact("Offline", f"{WAYS[talk.way]}, {team.name(talk.person)}", talk.since), *_next(talk, now))
        case _:
            good = f", made good: {talk.made_good.value}" if talk.made_good is not None else ""
            return (Fact("Offline", f"{WAYS[talk.way]}, {team.name(talk.person)}, ended{good}", talk.ended),)


def _next(talk: Handoff, now: Now) -> tuple[Fact, ...]:
    made = len(talk.contacts)
    said = f"{times(made)} so far" if made else "none so far"
    tried = Fact("Contacts", said, talk.contacts[-1].at if made else None)
    if talk.next is None:
        return (tried,)
    return (tried, Fact("Next contact", "", talk.next, late=talk.next <= now.wall))


def _silence(c: Conversation, team: Team) -> Fact | None:
    if c.silence is None:
        return None
    return Fact("Left unanswered", f"{signed(c.silence.by, c.silence.second, team)}; look again", c.silence.review)


def signed(by: str, second: str, team: Team) -> str:
    """Whose names stand under a silence, as far as they do by now."""
    if not second:
        return f"{team.name(by)}, a second name is still wanted"
    return f"{team.name(by)}, and {'a day has passed' if by_itself(second) else team.name(second)}"


def _closed(c: Conversation) -> Fact | None:
    if c.closed is None:
        return None
    return Fact("Settled", how_it_ended(c), c.closed)


def how_it_ended(c: Conversation) -> str:
    """The signed words under its mentions; '' where there are none."""
    signed = {m.signed.disposition.value.replace("_", " ") for m in c.mentions if m.signed is not None}
    return ", ".join(sorted(signed))
