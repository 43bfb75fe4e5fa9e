"""Where a statement may stand, and why it may not."""

import pytest

from bot.nouns.delivery import How, Reach, Way
from bot.screens.shapes import Form
from tests.bot.work.desk_house import House, no
from tests.bot.work.desk_square import FakeSquare


@pytest.fixture
async def house() -> House:
    """A team."""
    return await House().begin()


class _Listens(FakeSquare):
    """A platform that has no account of ours."""

    def __init__(self, name: str, public: Way) -> None:
        super().__init__()
        self._name = name
        self.reach_ = Reach(public=public, private=Way(how=How.NONE))

    @property
    def name(self) -> str:
        """As keys have it."""
        return self._name


async def test_a_statement_is_offered_where_it_can_stand(house: House) -> None:
    """By API, or by hand on an account of ours with a name; where news only come in nobody can say anything."""
    house.platforms["inbox"] = _Listens("inbox", Way(how=How.NONE, because="it only listens"))
    house.platforms["alerts"] = _Listens("alerts", Way(how=How.HAND, because="there is no connection"))
    form = await house.form("kim", "statement", ("", ""))
    assert form.fields[0].options == (("square", "@shop on Square"),)
    house.square.reach_ = Reach(public=Way(how=How.HAND, because="the token is old"), private=Way(how=How.NONE))
    assert (await house.form("kim", "statement", ("", ""))).fields[0].options == (("square", "@shop on Square"),)
    chosen = await house.send_back("kim", form, account="inbox", words="It is up again.")
    assert isinstance(chosen, Form)
    assert chosen.error == "Choose the account it is for."


async def test_no_account_of_ours_is_said(house: House) -> None:
    """Where there is nothing to say it on, the reason stands in the place of the form; nothing typed is lost."""
    form = await house.form("kim", "statement", ("", ""))
    del house.platforms["square"]
    house.platforms["alerts"] = _Listens("alerts", Way(how=How.HAND, because="a teammate posts there"))
    house.platforms["inbox"] = _Listens("inbox", Way(how=How.NONE, because="it came without an address"))
    because = "There is no account of ours to say it on. Google Alerts: a teammate posts there. Settings name"
    assert because in no(await house.press("kim", "statement", ("", "")))
    back = await house.send_back("kim", form, words="It is up again.")
    assert isinstance(back, Form)
    assert (because in back.error, back.filled["words"]) == (True, "It is up again.")
