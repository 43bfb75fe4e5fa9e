"""How an incident and the team change, and the replay of a whole timeline."""

from datetime import timedelta
from typing import Any

from bot.nouns import events as e
from bot.nouns import record
from bot.nouns.flag import Severity
from bot.nouns.fold import evolve_incident, evolve_team, replay, step
from bot.nouns.incident import Incident
from bot.nouns.mention import Disposition
from bot.nouns.team import Role, Team
from tests.bot.build import OURS, START, a_mention, conversation, key, opened, words

BASE: dict[str, Any] = {"incident": "i1", "conversation": "c1", "at": START, "by": "ana"}
SOME = words("Some words.")


def told(*events: e.Event) -> Incident:
    """The incident after these."""
    incident = None
    for n, event in enumerate(events):
        incident = evolve_incident(incident, event, f"h{n}")
    assert incident is not None
    return incident


OPENED = e.Opened(**BASE, mention=a_mention(), places=("web:desk",))


def test_an_incident_counts_what_is_open() -> None:
    """Size and open follow arrivals, closings, reopenings and moves; the last closing closes it."""
    second = e.Opened(**{**BASE, "conversation": "c2"}, mention=a_mention(id="m2", severity=Severity.HIGH), fresh=False)
    both = told(OPENED, second)
    assert (both.size, both.open, both.version, both.head, both.severity) == (2, 2, 2, "h1", Severity.HIGH)
    assert both.places == ("web:desk",)
    closed = told(OPENED, second, e.Closed(**BASE), e.Closed(**{**BASE, "conversation": "c2"}))
    assert (closed.open, closed.closed) == (0, START)
    again = told(OPENED, e.Closed(**BASE), e.Reopened(**BASE))
    assert (again.open, again.closed) == (1, None)
    wrote = e.WroteAgain(**BASE, mention=a_mention(id="m3", severity=Severity.CRITICAL), reopens=True)
    back = told(OPENED, e.Closed(**BASE), wrote)
    assert (back.open, back.closed, back.severity) == (1, None, Severity.CRITICAL)
    still = told(OPENED, wrote.model_copy(update={"reopens": False}))
    assert still.open == 1


def test_conversations_move_between_incidents() -> None:
    """Open or closed, a move takes its count along."""
    out = told(OPENED, e.MovedOut(**BASE, to="i2"))
    assert (out.size, out.open, out.closed) == (0, 0, START)
    left = told(OPENED, e.StatementBegun(**{**BASE, "conversation": "c2"}, account=OURS, fresh=False))
    shut = evolve_incident(evolve_incident(left, e.Closed(**BASE), ""), e.MovedOut(**BASE, to="i2", closed=True), "")
    assert (shut.size, shut.open, shut.closed) == (1, 1, None)
    state = conversation(opened())
    came = told(e.MovedIn(**BASE, origin="i0", state=state, fresh=True, places=("web:desk",)))
    assert (came.size, came.open, came.places) == (1, 1, ("web:desk",))
    dead = state.model_copy(update={"closed": START})
    quiet = told(e.MovedIn(**BASE, origin="i0", state=dead, fresh=True))
    assert (quiet.size, quiet.open, quiet.closed) == (1, 0, START)
    joined = told(OPENED, e.MovedIn(**{**BASE, "conversation": "c2"}, origin="i0", state=dead))
    assert (joined.size, joined.open, joined.closed) == (2, 1, None)


def test_what_belongs_to_all_of_it() -> None:
    """Headline, lead, storm, outcome, lessons and actions are kept, and the rest only counts."""
    made = told(
        OPENED,
        e.Renamed(**BASE, words=SOME),
        e.LeadNamed(**BASE, lead="kim"),
        e.StormBegan(**BASE),
        e.StormEnded(**BASE),
        e.OutcomeNoted(**BASE, outcome="calmed"),
        e.LessonNoted(**BASE, words=SOME),
        e.ActionAgreed(**BASE, action="a1", owner="ben", words=SOME),
        e.ActionAgreed(**BASE, action="a2", owner="ben", words=SOME),
        e.ActionDone(**BASE, action="a1"),
        e.Noted(**BASE, words=SOME),
        e.Merged(**BASE, into="i2"),
    )
    assert (made.renamed, made.lead, made.storm, made.outcome) == (SOME.bare(), "kim", False, "calmed")
    assert made.lessons == (SOME.bare(),)
    assert [(a.id, a.done) for a in made.actions] == [("a1", START), ("a2", None)]
    assert (made.merged_into, made.version) == ("i2", 12)


def test_arrivals_are_remembered_up_to_a_storm() -> None:
    """The newest times are kept, however many came."""
    many = [OPENED.model_copy(update={"mention": a_mention(id=f"m{n}", minutes=n)}) for n in range(80)]
    arrivals = told(*many).arrivals
    assert len(arrivals) == 64
    assert arrivals[-1] == START + timedelta(minutes=79)


def test_the_team_is_the_fold_of_its_own_timeline() -> None:
    """People come, change and go; holds are counted; alarms remember whom they told."""
    own: dict[str, Any] = {"at": START, "by": "kim"}
    team = Team()
    for event in (
        e.PersonSet(**own, person="ben", name="Ben", roles=frozenset({Role.TEAMMATE})),
        e.PersonSet(**own, person="ana", name="Ana", roles=frozenset({Role.LEAD}), public_name="A."),
        e.PersonLeft(**own, person="ben"),
        e.HoldBegan(**own, until=START + timedelta(hours=1), words=SOME),
        e.HoldEnded(**own),
        e.Alarmed(**own, conversations=("c1",), told=("ana",)),
        e.GapFound(**own, source="x", since=START, until=START),
    ):
        team = evolve_team(team, event, "head")
    assert (team.version, team.head, team.holds, team.hold) == (7, "head", 2, None)
    assert list(team.people) == ["ana"]
    assert team.people["ana"].signature == "A."
    assert (dict(team.alarmed_at), team.alarm_at) == ({"ana": START}, None)
    outside = evolve_team(team, e.Alarmed(**own, conversations=("c1",), outside=True), "head")
    assert outside.alarm_at == START


def test_a_replay_leads_to_where_it_stands() -> None:
    """The whole timeline, replayed, is the incident and its conversations; the rest is left alone."""
    disposed = e.Disposed(**BASE, disposition=Disposition.NOT_FOR_US, mentions=(key(),))
    incident, conversations = replay([(OPENED, "h1"), (disposed, "h2"), (e.Closed(**BASE), "h3")])
    assert incident is not None
    assert (incident.version, incident.open) == (3, 0)
    assert conversations["c1"].closed == START
    assert replay([]) == (None, {})
    assert step({}, e.Renamed(incident="i1", at=START, by="ana", words=SOME)) == {}
    assert step({}, e.HandedBack(**BASE)) == {}
    assert step({"c1": conversations["c1"]}, e.MovedOut(**BASE, to="i2")) == {}


def test_a_timeline_as_lines_replays_to_the_same() -> None:
    """What is read back from the record folds like what was written."""
    lines = [record.line(OPENED, 1, "")]
    lines.append(record.line(e.Claimed(**BASE, owner="ana", epoch=1), 2, lines[0]["hash"]))
    again = replay((record.event(made), made["hash"]) for made in lines)
    direct = replay([(OPENED, lines[0]["hash"]), (e.Claimed(**BASE, owner="ana", epoch=1), lines[1]["hash"])])
    assert again == direct
