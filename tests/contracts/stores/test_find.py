"""Indexes and search: pages that stay stable while things move, and words that find what holds them all."""

from collections.abc import AsyncIterator

import pytest

from bot.nouns import events as e
from bot.ports import Appended, Found, Query
from tests.contracts.stores.changes import START, change, kept, minute, open_one, opened, said
from tests.contracts.stores.house import House


async def stand(house: House, name: str, **places: float) -> None:
    """Append something to c-NAME in i-NAME so that it stands there, and nowhere else."""
    view = await house.timelines.view([f"i-{name}"], [f"c-{name}"])
    event = e.Claimed(
        incident=f"i-{name}", conversation=f"c-{name}", at=START, by="ana", owner="ana",
        epoch=view.conversations[f"c-{name}"].owners + 1,
    )  # fmt: skip
    assert await house.timelines.append(change(view, event, positions={f"c-{name}": places})) == Appended()


async def begin(house: House, name: str, text: str = "Hello.", person: str = "mara", **places: float) -> None:
    """Open c-NAME in i-NAME."""
    places[f"pile:i-{name}"] = 1.0
    positions = {f"c-{name}": places, f"i:i-{name}": {"i:all": places.get("open", 0.0)}}
    done = await open_one(house, said(name, text, person), f"c-{name}", f"i-{name}", positions=positions)
    assert done == Appended()


async def pages(house: House, query: Query) -> AsyncIterator[Found]:
    """Each page, until the last."""
    while True:
        found = await house.timelines.find(query)
        yield found
        if not found.after:
            return
        query = query.model_copy(update={"after": found.after})


async def everything(house: House, query: Query) -> list[str]:
    """All ids of all pages, in order."""
    return [id async for found in pages(house, query) for id in found.ids]


async def test_an_index_is_read_by_score(house: House) -> None:
    """Highest first, lowest first when rising, bounded by score, with the count of the whole index."""
    for name, score in (("a", 2.5), ("b", -1.0), ("c", 1e14 + 0.5), ("d", 3.0)):
        await begin(house, name, open=score)
    assert await house.timelines.find(Query(index="open")) == Found(ids=("c-c", "c-d", "c-a", "c-b"), count=4)
    assert (await house.timelines.find(Query(index="open", rising=True))).ids == ("c-b", "c-a", "c-d", "c-c")
    bounded = Query(index="open", since=2.5, until=3.0)
    assert await house.timelines.find(bounded) == Found(ids=("c-d", "c-a"), count=4)
    assert (await house.timelines.find(bounded.model_copy(update={"rising": True}))).ids == ("c-a", "c-d")
    assert await house.timelines.find(Query(index="nothing")) == Found(ids=())


async def test_many_pages_at_once(house: House) -> None:
    """Each as it would be alone, in the order in which they were asked for; none asked for, none given."""
    for at, name in enumerate("abc"):
        await begin(house, name, f"Hello {name}.", open=float(at))
    asked = [Query(index=f"pile:i-{name}") for name in "bxa"]
    asked += [Query(index="open", limit=1), Query(index="i:all", q="hello b"), Query(index="open", rising=True)]
    alone = [await house.timelines.find(query) for query in asked]
    assert [found.ids for found in alone] == [("c-b",), (), ("c-a",), ("c-c",), ("i-b",), ("c-a", "c-b", "c-c")]
    assert list(await house.timelines.find_all(asked)) == alone
    assert list(await house.timelines.find_all([])) == []


async def test_rows_move_between_indexes(house: House) -> None:
    """Each append says where a row stands; from all other indexes it is gone."""
    await begin(house, "a", open=1.0, waiting=5.0)
    await stand(house, "a", **{"open": 7.0, "owner:ana": 7.0})
    assert await everything(house, Query(index="waiting")) == []
    assert await everything(house, Query(index="owner:ana")) == ["c-a"]
    await begin(house, "b", open=6.0)
    assert await everything(house, Query(index="open")) == ["c-a", "c-b"]
    await stand(house, "a")
    assert await everything(house, Query(index="open")) == ["c-b"]
    assert await everything(house, Query(index="owner:ana")) == []


