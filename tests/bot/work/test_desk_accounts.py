"""The last look before the press says from which account the words go out; another one by the press sends nothing."""

from dataclasses import replace

import pytest

from bot.nouns.delivery import Account
from bot.screens.shapes import Form, Quote, Said
from tests.bot.work.desk_house import HERE, House, no, said


@pytest.fixture
async def house() -> House:
    """A team, and Mara's post."""
    made = await House().begin()
    await made.mention()
    return made


def sentences(form: Form) -> list[str]:
    """The sentences of ours that stand beside a form."""
    return [one.text for one in form.beside if isinstance(one, Said)]


def named(house: House, name: str, platform: str = "square") -> None:
    """We are signed in there as somebody else from now on."""
    house.accounts[platform] = Account(platform=platform, name=name)


async def test_the_form_says_from_which_account(house: House) -> None:
    """Right under our words, as people write it; of two platforms the one the words go to."""
    named(house, "@other@elsewhere.example", "pond")
    named(house, "@shop@example.social")
    form = await house.cooled()
    ours = next(place for place, one in enumerate(form.beside) if isinstance(one, Quote) and one.ours)
    assert form.beside[ours + 1] == Said("As @shop@example.social on Square.")
    assert not any("elsewhere" in each for each in sentences(form))
    said(await house.send_back("ana", form))
    assert (await house.look()).attempts[0].account == house.accounts["square"]


@pytest.mark.parametrize("name", ["", None])
async def test_an_account_that_nobody_named_is_not_guessed(house: House, name: str | None) -> None:
    """Where nobody knows who we are there, the form says nothing of it, and the press is as good as ever."""
    house.accounts.clear()
    if name is not None:
        named(house, name)
    form = await house.cooled()
    assert not any(each.startswith("As ") for each in sentences(form))
    said(await house.send_back("ana", form))


async def test_a_name_that_hides_something_is_shown_plainly(house: House) -> None:
    """Unseen signs and line breaks do not reach the sentence."""
    named(house, "@shop\u202e\n@evil")
    assert "As @shop @evil on Square." in sentences(await house.cooled())


@pytest.mark.parametrize(
    ("by_now", "because"),
    [
        ("@service", "By now it would go out as @service, not from the account you were shown."),
        ("", "By now nobody can say from which account it would go out."),
    ],
)
async def test_another_account_at_the_press_sends_nothing(house: House, by_now: str, because: str) -> None:
    """Somebody signed in as another after the form was opened: refused with what changed, and the words are kept."""
    form = await house.cooled()
    named(house, by_now)
    assert no(await house.send_back("ana", form)) == f"{because} Read it once more; then it can go."
    kept = await house.look()
    assert kept.attempts == ()
    assert [draft.words.read() for draft in kept.drafts] == ["I am on it by four. Ana"]
    values = {name: form.values[name] for name in ("draft", "version")}
    said(await house.send_back("ana", await house.form("ana", "read_once_more", HERE, **values)))
    assert (await house.look()).attempts[0].account == house.accounts["square"]


async def test_the_form_that_was_pressed_counts(house: House) -> None:
    """A form opened later, with the new account on it, makes an older one no better."""
    old = await house.cooled()
    named(house, "@service")
    values = {name: old.values[name] for name in ("draft", "version")}
    new = await house.form("ana", "read_once_more", HERE, **values)
    assert "as @service" in no(await house.send_back("ana", old))
    said(await house.send_back("ana", new))


async def test_other_words_are_still_other_words(house: House) -> None:
    """A press on words that are not these is told so, whatever the account."""
    form = await house.cooled()
    named(house, "@service")
    forged = replace(form, values={**form.values, "seal": "0" * 64})
    assert "meanwhile" in no(await house.send_back("ana", forged))
    assert (await house.look()).attempts == ()
