"""Act: read, decide, append, and again where somebody was first."""

import asyncio
from datetime import timedelta

import pytest

from bot.errors import StoreAway
from bot.nouns import commands as c
from bot.nouns.events import words_of
from bot.nouns.record import check
from bot.nouns.team import Part, Refusal
from bot.nouns.words import Words
from bot.work.act import CROWDED, TRIES, Acted
from bot.work.named import named
from tests.bot.work.house import ANA, BEN, KIM, House
from tests.bot.work.through import ContestedTimelines, Crash, ThroughTimelines


async def test_a_refusal_writes_nothing(house: House) -> None:
    """What `decide` refuses is handed back as it is."""
    talk = await house.arrives()
    before = len(house.timelines.changes)
    refused = await house.act(house.command(c.HandBack, conversation=talk), ANA)
    assert isinstance(refused, Refusal)
    assert len(house.timelines.changes) == before


async def test_what_was_done_is_handed_back(house: House) -> None:
    """The events, and everything the command named as it stands afterwards, with the settings laid over the team."""
    talk = await house.arrives()
    acted = await house.press(ANA, c.Claim, conversation=talk, epoch=0)
    assert [event.kind for event in acted.events] == ["claimed"]
    assert not acted.again
    owner = acted.view.conversations[talk].owner
    assert owner is not None
    assert owner.person == "ana"
    assert acted.view.incidents[acted.view.conversations[talk].incident].version == 2
    assert acted.view.team.policy is house.policy


async def test_the_same_command_twice_is_done_once(house: House) -> None:
    """The second time nothing happens, and the view is what stands now, not what would have come of it."""
    talk = await house.arrives()
    incident = (await house.talk(talk)).incident
    await house.press(KIM, c.Claim, conversation=talk, epoch=0)
    rename = house.command(c.NameLead, incident=incident, lead="kim")
    await house.must(house.act(rename, KIM))
    await house.press(KIM, c.NameLead, incident=incident, lead="ana")
    again = await house.must(house.act(rename, KIM))
    assert (again.again, again.events) == (True, ())
    assert again.view.incidents[incident].lead == "ana"
    assert (await house.kinds(incident)).count("lead_named") == 2


async def test_a_press_repeated_after_a_lost_answer_was_done(house: House) -> None:
    """What it led to would now refuse it: it is still told that it was done, also while the answer is lost on the way."""
    talk = await house.arrives()
    claim = house.command(c.Claim, conversation=talk, epoch=0)

    async def step(name: str) -> None:
        if name == "claimed!":
            raise StoreAway("The answer was lost.")

    with pytest.raises(StoreAway):
        await house.acting(ThroughTimelines(house.timelines, step))(claim, ANA)
    again = await house.must(house.act(claim, ANA))
    assert (again.again, again.events) == (True, ())
    owner = again.view.conversations[talk].owner
    assert owner is not None
    assert owner.person == "ana"
    other = await house.act(house.command(c.Claim, conversation=talk, epoch=0), BEN)
    assert isinstance(other, Refusal)


async def test_a_conflict_is_decided_anew(house: House) -> None:
    """Whoever was overtaken decides on what stands then, and is refused only if the rules refuse."""
    talk = await house.arrives()
    crowd = ContestedTimelines(house.timelines, "claimed", TRIES - 1)
    acted = await house.acting(crowd)(house.command(c.Claim, conversation=talk, epoch=0), ANA)
    assert isinstance(acted, Acted)
    crowd.contested = TRIES
    found = await house.talk(talk)
    give = house.command(c.Assign, conversation=talk, to="ben", epoch=found.owners)
    crowd = ContestedTimelines(house.timelines, "assigned", TRIES)
    assert await house.acting(crowd)(give, KIM) == CROWDED
    assert isinstance(await house.acting(crowd)(give, KIM), Acted)


async def test_many_who_press_at_once_all_come_through(house: House) -> None:
    """Fifty presses on one incident in one moment: each is done, none is lost in the crowd."""
    incident = (await house.talk(await house.arrives())).incident

    async def step(name: str) -> None:
        await asyncio.sleep(0)

    act = house.acting(ThroughTimelines(house.timelines, step))
    seals = [await house.vault.seal(house.vault.team, f"note {number}") for number in range(50)]
    notes = [act(house.command(c.Note, incident=incident, words=one.words), ANA, [one]) for one in seals]
    assert all(isinstance(answer, Acted) for answer in await asyncio.gather(*notes))
    assert (await house.kinds(incident)).count("noted") == 50


