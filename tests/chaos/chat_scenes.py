"""States a conversation can be in when somebody presses: made by people at the web desk, who may do it."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

from bot.nouns import commands as c
from bot.nouns.conversation import Conversation
from bot.nouns.delivery import Unknown
from bot.nouns.team import Role
from bot.screens.shapes import Done, Form
from tests.bot.work.desk_house import House

WORDS = "I am sorry. I look for it now and write here by four. Ana"
OFFER = "Here is 20 % off your next order. Ana"
OTHER = ("i2", "c:m2")


async def new(house: House, who: str) -> None:
    """Nobody has it."""


async def owned(house: House, who: str) -> None:
    """Ana has it."""
    await house.press("ana", "claim", epoch="0")


async def own(house: House, who: str) -> None:
    """Whoever will press has it, where they may."""
    person = (await house.act.team()).people.get(who)
    if person is not None and person.may(Role.TEAMMATE):
        await house.do(c.Assign(id="give", conversation="c:m1", to=who, epoch=0), "kim")


async def cooling(house: House, who: str) -> None:
    """Ana's draft cools."""
    await owned(house, who)
    assert isinstance(await house.fill("ana", "write", stage="response", words=WORDS), Done)


async def cooled(house: House, who: str) -> None:
    """It has just cooled."""
    await cooling(house, who)
    waits = (await house.look()).drafts[0].cooling
    assert waits is not None
    house.clock.advance(waits.length.total_seconds() + 1)


async def unread(house: House, who: str) -> None:
    """It lies unread for an hour."""
    await cooled(house, who)
    house.clock.advance(3600)


async def stopped(house: House, who: str) -> None:
    """Ana's draft is stopped, and kept."""
    await owned(house, who)
    await house.fill("ana", "write", stage="response", words=OFFER, kept="yes")


async def silent(house: House, who: str) -> None:
    """Ana wants to leave it unanswered."""
    await owned(house, who)
    await house.fill("ana", "leave_unanswered", words="It feeds on answers.")


async def offline(house: House, who: str) -> None:
    """Ana talks to them by phone."""
    await owned(house, who)
    await house.fill("ana", "taken", way="phone", contact="+49 170 1234567")


async def promised(house: House, who: str) -> None:
    """Ana promised something."""
    await owned(house, who)
    due = (house.clock.wall + timedelta(days=1)).isoformat()
    await house.fill("ana", "promise", words="A word by tomorrow.", due=due)


async def doubtful(house: House, who: str) -> None:
    """Nobody can tell whether it went out."""
    await unread(house, who)
    await house.send_back("ana", await _reading(house))
    await house.outbox(Unknown(because="No answer."))


async def answered(house: House, who: str) -> None:
    """An answer of Ana's stands in public."""
    await owned(house, who)
    await house.posted()


async def settled(house: House, who: str) -> None:
    """It is over."""
    await answered(house, who)
    await house.fill("ana", "close", disposition="answered", words="")


async def held(house: House, who: str) -> None:
    """All posting is on hold."""
    until = (house.clock.wall + timedelta(hours=2)).isoformat()
    await house.fill("ana", "hold", until=until, words="A moment.")


async def _reading(house: House) -> Form:
    draft = (await house.look()).drafts[0]
    return await house.form("ana", "read_once_more", draft=draft.id, version=str(draft.version))


Scene = Callable[[House, str], Awaitable[None]]
SCENES: Mapping[str, Scene] = {
    scene.__name__: scene
    for scene in (new, owned, own, cooling, cooled, unread, stopped, silent, offline, promised, doubtful, answered, settled, held)
}  # fmt: skip
#: Where an act has something to act on; every other is tried on what nobody has.
OF_ACT: Mapping[str, str] = {
    **dict.fromkeys(("hand_back", "last_word", "write"), "own"),
    **dict.fromkeys(("discard", "release_early"), "cooling"),
    **dict.fromkeys(("read_once_more", "send"), "unread"),
    "lift_stop": "stopped",
    "second_silence": "silent",
    **dict.fromkeys(("show_contact", "take_over", "log_contact", "end_handoff"), "offline"),
    "settle_promise": "promised",
    **dict.fromkeys(("try_again", "not_there", "take_back", "ask_a_lead", "is_there", "by_hand"), "doubtful"),
    **dict.fromkeys(("correct", "close", "close_list"), "answered"),
    **dict.fromkeys(("reopen", "look_back", "outcome", "lesson", "action", "finish_action"), "settled"),
    "end_hold": "held",
}


def values(c: Conversation, house: House) -> Mapping[str, str]:
    """Something that fits for every field and every value that a press may carry."""
    draft = c.drafts[0] if c.drafts else None
    attempt = c.attempts[0] if c.attempts else None
    soon = (house.clock.wall + timedelta(days=1)).isoformat()
    return {
        "epoch": str(c.owners), "seen": str(c.seen), "stage": "response", "words": "It is what we can say. I write by four. Ana",
        "draft": draft.id if draft else "", "version": str(draft.version) if draft else "",
        "seal": draft.words.seal if draft else "", "attempt": attempt.key if attempt else "a1",
        "round": str(attempt.round) if attempt else "", "code": "public_offer", "looked": "yes",
        "url": "https://square.test/ours", "way": "phone", "contact": "+49 170 7654321", "next": soon,
        "reached": "yes", "made_good": "explained", "due": soon, "review": soon,
        "promise": c.promises[0].id if c.promises else "", "state": "kept", "disposition": "answered",
        "conversations": f"{c.id}@{c.seen}", "to": "ben", "lead": "ben", "into": OTHER[0], "until": soon,
        "name": "Eve", "role": "lead", "roles": "lead", "person": "ben", "sure": "yes", "outcome": "calmed",
        "owner": "ben", "author": "Eve", "platform": "square", "account": "square", "ref": "nothing",
        "on_duty": "yes", "place": "C9", "room": "slack", "q": "parcel", "action": "x",
    }  # fmt: skip
