"""Where conversations and incidents stand in the indexes, and what is the most urgent."""

from datetime import datetime, timedelta
from typing import Any

from bot.nouns.caution import Stage
from bot.nouns.conversation import (
    Attempt,
    AttemptState,
    Conversation,
    Draft,
    Handoff,
    HandoffState,
    OfflineWay,
    Owner,
    Promise,
    PromiseState,
    Silence,
)
from bot.nouns.delivery import Audience, ToMention
from bot.nouns.flag import Severity
from bot.nouns.incident import Incident
from bot.nouns.time import Cooling
from bot.rules.positions import incident_positions, positions, urgency
from tests.bot.build import START, a_mention, a_team, after, key, opened, words

TEAM = a_team()


def at(minutes: float) -> datetime:
    """So many minutes after START."""
    return START + timedelta(minutes=minutes)


def a_conversation(severity: Severity = Severity.MEDIUM, minutes: float = 0, **changes: Any) -> Conversation:
    """A conversation that a mention of that severity began at that minute."""
    view = opened(a_mention(severity=severity, minutes=minutes))
    return view.conversations["c1"].model_copy(update=changes)


def owned(person: str) -> Owner:
    """Somebody has it."""
    return Owner(person=person, since=START, epoch=1)


def a_draft(ready: bool) -> Draft:
    """A finished draft, cooling or cooled."""
    return Draft(
        id="d", stage=Stage.RESPONSE, audience=Audience.PUBLIC, target=ToMention(key=key()), version=1, author="ana",
        words=words("Hello."), cooling=Cooling(since=after(0).moment, length=timedelta(minutes=20)),
        ready=at(20) if ready else None,
    )  # fmt: skip


def an_attempt(name: str, state: AttemptState, minutes: float) -> Attempt:
    """A send asked for at that minute."""
    return Attempt(
        key=name, draft="d", version=1, stage=Stage.RESPONSE, audience=Audience.PUBLIC, target=ToMention(key=key()),
        words=words("Hello."), by="ana", asked=at(minutes), state=state,
    )  # fmt: skip


def index(c: Conversation, name: str) -> float | None:
    """Its score in that index, if it stands there."""
    return positions(c, TEAM).get(name)


SETTLED: dict[str, Any] = {"waiting_since": None, "unanswered_since": None}


def test_the_most_urgent_comes_first() -> None:
    """Critical and nobody's first, then by severity, then by wait; what waits for nothing after, what is closed last."""
    order = [
        a_conversation(Severity.CRITICAL, 60),
        a_conversation(Severity.CRITICAL, 0, owner=owned("ana")),
        a_conversation(Severity.CRITICAL, 30, owner=owned("ana")),
        a_conversation(Severity.HIGH, 0),
        a_conversation(Severity.LOW, 0, waiting_since=None),
        a_conversation(Severity.LOW, 10),
        a_conversation(Severity.CRITICAL, 0, **SETTLED),
        a_conversation(Severity.LOW, 0, **SETTLED),
        a_conversation(Severity.CRITICAL, 0, closed=at(90)),
        a_conversation(Severity.CRITICAL, 0, closed=at(50)),
    ]
    scores = [urgency(c, TEAM) for c in order]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)
    assert [score < 0 for score in scores] == [False] * 8 + [True] * 2


def test_what_somebody_who_left_had_is_nobodys() -> None:
    """A critical conversation whose owner is no longer in the team is as urgent as one that nobody has."""
    assert urgency(a_conversation(Severity.CRITICAL, owner=owned("noa")), TEAM) == urgency(
        a_conversation(Severity.CRITICAL), TEAM
    )


def test_a_new_conversation_stands_where_it_is_looked_for() -> None:
    """Open, waiting, in its pile by urgency, and with its author by the time it began."""
    c = a_conversation()
    urgent = urgency(c, TEAM)
    expected = {"author:mara": START.timestamp(), "pile:i1": urgent, "open": urgent, "waiting": urgent}
    assert positions(c, TEAM) == expected
    assert positions(c.model_copy(update={"owner": owned("ana")}), TEAM) == {**expected, "owner:ana": urgent}


