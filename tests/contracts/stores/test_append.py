"""An append is whole or nothing, applied once, and refused where somebody was first or a fence fell."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from bot.nouns import events as e
from bot.nouns.caution import Stage
from bot.nouns.delivery import Account, Audience, ToMention
from bot.nouns.mention import MentionKey
from bot.nouns.record import check
from bot.nouns.team import Role
from bot.nouns.view import View
from bot.ports import Appended, Conflict, Fenced
from tests.contracts.stores.changes import START, change, claimed, kept, minute, open_one, opened, said
from tests.contracts.stores.house import House

KEY = MentionKey(platform="square", id="m1")
DONE = Appended()


def joined(person: str) -> e.PersonSet:
    """Somebody is of the team; it touches no hold."""
    return e.PersonSet(at=START, by="max", person=person, name=person.title(), roles=frozenset({Role.TEAMMATE}))


def intended() -> e.Intended:
    """An attempt is about to be made: it asks for every fence of a send."""
    account = Account(platform="square", name="@shop")
    names: Any = {"incident": "i1", "conversation": "c1"}
    return e.Intended(**names, at=START, by="coolhead:outbox", attempt="a1", account=account, binding="b")


def send_asked(words: Any) -> e.SendAsked:
    """Somebody pressed Send: the hold must be as it was seen."""
    names: Any = {"incident": "i1", "conversation": "c1", "attempt": "a1", "draft": "d1", "version": 1}
    ways: Any = {"stage": Stage.RESPONSE, "audience": Audience.PUBLIC, "target": ToMention(key=KEY)}
    return e.SendAsked(**names, **ways, at=START, by="ana", words=words)


async def test_what_was_appended_is_seen(house: House) -> None:
    """A view shows the rows and the texts, and the timeline its line."""
    assert await open_one(house) == DONE
    view = await house.timelines.view(conversations=["c1"])
    first = view.conversations["c1"].mentions[0]
    assert first.words.text == "My parcel never came."
    assert (first.author.name, first.url) == ("Mara", "https://square.test/m1")
    assert view.incidents["i1"].size == 1
    (line,) = await house.timelines.events("i1")
    assert (line["kind"], line["text"]) == ("opened", "My parcel never came.")
    assert list(check([line])) == []


async def test_a_command_is_applied_once(house: House) -> None:
    """The same command again changes nothing and says so, even when all has moved on since."""
    view = await house.timelines.view()
    mention, sealed = await kept(house, said())
    made = change(view, opened(mention), command="open-1", sealed=[sealed])
    assert await house.timelines.append(made) == DONE
    assert await house.timelines.append(made) == Appended(again=True)
    after = await house.timelines.view(["i1"], ["c1"])
    assert await house.timelines.append(change(after, claimed())) == DONE
    assert await house.timelines.append(made) == Appended(again=True)
    assert (await house.timelines.view(["i1"])).incidents["i1"].version == 2


async def test_a_view_tells_whether_a_command_was_applied(house: House) -> None:
    """So that a repeated one is not decided on what it changed itself."""
    view = await house.timelines.view()
    mention, sealed = await kept(house, said())
    made = change(view, opened(mention), command="first", sealed=[sealed])
    assert not (await house.timelines.view(command="first")).applied
    assert await house.timelines.append(made) == DONE
    assert (await house.timelines.view(["i1"], ["c1"], command="first")).applied
    assert (await house.timelines.view(command="first")).applied
    assert not (await house.timelines.view(["i1"], ["c1"], command="second")).applied
    assert not (await house.timelines.view(["i1"])).applied


async def test_whoever_comes_second_is_told(house: House) -> None:
    """Of two decided on one view, the first stands and the other is a conflict, which leaves no trace."""
    await open_one(house)
    view = await house.timelines.view(["i1"], ["c1"])
    assert await house.timelines.append(change(view, claimed(owner="ana"))) == DONE
    second = change(view, claimed(owner="ben"), positions={"c1": {"owner:ben": 1.0}}, command="late")
    assert await house.timelines.append(second) == Conflict()
    owner = (await house.timelines.view(conversations=["c1"])).conversations["c1"].owner
    assert owner is not None
    assert owner.person == "ana"
    assert len(await house.timelines.events("i1")) == 2
    again = await house.timelines.view(["i1"], ["c1"])
    assert await house.timelines.append(change(again, claimed(owner="ben", epoch=2), command="late")) == DONE


async def test_an_incident_that_exists_is_not_begun_anew(house: House) -> None:
    """A change decided on an empty view is a conflict where the incident stands already."""
    empty = await house.timelines.view()
    await open_one(house)
    mention, sealed = await kept(house, said("m2"))
    assert await house.timelines.append(change(empty, opened(mention, "c2"), sealed=[sealed])) == Conflict()


async def test_two_incidents_or_none(house: House) -> None:
    """A move that finds one of its two incidents changed moves nothing."""
    await open_one(house)
    await open_one(house, said("m2"), "c2", "i2")
    view = await house.timelines.view(["i1", "i2"], ["c1"])
    assert (
        await house.timelines.append(change(view, e.LeadNamed(incident="i2", at=START, by="kim", lead="kim"))) == DONE
    )
    out = e.MovedOut(incident="i1", conversation="c1", at=START, by="kim", to="i2")
    into = e.MovedIn(incident="i2", conversation="c1", at=START, by="kim", origin="i1", state=view.conversations["c1"])
    assert await house.timelines.append(change(view, out, into)) == Conflict()
    assert (await house.timelines.view(conversations=["c1"])).conversations["c1"].incident == "i1"
    assert len(await house.timelines.events("i1")) == 1
    fresh = await house.timelines.view(["i1", "i2"], ["c1"])
    assert await house.timelines.append(change(fresh, out, into)) == DONE
    moved = await house.timelines.view(conversations=["c1"])
    assert moved.conversations["c1"].incident == "i2"
    assert list(moved.incidents) == ["i2"]
    assert [line["kind"] for line in await house.timelines.events("i1")] == ["opened", "moved_out"]


async def test_the_teams_own_timeline_conflicts_too(house: House) -> None:
    """The team's events are chained and checked like an incident's."""
    view = await house.timelines.view()
    assert await house.timelines.append(change(view, joined("ana"), joined("ben"))) == DONE
    assert await house.timelines.append(change(view, joined("kim"))) == Conflict()
    team = (await house.timelines.view()).team
    assert (sorted(team.people), team.version) == (["ana", "ben"], 2)
    lines = await house.timelines.events("")
    assert list(check(lines)) == []
    assert lines[-1]["hash"] == team.head


async def test_a_mention_lies_in_one_place(house: House) -> None:
    """A mention that lies somewhere opens nothing else, in whatever incident, and not twice in one change either."""
    await open_one(house)
    assert await open_one(house, said(), "c2", "i2") == Fenced(which="mention")
    view = await house.timelines.view()
    mention, sealed = await kept(house, said("m3"))
    twice = change(view, opened(mention, "c3", "i3"), opened(mention, "c4", "i3"), sealed=[sealed])
    assert await house.timelines.append(twice) == Fenced(which="mention")
    again = e.WroteAgain(incident="i1", conversation="c1", at=START, by="coolhead:sorter", mention=mention)
    view = await house.timelines.view(["i1"], ["c1"])
    assert await house.timelines.append(change(view, again, sealed=[sealed])) == DONE
    assert await open_one(house, said("m3"), "c5", "i5") == Fenced(which="mention")
    assert (await house.timelines.view(["i2", "i3", "i5"])).incidents == {}


async def test_a_hold_fences_an_asked_send(house: House) -> None:
    """A hold that began or ended since the view refuses a send; anything else of the team's does not."""
    await open_one(house)
    sealed = await house.vault.seal(house.vault.team, "We are sorry.")
    reason = await house.vault.seal(house.vault.team, "A mistake went round.")
    view = await house.timelines.view(["i1"], ["c1"])
    assert await house.timelines.append(change(await house.timelines.view(), joined("ana"))) == DONE
    assert await house.timelines.append(change(view, send_asked(sealed.words), sealed=[sealed])) == DONE
    view = await house.timelines.view(["i1"], ["c1"])
    hold = e.HoldBegan(at=START, by="kim", until=minute(60), words=reason.words)
    assert await house.timelines.append(change(await house.timelines.view(), hold, sealed=[reason])) == DONE
    assert await house.timelines.append(change(view, send_asked(sealed.words))) == Fenced(which="hold")
    now = await house.timelines.view(["i1"], ["c1"])
    assert now.team.hold is not None
    assert now.team.hold.reason.text == "A mistake went round."
    assert await house.timelines.append(change(now, send_asked(sealed.words))) == DONE


