"""What can be read: views with their texts, timelines, the feed."""

import asyncio
from collections.abc import Sequence

from bot.nouns import events as e
from bot.nouns.caution import Stage
from bot.nouns.conversation import OfflineWay
from bot.nouns.delivery import Audience, ToMention
from bot.nouns.mention import MentionKey
from bot.nouns.record import check
from bot.nouns.team import Policy, Role, Team
from bot.nouns.view import View
from bot.nouns.words import Forgotten, Words
from bot.ports import Appended, Fed, Sealed
from tests.contracts.stores.changes import START, change, claimed, kept, minute, open_one, opened, said
from tests.contracts.stores.house import House

KEY = MentionKey(platform="square", id="m1")


async def append(house: House, *events: e.Event, sealed: Sequence[Sealed] = ()) -> View:
    """Append to what stands, and look again."""
    names = {event.incident for event in events if event.incident}
    view = await house.timelines.view(sorted(names), sorted({c for x in events if (c := x.conversation)}))
    assert await house.timelines.append(change(view, *events, sealed=sealed)) == Appended()
    return await house.timelines.view(sorted(names), sorted({c for x in events if (c := x.conversation)}))


async def test_nothing_is_there_at_first(house: House) -> None:
    """An empty house has a team of version 0, and leaves out what does not exist."""
    view = await house.timelines.view(["i1", "i2"], ["c1"])
    assert view == View(team=Team())
    assert await house.timelines.events("i1") == []
    assert await house.timelines.events("") == []


async def test_a_view_brings_the_incidents_along(house: House) -> None:
    """Each conversation comes with the incident it lies in, asked for or not, and nothing else does."""
    await open_one(house)
    await open_one(house, said("m2"), "c2", "i1")
    await open_one(house, said("m3"), "c3", "i3")
    await open_one(house, said("m4"), "c4", "i4")
    view = await house.timelines.view(["i3", "i3"], ["c2", "c1", "c2", "nobody"])
    assert set(view.incidents) == {"i1", "i3"}
    assert set(view.conversations) == {"c1", "c2"}
    assert (await house.timelines.view(["i1"])).conversations == {}


async def test_every_text_is_filled_in(house: House) -> None:
    """Mentions, edits, drafts, reasons, promises, headlines, lessons and actions are readable in a view."""
    await open_one(house)
    texts = (
        "Edited.",
        "We are sorry.",
        "By Monday.",
        "Nothing to add.",
        "The parcel",
        "Check labels.",
        "Buy a printer.",
    )
    sealed = [await house.vault.seal(house.vault.team, text) for text in texts]
    w = [one.words for one in sealed]
    at = {"incident": "i1", "conversation": "c1", "at": START, "by": "ana"}
    whole = {"incident": "i1", "at": START, "by": "kim"}
    view = await append(
        house,
        e.MentionEdited.model_validate({**at, "mention": KEY, "words": w[0]}),
        e.Drafted.model_validate(
            {**at, "draft": "d1", "version": 1, "stage": Stage.RESPONSE, "audience": Audience.PUBLIC,
             "target": ToMention(key=KEY), "words": w[1]}
        ),
        e.Promised.model_validate({**at, "promise": "p1", "words": w[2], "due": minute(60)}),
        e.Silenced.model_validate({**at, "words": w[3], "review": minute(60)}),
        e.Renamed.model_validate({**whole, "words": w[4]}),
        e.LessonNoted.model_validate({**whole, "words": w[5]}),
        e.ActionAgreed.model_validate({**whole, "action": "a1", "owner": "ben", "words": w[6]}),
        sealed=sealed,
    )  # fmt: skip
    talk, incident = view.conversations["c1"], view.incidents["i1"]
    assert talk.silence is not None
    assert incident.renamed is not None
    shown = (
        talk.mentions[0].latest, talk.drafts[0].words, talk.promises[0].words, talk.silence.reason,
        incident.renamed, incident.lessons[0], incident.actions[0].words,
    )  # fmt: skip
    assert tuple(one.text for one in shown) == texts
    lines = await house.timelines.events("i1")
    assert [line["text"] for line in lines[1:]] == list(texts)
    assert list(check(lines)) == []


async def test_a_contact_stays_sealed(house: House) -> None:
    """Neither a view nor a timeline shows somebody's number; what was said on the phone is shown."""
    await open_one(house)
    number = await house.vault.seal(house.vault.team, "+44 20 7946 0000")
    call = await house.vault.seal(house.vault.team, "Nobody answered.")
    at = {"incident": "i1", "conversation": "c1", "at": START, "by": "ana"}
    view = await append(
        house,
        e.TakenOffline.model_validate({**at, "way": OfflineWay.PHONE, "person": "ana", "words": number.words}),
        e.Contacted.model_validate({**at, "reached": False, "words": call.words}),
        sealed=[number, call],
    )
    handoff = view.conversations["c1"].handoff
    assert handoff is not None
    assert handoff.contact == number.words.bare()
    assert handoff.contacts[0].words.text == "Nobody answered."
    assert [line["text"] for line in await house.timelines.events("i1")][1:] == [None, "Nobody answered."]
    (whole,) = await house.vault.open([handoff.contact])
    assert whole.text == "+44 20 7946 0000"


async def test_no_text_is_kept_outside_the_vault(house: House) -> None:
    """A view that was filled in, changed and appended again leaves the forgotten unreadable everywhere."""
    await open_one(house)
    view = await house.timelines.view(["i1"], ["c1"])
    mention = view.conversations["c1"].mentions[0]
    await append(house, claimed())
    assert await house.vault.forget([mention.person]) == 1
    after = (await house.timelines.view(["i1"], ["c1"])).conversations["c1"].mentions[0]
    assert after.words == Words(ref=mention.words.ref, seal=mention.words.seal, text=Forgotten())
    assert after.about == Forgotten()
    lines = await house.timelines.events("i1")
    assert [(line["text"], line["salt"]) for line in lines] == [(None, None), (None, None)]
    assert list(check(lines)) == []


