"""After the press on Send at the desk: by hand, doubtful, not sent, sent back."""

import pytest

from bot.nouns.conversation import AttemptState
from bot.nouns.delivery import Account, How, NotSent, Posted, Reach, Unknown, Way
from bot.nouns.mention import MentionKey
from bot.screens.shapes import Done, Fact, Form, Page, Quote, Said
from tests.bot.work.desk_house import HERE, House, no, said


@pytest.fixture
async def house() -> House:
    """A team, and Mara's post."""
    made = await House().begin()
    await made.mention()
    return made


def passages(answer: Form | Page) -> str:
    """Everything that stands beside a form, or on a page, as text."""
    found = answer.beside if isinstance(answer, Form) else [p for part in answer.parts for p in part.passages]
    return "\n".join(str(p.text) for p in found if isinstance(p, Quote | Said | Fact))


async def test_where_nobody_can_look_the_presser_is_asked(house: House) -> None:
    """By hand, unasked platforms and a failed look all show the tick; a statement never does."""
    form = await house.cooled()
    assert form.fields == ()
    draft, version = form.values["draft"], form.values["version"]
    house.square.reach_ = Reach(public=Way(how=How.HAND), private=Way(how=How.API))
    form = await house.form("ana", "read_once_more", draft=draft, version=version)
    assert [f.name for f in form.fields] == ["looked"]
    said(await house.send_back("ana", form, looked="yes"))
    assert (await house.look()).attempts[0].looked


async def test_after_a_failed_look_the_presser_looks(house: House) -> None:
    """Sent back because the platform could not tell, or where no platform of ours is: the tick stands there."""
    ready = await house.cooled()
    said(await house.send_back("ana", ready))
    await house.sent_back()
    values = {"draft": ready.values["draft"], "version": ready.values["version"]}
    again = await house.form("ana", "read_once_more", HERE, **values)
    assert [f.name for f in again.fields] == ["looked"]
    said(await house.send_back("ana", again, looked="yes"))
    await house.outbox(Unknown(because="Lost."))
    house.clock.advance(60)
    house.platforms.clear()
    (_, attempt) = (await house.look()).attempts
    refused = await house.press("ana", "try_again", attempt=attempt.key, round="1")
    assert "could not say" in no(refused)


async def test_where_no_platform_of_ours_is_the_presser_looks(house: House) -> None:
    """What no API reaches is looked at by whoever sends, and measured by the place's name."""
    house.platforms.clear()
    ready = await house.cooled()
    assert [f.name for f in ready.fields] == ["looked"]
    words = ready.beside[1]
    assert isinstance(words, Quote)
    assert words.length is not None
    assert words.length.limit == 5000


async def test_by_hand_copy_open_and_say_so(house: House) -> None:
    """After Send passed every rule the words are there to copy; a link closes it, Not now takes it back."""
    said(await house.send_back("ana", await house.cooled()))
    await house.outbox(Posted(), by_hand=True)
    (attempt,) = (await house.look()).attempts
    form = await house.form("ana", "by_hand", attempt=attempt.key)
    (words,) = form.beside
    assert isinstance(words, Quote)
    assert words.copy
    assert words.url == "https://square.test/m1"
    assert "kept" in said(await house.press("ana", "take_back", attempt=attempt.key))
    (draft,) = (await house.look()).drafts
    again = await house.form("ana", "read_once_more", draft=draft.id, version="1")
    said(await house.send_back("ana", again))
    await house.outbox(Posted(), by_hand=True)
    attempt = (await house.look()).attempts[-1]
    said(await house.fill("ana", "by_hand", attempt=attempt.key, url="https://square.test/99"))
    assert (await house.look()).attempts[-1].state is AttemptState.POSTED


async def test_nobody_can_tell_and_a_person_looks(house: House) -> None:
    """It is there, with its link; and a lead can be asked by name."""
    said(await house.send_back("ana", await house.cooled()))
    await house.outbox(Unknown(because="The answer was lost."))
    (attempt,) = (await house.look()).attempts
    assert said(await house.press("ana", "ask_a_lead", attempt=attempt.key)) == "Asked Kim and Ravi in the thread."
    house.clock.advance(60)
    form = await house.form("ana", "is_there", attempt=attempt.key)
    assert "I am on it" in passages(form)
    assert "among the replies to" in passages(form)
    said(await house.send_back("ana", form, url="https://square.test/7"))
    assert (await house.look()).attempts[0].url == "https://square.test/7"


@pytest.mark.parametrize(
    ("found", "answer", "state"),
    [
        ("absent", "tried once more", AttemptState.ASKED),
        ("posted", "not sent again", AttemptState.POSTED),
        ("fault", "could not say", AttemptState.UNKNOWN),
    ],
)
async def test_try_again_looks_first(house: House, found: str, answer: str, state: AttemptState) -> None:
    """Only what a fresh look did not find is tried again, under the same key."""
    said(await house.send_back("ana", await house.cooled()))
    await house.outbox(Unknown(because="The answer was lost."))
    (attempt,) = (await house.look()).attempts
    house.clock.advance(60)
    house.square.found = {
        "absent": house.square.found,
        "posted": Posted(key=MentionKey(platform="square", id="x"), url="https://square.test/x"),
        "fault": RuntimeError("broken"),
    }[found]
    got = await house.press("ana", "try_again", attempt=attempt.key, round="1")
    assert answer in (got.said if isinstance(got, Done) else no(got))
    (after,) = (await house.look()).attempts
    assert (after.key, after.state) == (attempt.key, state)


async def test_a_press_names_the_account_and_another_one_finds_nothing(house: House) -> None:
    """What was sent from one account is not called absent because another of ours does not show it."""
    said(await house.send_back("ana", await house.cooled()))
    (asked,) = (await house.look()).attempts
    shop = house.accounts["square"]
    assert asked.account == shop
    await house.outbox(Unknown(because="The answer was lost."))
    house.clock.advance(60)
    house.accounts["square"] = Account(platform="square", name="@service")
    assert "could not say" in no(await house.press("ana", "try_again", attempt=asked.key, round="1"))
    assert (await house.look()).attempts[0].state is AttemptState.UNKNOWN
    house.accounts["square"] = shop
    assert "tried once more" in said(await house.press("ana", "try_again", attempt=asked.key, round="1"))
    assert (await house.look()).attempts[0].account == shop


async def test_it_is_not_there_and_left(house: House) -> None:
    """It did not go out, and is not tried again by itself."""
    said(await house.send_back("ana", await house.cooled()))
    await house.outbox(Unknown(because="The answer was lost."))
    (attempt,) = (await house.look()).attempts
    house.clock.advance(60)
    said(await house.press("ana", "not_there", attempt=attempt.key))
    assert (await house.look()).attempts[0].state is AttemptState.NOT_SENT


async def test_not_sent_is_a_definite_no(house: House) -> None:
    """What was not sent may be read and sent anew."""
    said(await house.send_back("ana", await house.cooled()))
    await house.outbox(NotSent(because="The account is locked."))
    (draft,) = (await house.look()).drafts
    form = await house.form("ana", "read_once_more", draft=draft.id, version="1")
    said(await house.send_back("ana", form))