async def test_the_team_fences_an_intent(house: House) -> None:
    """An intent is refused once anything of the team has changed: a role may have been taken away."""
    await open_one(house)
    view = await house.timelines.view(["i1"], ["c1"])
    assert await house.timelines.append(change(await house.timelines.view(), joined("ana"))) == DONE
    assert await house.timelines.append(change(view, intended(), sender=1)) == Fenced(which="team")


async def test_an_older_sender_is_fenced_off(house: House) -> None:
    """Once a later outbox has written, an earlier one writes no intent; neither does one without an epoch."""
    await open_one(house)

    async def intend(sender: int | None) -> Appended | Conflict | Fenced:
        return await house.timelines.append(
            change(await house.timelines.view(["i1"], ["c1"]), intended(), sender=sender)
        )

    assert await intend(None) == Fenced(which="sender")
    assert await intend(2) == DONE
    assert await intend(2) == DONE
    assert await intend(10) == DONE
    assert await intend(9) == Fenced(which="sender")
    assert await intend(None) == Fenced(which="sender")
    assert len(await house.timelines.events("i1")) == 4


async def test_a_fenced_change_leaves_no_trace(house: House) -> None:
    """What was refused may be decided anew under the same command."""
    await open_one(house)
    view = await house.timelines.view(["i1"], ["c1"])
    refused = change(view, intended(), sender=None, command="send-1", positions={"c1": {"open": 1.0}})
    assert await house.timelines.append(refused) == Fenced(which="sender")
    assert await house.timelines.view(["i1"], ["c1"]) == view
    assert await house.timelines.append(change(view, intended(), sender=1, command="send-1")) == DONE


