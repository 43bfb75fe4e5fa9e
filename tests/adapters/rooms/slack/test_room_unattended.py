"""Signed HTTP on a replica that does not attend: whoever knocks there is known as well as anywhere else."""

import asyncio
from typing import Any

import pytest

from adapters.connections.slack_answers import Answered, Lost
from bot.nouns.team import Handle
from bot.ports import Broken, Member, ThreadRef
from bot.screens.shapes import Page, Row, Section
from tests.adapters.rooms.slack.peers import labels
from tests.adapters.rooms.slack.signed import Sender
from tests.adapters.rooms.slack.virtual import CARE, Virtual
from tests.fakes import desk_pages as script

EVE = Handle(room="slack", id="U0EVE")


@pytest.fixture
def slack() -> Virtual:
    """A room that nobody attends, in a workspace that shares a channel with Eve's company."""
    made = Virtual()
    made.world.users["U0EVE"] = {"id": "U0EVE", "team_id": "T2", "name": "eve", "profile": {"display_name": "Eve"}}
    made.world.users["U0ANA"] = {"id": "U0ANA", "team_id": "T1", "name": "ana", "profile": {"display_name": "Ana"}}
    return made


def _published(slack: Virtual) -> dict[str, Any]:
    view: dict[str, Any] = [args for _, method, args in slack.world.log if method == "views.publish"][-1]["view"]
    return view


async def test_people_of_another_company_are_guests(slack: Virtual) -> None:
    """Nothing but their workspace tells them apart, and which one is ours is asked before anybody is called a teammate."""
    assert await slack.done(slack.room.who(EVE)) == Member(name="Eve", guest=True)
    assert await slack.done(slack.room.who(Handle(room="slack", id="U0ANA"))) == Member(name="Ana")


@pytest.mark.parametrize("answer", [Lost("The line broke."), Answered({"ok": True, "user_id": "UBOT"})], ids=str)
async def test_while_our_own_workspace_is_not_known_nobody_is_known(slack: Virtual, answer: Lost | Answered) -> None:
    """That nobody can tell is said, with a time, and is tried again at the next press."""
    slack.world.faults["auth.test"].append(answer)
    told = await slack.done(slack.room.who(EVE))
    assert isinstance(told, Broken)
    assert told.until is not None
    assert await slack.done(slack.room.who(EVE)) == Member(name="Eve", guest=True)


async def test_our_own_workspace_is_asked_for_once(slack: Virtual) -> None:
    """A hundred people who press at once, and whoever comes after them, share one question."""
    people = [f"P{number}" for number in range(100)]
    slack.world.users |= {one: {"id": one, "team_id": "T1", "name": one} for one in people}
    await slack.all(*(slack.room.who(Handle(room="slack", id=one)) for one in people[:60]))
    await slack.all(*(slack.room.who(Handle(room="slack", id=one)) for one in people[60:]))
    assert slack.world.calls["auth.test"] == 1


async def test_home_of_another_company_s_people_has_nothing_to_press(slack: Virtual) -> None:
    """They read headlines, by whichever door their Home was opened."""
    await slack.done(Sender(slack).event({"type": "app_home_opened", "user": "U0EVE", "tab": "home"}))
    assert [gesture.act for gesture in slack.desk.asked] == ["now"]
    assert "Hold all posting" not in labels(_published(slack))


async def test_home_leads_to_threads_that_are_known_here(slack: Virtual) -> None:
    """Slack's own address of the workspace is known by then."""
    slack.desk.answers["now"] = Page("now", "What needs someone now", "", (Section("", rows=(Row(script.COOLING),)),))
    ref = await slack.done(slack.room.open_thread(CARE, script.COOLING, "k1"))
    assert isinstance(ref, ThreadRef)
    await slack.done(Sender(slack).event({"type": "app_home_opened", "user": "U0ANA", "tab": "home"}))
    assert f"https://shop.slack.com/archives/{CARE.id}/" in str(_published(slack))


async def test_a_token_that_is_good_again_is_noticed(slack: Virtual) -> None:
    """Told that it was revoked, this replica asks at the next press, and says no longer that anything is wrong."""
    await slack.done(slack.room.who(EVE))
    slack.world.standing["auth.test", ""] = "token_revoked"
    await slack.done(Sender(slack).event({"type": "tokens_revoked", "tokens": {"bot": ["UBOT"]}}))
    assert isinstance(await slack.done(slack.room.who(EVE)), Broken)
    assert "revoked" in slack.health.reasons["slack token"]
    slack.world.standing.clear()
    await slack.clock.run(10)
    assert isinstance(await slack.done(slack.room.who(EVE)), Member)
    assert slack.health.reasons == {}


async def test_a_new_token_in_a_file_is_well(slack: Virtual) -> None:
    """Where the token was changed while it was no good, whoever attends notices, and health says so."""
    task = asyncio.ensure_future(slack.room.attend(slack.desk.hear))
    await slack.clock.run(40)
    slack.world.standing["auth.test", ""] = "token_revoked"
    await slack.done(Sender(slack).event({"type": "tokens_revoked", "tokens": {"bot": ["UBOT"]}}))
    await slack.clock.run(60)
    assert "revoked" in slack.health.reasons["slack token"]
    slack.world.standing.clear()
    slack.token = "xoxb-2"
    await slack.clock.run(60)
    assert slack.health.reasons == {}
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
