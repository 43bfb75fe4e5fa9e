"""`coolhead forget` as an operator uses it, over a house on fakes (real processes: tests/stories/test_forget.py)."""

import argparse
import json
from dataclasses import dataclass
from typing import Any

import pytest

from bot.cli_forget import forget
from bot.errors import WrongUse
from bot.nouns.mention import Unreadable
from bot.work.forgetting import Forgetting
from tests.bot.work.house import House
from tests.bot.work.test_forgetting import forgetting
from tests.fakes.platform import FakePlatform


@dataclass
class Opened:
    """What a command sees of a house."""

    house: House

    def __getattr__(self, name: str) -> Any:
        """Its parts."""
        return getattr(self.house, name)

    def forgetting(self) -> Forgetting:
        """What forgets."""
        return forgetting(self.house)


@pytest.fixture
async def opened() -> Opened:
    """A house in which Mara said something."""
    house = await House().staffed()
    await house.arrives()
    return Opened(house)


async def asked(opened: Opened, who: str, *, look: bool = False, as_json: bool = False) -> int:
    """The command, and its exit code."""
    return await forget(opened, argparse.Namespace(who=who, look=look, json=as_json))


async def readable(opened: Opened) -> bool:
    """Whether Mara's words are still there."""
    first = (await opened.house.talk(opened.house.lies("m1"))).first
    assert first is not None
    return first.words.read("gone") != "gone"


async def test_a_look_forgets_nobody(opened: Opened, capsys: pytest.CaptureFixture[str]) -> None:
    """It says whom it would forget, and leaves everything as it is."""
    assert await asked(opened, "mara", look=True) == 0
    assert capsys.readouterr().out.startswith("It would forget: one person.\n  ")
    assert await readable(opened)
    assert await asked(opened, "mara", look=True, as_json=True) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["forgotten"], len(told["persons"]), told["quarantine"]) == (False, 1, 0)


async def test_who_is_meant_is_forgotten(opened: Opened, capsys: pytest.CaptureFixture[str]) -> None:
    """With what lies unreadable in quarantine and holds the name; after that nobody goes by it."""
    await opened.house.hears(Unreadable(source="mastodon", raw='{"acct": "@mara"', because="no JSON"))
    assert await asked(opened, "@mara") == 0
    said = capsys.readouterr().out
    assert "Forgotten: one person, and one unreadable entry that held the name." in said
    assert "withdrawn while Coolhead runs" in said
    assert not await readable(opened)
    assert (await opened.house.asides.page("quarantine"))[0] == []
    assert await asked(opened, "@mara") == 1
    assert "Nobody here goes by that name." in capsys.readouterr().out
    assert await asked(opened, "@mara", as_json=True) == 1
    assert json.loads(capsys.readouterr().out) == {"forgotten": False, "persons": [], "quarantine": 0}


async def test_what_only_lies_in_quarantine_goes_without_an_event(opened: Opened) -> None:
    """No person's key is known then, so there is nobody to forget."""
    await opened.house.hears(Unreadable(source="mastodon", raw='{"acct": "@tom"', because="no JSON"))
    assert await asked(opened, "tom") == 0
    assert (await opened.house.asides.page("quarantine"))[0] == []
    assert "erased" not in await opened.house.kinds()


async def test_a_name_of_several_people_is_refused(
    opened: Opened, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The answer says how to name one of them; progress goes to standard error."""
    monkeypatch.setattr("bot.work.known.TELL", 1)
    opened.house.platforms["square"] = FakePlatform(opened.house.clock, "square")
    await opened.house.arrives("Where is it?", "s1", platform="square")
    with pytest.raises(WrongUse, match="mastodon:@mara or square:@mara"):
        await asked(opened, "@mara")
    assert await readable(opened)
    assert "1 looked at so far." in capsys.readouterr().err
    assert await asked(opened, "square:@mara") == 0
    assert await readable(opened)
