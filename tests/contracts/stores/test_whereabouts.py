"""Where mentions, posts of ours and occasions lie."""

from bot.nouns import events as e
from bot.nouns.delivery import Account, NotSent, Posted
from bot.nouns.mention import MentionKey
from bot.ports import Appended
from tests.contracts.stores.changes import START, change, kept, open_one, opened, said
from tests.contracts.stores.house import House

OURS = MentionKey(platform="square", id="ours")


def key(id: str, platform: str = "square") -> MentionKey:
    """A mention's key."""
    return MentionKey(platform=platform, id=id)


async def append(house: House, *events: e.Event, incidents: tuple[str, ...] = ("i1",)) -> None:
    """Append to what stands."""
    view = await house.timelines.view(incidents, ["c1", "c2"])
    assert await house.timelines.append(change(view, *events)) == Appended()


async def test_a_mention_lies_in_its_conversation(house: House) -> None:
    """What opened it and what was written again; the same id on another platform is another mention."""
    await open_one(house)
    mention, sealed = await kept(house, said("m2"))
    view = await house.timelines.view(["i1"], ["c1"])
    again = e.WroteAgain(incident="i1", conversation="c1", at=START, by="coolhead:sorter", mention=mention)
    assert await house.timelines.append(change(view, again, sealed=[sealed])) == Appended()
    asked = [key("m1"), key("m2"), key("m3"), key("m1", "other")]
    assert await house.whereabouts.mentions(asked) == {key("m1"): "c1", key("m2"): "c1"}
    assert await house.whereabouts.mentions([]) == {}


async def test_our_own_words_lie_there_too(house: House) -> None:
    """A reply to what we posted, by the outbox or by hand, belongs to the conversation we posted it in."""
    await open_one(house)
    at = {"incident": "i1", "conversation": "c1", "at": START, "by": "coolhead:outbox", "attempt": "a1"}
    await append(house, e.Delivered.model_validate({**at, "delivery": NotSent(because="no")}))
    assert await house.whereabouts.mentions([OURS]) == {}
    await append(house, e.Delivered.model_validate({**at, "delivery": Posted(key=OURS)}))
    assert await house.whereabouts.mentions([OURS]) == {OURS: "c1"}
    sealed = await house.vault.seal(house.vault.team, "Sorry!")
    hand = e.AnsweredByHand(
        incident="i1", conversation="c1", at=START, by="coolhead:sorter", mention=key("m1"), post=key("hand"),
        words=sealed.words,
    )  # fmt: skip
    await append(house, hand)
    assert await house.whereabouts.mentions([key("hand")]) == {key("hand"): "c1"}
    assert await house.whereabouts.occasion(OURS) == ""


async def test_a_move_changes_nothing(house: House) -> None:
    """A mention lies in its conversation, whatever incident that lies in."""
    await open_one(house)
    await open_one(house, said("m2"), "c2", "i2")
    view = await house.timelines.view(["i1", "i2"], ["c1"])
    out = e.MovedOut(incident="i1", conversation="c1", at=START, by="kim", to="i2")
    into = e.MovedIn(incident="i2", conversation="c1", at=START, by="kim", origin="i1", state=view.conversations["c1"])
    await append(house, out, into, incidents=("i1", "i2"))
    assert await house.whereabouts.mentions([key("m1")]) == {key("m1"): "c1"}


async def test_an_occasion_leads_to_its_incident(house: House) -> None:
    """A post of ours that a mention answered, and then to the incident that was merged into."""
    mention, sealed = await kept(house, said())
    made = change(await house.timelines.view(), opened(mention, occasion="p7"), sealed=[sealed])
    assert await house.timelines.append(made) == Appended()
    assert await house.whereabouts.occasion(key("p7")) == "i1"
    assert await house.whereabouts.occasion(key("p7", "other")) == ""
    for target in ("i2", "i3"):
        await open_one(house, said(target), f"c-{target}", target)
    for source, target in (("i1", "i2"), ("i2", "i3")):
        merged = e.Merged(incident=source, at=START, by="kim", into=target)
        await append(house, merged, incidents=(source,))
        assert await house.whereabouts.occasion(key("p7")) == target


async def test_a_statement_is_an_occasion_once_it_is_out(house: House) -> None:
    """What the public answers to a statement of ours belongs to the statement's incident."""
    account = Account(platform="square", name="@shop")
    names = {"incident": "i1", "conversation": "c1", "at": START}
    await append(house, e.StatementBegun.model_validate({**names, "by": "kim", "account": account}))
    assert await house.whereabouts.occasion(OURS) == ""
    posted = {**names, "by": "coolhead:outbox", "attempt": "a1", "delivery": Posted(key=OURS)}
    await append(house, e.Delivered.model_validate(posted))
    assert await house.whereabouts.occasion(OURS) == "i1"