async def test_incidents_stand_in_their_own(house: House) -> None:
    """Incident indexes hand back incidents' ids, as they are."""
    await begin(house, "a", open=1.0)
    await begin(house, "b", open=2.0)
    assert await everything(house, Query(index="i:all", limit=1)) == ["i-b", "i-a"]


@pytest.mark.parametrize("rising", [False, True])
async def test_pages_hold_everything_once(house: House, rising: bool) -> None:
    """However many share a score, the pages together are the whole index in order, and only the last ends it."""
    names = ["b", "a", "C", "d.1", "d-1", "d", "Z", "f"]
    for at, name in enumerate(names):
        await begin(house, name, open=float(at // 6))
    whole = await everything(house, Query(index="open", rising=rising))
    assert sorted(whole) == sorted(f"c-{name}" for name in names)
    for limit in (1, 2, 3, 4, 8):
        found = [page async for page in pages(house, Query(index="open", rising=rising, limit=limit))]
        assert [id for page in found for id in page.ids] == whole
        assert [len(page.ids) for page in found[:-1]] == [limit] * (len(found) - 1)
        assert len(found) == -(-len(names) // limit)


async def test_pages_stay_stable_while_things_move(house: House) -> None:
    """A reader's next page begins after the last one's score and name, even when that one has moved or is gone."""
    for at, name in enumerate("abcdef"):
        await begin(house, name, open=float(at))
    first = await house.timelines.find(Query(index="open", limit=2))
    assert first.ids == ("c-f", "c-e")
    await stand(house, "e", open=9.0)
    await stand(house, "c")
    await begin(house, "new", open=10.0)
    second = await house.timelines.find(Query(index="open", limit=2, after=first.after))
    assert second.ids == ("c-d", "c-b")
    await stand(house, "b", open=3.0)
    assert (await house.timelines.find(Query(index="open", limit=2, after=second.after))).ids == ("c-a",)


@pytest.fixture(params=["sorted", "walked"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways of a search: by its rarest word, and, where every word is frequent, along the index in short steps."""
    if request.param == "walked":
        monkeypatch.setattr("adapters.stores.search._RARE", 0)
        monkeypatch.setattr("adapters.stores.search._WALK", 3)


@pytest.mark.usefixtures("way")
async def test_a_search_keeps_what_holds_all_words(house: House) -> None:
    """Words in any order and case, in the text or the author's name; conversations and incidents alike."""
    await begin(house, "a", "My PARCEL never came", "mara", open=1.0)
    await begin(house, "b", "The parcel came, thank you!", "omar", open=2.0)
    await begin(house, "c", "Rude staff", "mara", open=3.0)
    for q, names in {"parcel": "ba", "came parcel": "ba", "NEVER parcel": "a", "mara": "ca", "mara staff": "c"}.items():
        assert await everything(house, Query(index="open", q=q)) == [f"c-{name}" for name in names]
        assert await everything(house, Query(index="i:all", q=q, limit=1)) == [f"i-{name}" for name in names]
    assert await everything(house, Query(index="open", q="parcel rude")) == []
    assert await everything(house, Query(index="open", q="nowhere")) == []
    assert await everything(house, Query(index="waiting", q="parcel")) == []
    assert await everything(house, Query(index="open", q="?!")) == ["c-c", "c-b", "c-a"]
    assert await everything(house, Query(index="open", q="parcel", since=2.0)) == ["c-b"]
    assert await everything(house, Query(index="open", q="parcel", until=1.0, rising=True)) == ["c-a"]


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("rising", [False, True])
async def test_a_search_in_pages(house: House, rising: bool) -> None:
    """Its pages together hold each hit once, in order."""
    for at, name in enumerate("abcdefghij"):
        await begin(house, name, "parcel" if at % 3 else "rude", open=float(at // 4))
    whole = [
        id
        for id in await everything(house, Query(index="open", rising=rising))
        if id not in ("c-a", "c-d", "c-g", "c-j")
    ]
    assert len(whole) == 6
    for limit in (1, 2, 5, 6, 7):
        query = Query(index="open", q="parcel", rising=rising, limit=limit)
        assert await everything(house, query) == whole


@pytest.mark.usefixtures("way")
async def test_words_of_ours_are_found(house: House) -> None:
    """A note of the team's finds its incident, and the conversation where it names one."""
    await begin(house, "a", open=1.0)
    sealed = await house.vault.seal(house.vault.team, "The courier's van broke down.")
    note = e.Noted(incident="i-a", at=START, by="ana", words=sealed.words)
    view = await house.timelines.view(["i-a"], ["c-a"])
    made = change(view, note, sealed=[sealed], positions={"i:i-a": {"i:all": 1.0}})
    assert await house.timelines.append(made) == Appended()
    assert await everything(house, Query(index="i:all", q="courier van")) == ["i-a"]
    assert await everything(house, Query(index="open", q="courier")) == []


@pytest.mark.usefixtures("way")
async def test_what_lies_in_the_vault_already_is_found(house: House) -> None:
    """Intake stored the text; what comes with the event is only what to find it by."""
    mention, sealed = await kept(house, said("m1", "An odd noise."))
    view = await house.timelines.view()
    assert await house.timelines.append(change(view, opened(mention), sealed=[sealed])) == Appended()
    later, whole = await kept(house, said("m2", "A loud bang."))
    index = house.vault.index(whole.words, said("m2", "A loud bang."))
    again = e.WroteAgain(incident="i1", conversation="c1", at=minute(1), by="coolhead:sorter", mention=later)
    view = await house.timelines.view(["i1"], ["c1"])
    made = change(view, again, sealed=[index], positions={"c1": {"open": 1.0}})
    assert await house.timelines.append(made) == Appended()
    assert await everything(house, Query(index="open", q="bang noise")) == ["c1"]


@pytest.mark.usefixtures("way")
async def test_what_moved_is_found_where_it_lies_now(house: House) -> None:
    """A conversation that moved is found in its new incident, and no longer in the one it left."""
    await begin(house, "a", "My parcel never came", open=1.0)
    await begin(house, "b", "Rude staff", open=2.0)
    view = await house.timelines.view(["i-a", "i-b"], ["c-a"])
    out = e.MovedOut(incident="i-a", conversation="c-a", at=START, by="kim", to="i-b")
    into = e.MovedIn(
        incident="i-b", conversation="c-a", at=START, by="kim", origin="i-a", state=view.conversations["c-a"]
    )
    made = change(view, out, into, positions={"c-a": {"open": 1.0, "pile:i-b": 1.0}})
    assert await house.timelines.append(made) == Appended()
    assert await everything(house, Query(index="i:all", q="parcel never")) == ["i-b"]
    assert await everything(house, Query(index="i:all", q="parcel rude")) == []


@pytest.mark.usefixtures("way")
async def test_the_forgotten_are_not_found(house: House) -> None:
    """After a person was forgotten none of their words finds anything; the same words of others still do."""
    await begin(house, "a", "parcel lost", "mara", open=1.0)
    mention, sealed = await kept(house, said("x", "parcel late", "omar"))
    view = await house.timelines.view(["i-a"])
    places = {"open": 2.0, "pile:i-a": 2.0}
    made = change(view, opened(mention, "c-x", "i-a"), sealed=[sealed], positions={"c-x": places})
    assert await house.timelines.append(made) == Appended()
    assert await everything(house, Query(index="i:all", q="lost")) == ["i-a"]
    mara = (await house.timelines.view(conversations=["c-a"])).conversations["c-a"].mentions[0].person
    await house.vault.forget([mara])
    assert await everything(house, Query(index="open", q="parcel")) == ["c-x"]
    assert await everything(house, Query(index="i:all", q="parcel")) == ["i-a"]
    assert await everything(house, Query(index="i:all", q="lost")) == []