async def test_racing_tasks_leave_one_chain(house: House) -> None:
    """500 appends by eight tasks that read and decide again leave 500 lines in an unbroken chain."""
    await open_one(house)
    conflicts = 0

    async def work(who: int) -> None:
        nonlocal conflicts
        done = 0
        while done < 62 + (who < 4):
            view = await house.timelines.view(["i1"], ["c1"])
            owner = view.conversations["c1"].owners + 1
            match await house.timelines.append(change(view, claimed(owner=f"p{who}", epoch=owner))):
                case Appended():
                    done += 1
                case Conflict():
                    conflicts += 1
                case refused:
                    pytest.fail(str(refused))
            await asyncio.sleep(0)

    await asyncio.gather(*(work(who) for who in range(8)))
    lines = [*await house.timelines.events("i1", limit=300), *await house.timelines.events("i1", after=300)]
    assert list(check(lines)) == []
    assert [line["version"] for line in lines] == list(range(1, 502))
    row = (await house.timelines.view(["i1"], ["c1"])).conversations["c1"]
    assert row.owners == 500


async def test_a_change_that_is_not_whole_is_a_fault(house: House) -> None:
    """Lines that do not follow the view, or a row that does not show them, are refused before anything is asked."""
    await open_one(house)
    view = await house.timelines.view(["i1"], ["c1"])
    made = change(view, claimed())
    other = change(View(team=view.team), e.LeadNamed(incident="i1", at=START, by="kim", lead="kim"))
    wrong: list[dict[str, Any]] = [{"lines": other.lines}, {"incidents": view.incidents}]
    for parts in wrong:
        with pytest.raises(ValueError, match="a change's"):
            await house.timelines.append(replace(made, **parts))
