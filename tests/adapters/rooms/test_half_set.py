"""A chat that is set by half opens nothing, and says which half is missing."""

from collections.abc import Callable

import pytest
from pydantic import SecretStr

from adapters.connections import Connections
from adapters.rooms import Means, open_rooms
from bot.errors import WrongSettings
from bot.nouns.team import Grants, Team
from tests.adapters.rooms.slack.house import FakeHealth, FakeScratch
from tests.fakes.clock import FakeClock


def _means(*names: str) -> Means:
    async def team() -> Team:
        return Team()

    def given(name: str) -> Callable[[], SecretStr] | None:
        return (lambda: SecretStr("x")) if name in names else None

    return Means(
        clock=FakeClock(),
        given=given,
        team=team,
        secret=b"s",
        scratch=FakeScratch(),
        health=FakeHealth(),
        grants=Grants(),
        connections=Connections(),
    )


@pytest.mark.parametrize("name", ["slack_app_token", "slack_signing_secret"])
def test_slack_without_its_bot_token(name: str) -> None:
    """Whoever set one of two is told which one is missing, not that all is well without Slack."""
    with pytest.raises(WrongSettings, match=rf"COOLHEAD_{name.upper()} is set, but COOLHEAD_SLACK_BOT_TOKEN is not"):
        open_rooms(_means(name))


def test_nothing_set_is_no_chat() -> None:
    """The web desk alone is a team's whole room."""
    assert open_rooms(_means()) == {}