def test_its_mood_decides_the_list() -> None:
    """Cooling, ready, or none of them while nobody waits."""
    cooling, ready = a_conversation(drafts=(a_draft(False),)), a_conversation(drafts=(a_draft(True),))
    moods = [{name for name in ("waiting", "cooling", "ready") if index(c, name)} for c in (cooling, ready)]
    assert moods == [{"cooling"}, {"ready"}]
    quiet = a_conversation(**SETTLED)
    assert set(positions(quiet, TEAM)) == {"author:mara", "pile:i1", "open"}


def test_what_is_closed_is_found_by_its_author_and_in_its_pile() -> None:
    """It leaves every list of what is to be done, and stands among the settled by the time it was closed."""
    c = a_conversation(closed=at(90), owner=owned("ana"))
    closed = at(90).timestamp()
    assert index(c, "settled") == closed
    assert set(positions(c, TEAM)) == {"author:mara", "pile:i1", "settled"}


def test_a_talk_stands_by_its_next_contact() -> None:
    """Offline: by the next contact, else since when; an ended talk no more."""
    talk = Handoff(way=OfflineWay.PHONE, state=HandoffState.TAKEN, since=at(5), person="ana", next=at(60))
    assert index(a_conversation(handoff=talk), "offline") == at(60).timestamp()
    assert index(a_conversation(handoff=talk.model_copy(update={"next": None})), "offline") == at(5).timestamp()
    assert index(a_conversation(handoff=talk.model_copy(update={"state": HandoffState.ENDED})), "offline") is None


def test_a_silence_stands_by_its_review_even_when_closed() -> None:
    """What was left unanswered comes back on its day."""
    silence = Silence(by="ana", reason=words("A quarrel."), at=at(1), review=at(1440))
    assert index(a_conversation(silence=silence), "silence") == at(1440).timestamp()
    assert index(a_conversation(silence=silence, closed=at(5)), "silence") == at(1440).timestamp()


def test_sends_and_promises_stand_by_the_earliest() -> None:
    """Asked and doubtful sends by when they were asked, promises by the day of the first that is open."""
    attempts = (
        an_attempt("a", AttemptState.UNKNOWN, 9), an_attempt("b", AttemptState.UNKNOWN, 7),
        an_attempt("c", AttemptState.INTENDED, 5), an_attempt("d", AttemptState.ASKED, 6),
        an_attempt("e", AttemptState.POSTED, 1),
    )  # fmt: skip
    c = a_conversation(attempts=attempts)
    assert (index(c, "unknown"), index(c, "asked")) == (at(7).timestamp(), at(5).timestamp())
    promises = tuple(
        Promise(id=str(day), by="ana", words=words("Soon."), due=at(1440 * day), state=state)
        for day, state in ((1, PromiseState.KEPT), (3, PromiseState.OPEN), (2, PromiseState.RENEGOTIATED))
    )
    assert index(a_conversation(promises=promises), "promise") == at(2880).timestamp()


def test_incidents_stand_by_their_times() -> None:
    """All and open by when it began, settled by when it ended, and storms while they last."""
    i = Incident(id="i1", opened=START, size=3, open=1)
    began, ended = START.timestamp(), at(9).timestamp()
    assert incident_positions(i) == {"i:all": began, "i:open": began}
    stormy = i.model_copy(update={"storm": True})
    assert incident_positions(stormy) == {"i:all": began, "i:open": began, "i:storm": began}
    closed = stormy.model_copy(update={"closed": at(9), "open": 0})
    assert incident_positions(closed) == {"i:all": began, "i:settled": ended}
    assert incident_positions(closed.model_copy(update={"size": 0})) == {"i:all": began}