async def test_two_who_claim_at_once(house: House) -> None:
    """One has it; the other reads who was first."""
    talk = await house.arrives()

    async def step(name: str) -> None:
        await asyncio.sleep(0)

    act = house.acting(ThroughTimelines(house.timelines, step))
    both = await asyncio.gather(*(act(house.command(c.Claim, conversation=talk, epoch=0), who) for who in (ANA, BEN)))
    assert sum(isinstance(answer, Acted) for answer in both) == 1
    refused = next(answer for answer in both if isinstance(answer, Refusal))
    owner = (await house.talk(talk)).owner
    assert owner is not None
    assert owner.person.title() in refused.because


async def test_a_hold_in_the_same_moment_is_decided_anew(house: House) -> None:
    """The fence does not answer the press: the rules do, with the hold's reason."""
    talk = await house.arrives()
    found = await house.drafted(talk)
    cooling = found.drafts[0].cooling
    assert cooling is not None
    house.clock.advance(cooling.length.total_seconds())
    await house.press(Part.CLOCKWORK, c.Wake, conversation=talk, what="cooled:d1:1")
    await house.press(ANA, c.ReadOnceMore, conversation=talk, draft="d1", version=1)

    held = False

    async def step(name: str) -> None:
        nonlocal held
        if name == "send_asked?" and not held:
            held = True
            until = house.clock.wall + timedelta(hours=1)
            await house.press(BEN, c.BeginHold, until=until, text="There was an accident.")

    on = {"conversation": talk, "draft": "d1", "version": 1, "seal": found.drafts[0].words.seal, "attempt": "s1"}
    refused = await house.acting(ThroughTimelines(house.timelines, step))(house.command(c.Send, **on), ANA)
    assert isinstance(refused, Refusal)
    assert "accident" in refused.because


async def test_a_fence_that_deciding_again_does_not_mend(house: House) -> None:
    """A mention that lies elsewhere already ends the command."""
    talk = await house.arrives()
    kept = (await house.talk(talk)).mentions[0]
    twice = house.command(c.Open, incident="i9", conversation="c9", mention=kept)
    refused = await house.act(twice, Part.SORTER)
    assert isinstance(refused, Refusal)
    assert "another incident" in refused.because


async def test_the_store_being_away_is_raised(house: House) -> None:
    """It may then be repeated under the same id."""
    talk = await house.arrives()
    claim = house.command(c.Claim, conversation=talk, epoch=0)
    house.timelines.away = True
    with pytest.raises(StoreAway):
        await house.act(claim, ANA)
    house.timelines.away = False
    assert isinstance(await house.act(claim, ANA), Acted)


async def test_a_crash_before_the_append_leaves_nothing(house: House) -> None:
    """A change is written whole or not at all."""
    talk = await house.arrives()

    async def step(name: str) -> None:
        if name == "claimed?":
            raise Crash

    with pytest.raises(Crash):
        await house.acting(ThroughTimelines(house.timelines, step))(
            house.command(c.Claim, conversation=talk, epoch=0), ANA
        )
    assert (await house.talk(talk)).owner is None


def test_what_a_command_names() -> None:
    """Each incident and conversation once, those in lists too."""
    assert named(c.Claim(id="1", conversation="c1", epoch=0)) == ((), ("c1",))
    assert named(c.Close(id="1", incident="i1", conversation="c1", conversations=("c1", "c2"))) == (
        ("i1",),
        ("c1", "c2"),
    )
    assert named(c.RingAlarm(id="1", conversations=("c1", "c2"))) == ((), ("c1", "c2"))
    assert named(c.Move(id="1", conversation="c1", to="i2")) == (("i2",), ("c1",))
    assert named(c.Merge(id="1", incident="i1", into="i2", conversations=("c1",))) == (("i1", "i2"), ("c1",))


async def test_no_words_in_lines_and_rows(house: House) -> None:
    """Whatever is said or written lies in the vault alone: not in a line, not in a row, not in the team's."""
    secret, theirs = "a very particular sentence", "something particular of theirs"
    talk = await house.arrives(theirs)
    incident = (await house.talk(talk)).incident
    await house.drafted(talk, text=f"We are sorry: {secret}. We write to you by Friday. Ana")
    until = house.clock.wall + timedelta(hours=1)
    await house.press(BEN, c.BeginHold, until=until, text=secret)
    await house.press(BEN, c.Rename, incident=incident, text=secret)
    sealed = [words for event in await house.events(incident) if (words := words_of(event)) is not None]
    assert len(sealed) == 3
    assert all(isinstance(words, Words) for words in sealed)
    rows = b"".join(house.timelines.rows.values()).decode()
    lines = "".join("".join(each) for each in house.timelines.lines.values())
    for text in (secret, theirs, "@mara", "https://square.test/m1"):
        assert text not in rows
        assert text not in lines


async def test_every_timeline_verifies(house: House) -> None:
    """Each line follows the one before it, on the incident's timeline and on the team's."""
    talk = await house.arrives()
    await house.asked(talk)
    for name in ("", (await house.talk(talk)).incident):
        assert list(check(await house.timelines.events(name))) == []