async def test_whoever_was_forgotten_meanwhile_stays_so(house: House) -> None:
    """A text sealed before its person was forgotten, and appended after, is not kept."""
    mention, sealed = await kept(house, said())
    await house.vault.forget([sealed.person])
    view = await append(house, opened(mention), sealed=[sealed])
    assert view.conversations["c1"].mentions[0].words.text == Forgotten()


async def test_settings_are_not_the_timelines(house: House) -> None:
    """The team's row keeps what its timeline says; the settings laid over it are read anew at each start."""
    view = await house.timelines.view()
    laid = View(team=view.team.model_copy(update={"policy": Policy(storm_count=3)}))
    person = e.PersonSet(at=START, by="max", person="ana", name="Ana", roles=frozenset({Role.LEAD}))
    assert await house.timelines.append(change(laid, person)) == Appended()
    team = (await house.timelines.view()).team
    assert team.people["ana"].roles == {Role.LEAD}
    assert team.policy == Policy()


async def test_strange_letters_survive(house: House) -> None:
    """Lone surrogates, NUL and line breaks in a text and in an id come back as they were."""
    odd = said("m\ud800\x00\n", "a\ud800b\x00c\u202e\nd", person="x\udfff")
    await open_one(house, odd)
    mention = (await house.timelines.view(conversations=["c1"])).conversations["c1"].mentions[0]
    assert (mention.key, mention.words.text, mention.author) == (odd.key, odd.text, odd.author)
    assert (await house.timelines.events("i1"))[0]["mention"]["id"] == odd.key.id


async def test_a_timeline_is_read_in_pages(house: House) -> None:
    """After a version come the ones above it, in order, as many as were asked for."""
    await open_one(house)
    await append(house, *(claimed(epoch=n) for n in range(1, 7)))

    async def versions(after: int, limit: int) -> list[int]:
        return [line["version"] for line in await house.timelines.events("i1", after, limit)]

    assert await versions(0, 3) == [1, 2, 3]
    assert await versions(3, 3) == [4, 5, 6]
    assert await versions(6, 3) == [7]
    assert await versions(7, 3) == []


async def test_kinds_can_be_left_out(house: House) -> None:
    """Of the lines that were asked for, those of some kinds are left out; what follows is not moved up."""
    await open_one(house)
    await append(house, claimed(epoch=1), claimed(epoch=2))
    assert [line["kind"] for line in await house.timelines.events("i1", 0, 2, ("opened",))] == ["claimed"]
    assert await house.timelines.events("i1", 0, 2, ("opened", "claimed")) == []


async def test_the_feed_tells_in_order(house: House) -> None:
    """One entry for each timeline touched, with the conversations and what happened there, in the order of appends."""
    (start,) = await house.timelines.feed("", 0)
    assert (start.kinds, start.conversations) == ((), ())
    await open_one(house)
    await append(house, claimed(), claimed(epoch=2))
    view = await house.timelines.view(["i1"], ["c1"])
    out = e.MovedOut(incident="i1", conversation="c1", at=START, by="kim", to="i2")
    into = e.MovedIn(incident="i2", conversation="c1", at=START, by="kim", origin="i1", state=view.conversations["c1"])
    await append(house, out, into)
    await append(house, e.PersonLeft(at=START, by="max", person="ana"))
    fed = await house.timelines.feed(start.id, 0)
    assert [(one.incident, one.conversations, one.kinds) for one in fed] == [
        ("i1", ("c1",), ("opened",)),
        ("i1", ("c1",), ("claimed",)),
        ("i1", ("c1",), ("moved_out",)),
        ("i2", ("c1",), ("moved_in",)),
        ("", (), ("person_left",)),
    ]
    assert await house.timelines.feed(fed[1].id, 0) == fed[2:]
    assert await house.timelines.feed(fed[-1].id, 0) == []
    assert [one.id for one in await house.timelines.feed("", 0)] == [fed[-1].id]


async def test_who_waits_is_told(house: House) -> None:
    """A waiting reader gets the next append; several get the same."""
    (start,) = await house.timelines.feed("", 0)
    waiting = [asyncio.create_task(house.timelines.feed(start.id, 30)) for _ in range(3)]
    await asyncio.sleep(0.05)
    await open_one(house)
    answers: list[Sequence[Fed]] = [await one for one in waiting]
    assert [[one.kinds for one in fed] for fed in answers] == [[("opened",)]] * 3


async def test_who_gives_up_waiting_disturbs_nobody(house: House) -> None:
    """A reader that is cancelled in the middle is gone at once, and the next one is served."""
    (start,) = await house.timelines.feed("", 0)
    for _ in range(3):
        waiting = asyncio.create_task(house.timelines.feed(start.id, 30))
        await asyncio.sleep(0.01)
        waiting.cancel()
        assert isinstance((await asyncio.gather(waiting, return_exceptions=True))[0], asyncio.CancelledError)
    await open_one(house)
    assert [one.kinds for one in await house.timelines.feed(start.id, 30)] == [("opened",)]


async def test_nothing_is_told_of_a_refused_change(house: House) -> None:
    """A conflict and a repeated command leave no entry in the feed."""
    await open_one(house)
    (start,) = await house.timelines.feed("", 0)
    view = await house.timelines.view(["i1"], ["c1"])
    made = change(view, claimed())
    for one in (made, made, change(view, claimed(owner="ben"))):
        await house.timelines.append(one)
    assert [one.kinds for one in await house.timelines.feed(start.id, 0.01)] == [("claimed",)]
