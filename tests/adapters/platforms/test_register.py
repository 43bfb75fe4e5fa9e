"""The register: settings become platforms."""

import pytest
from aiohttp import ClientSession
from pydantic import SecretStr

from adapters.platforms import FACTORIES, Communities, Means, open_platforms, platform_for
from adapters.platforms.by_hand import ByHandPlatform
from bot.errors import WrongSettings
from bot.nouns.community import Community
from tests.fakes.clock import FakeClock


def means(session: ClientSession, **values: str) -> Means:
    """Settings as the composition root hands them over."""
    return Means(FakeClock(), session, {name: SecretStr(value) for name, value in values.items()}, {})


async def test_only_what_is_set_up_is_opened(session: ClientSession) -> None:
    """Half of a platform's settings are none."""
    assert open_platforms(means(session)) == {}
    assert open_platforms(means(session, mastodon_url="https://a.example")) == {}
    values = {"mastodon_url": "https://a.example", "mastodon_token": "t", "alert_feeds": " https://x.example/1, ,"}
    assert set(open_platforms(means(session, **values))) == {"mastodon", "alerts"}
    inbox = Means(FakeClock(), session, {}, {"local": SecretStr("t")})
    assert set(open_platforms(inbox)) == {"inbox"}


async def test_every_platform_goes_by_the_name_it_is_registered_under(session: ClientSession) -> None:
    """The register's key is the platform's own name."""
    values = {"mastodon_url": "https://a.example", "mastodon_token": "t", "alert_feeds": "https://x.example/1"}
    values |= {"discord_token": "t", "slack_bot_token": "t"}
    also = Communities((Community(platform="discord", channels=("1",)), Community(platform="slack", channels=("C1",))))
    given = Means(FakeClock(), session, {n: SecretStr(v) for n, v in values.items()}, {"local": SecretStr("t")}, also)
    opened = open_platforms(given)
    assert {name: platform.name for name, platform in opened.items()} == {name: name for name in FACTORIES}


async def test_a_wrong_setting_is_said(session: ClientSession) -> None:
    """An address that is none does not start."""
    with pytest.raises(WrongSettings):
        open_platforms(means(session, mastodon_url="nonsense", mastodon_token="t"))


@pytest.mark.parametrize("platform", ["discord", "slack", "irc"])
async def test_a_community_that_cannot_be_reached_is_said(session: ClientSession, platform: str) -> None:
    """A network without its token, and one that we do not know, do not start."""
    also = Communities((Community(platform=platform, channels=("1",)),))
    with pytest.raises(WrongSettings, match=r"\[\[community\]\]"):
        open_platforms(Means(FakeClock(), session, {}, {}, also))


async def test_whatever_nobody_opened_is_served_by_hand(session: ClientSession) -> None:
    """Any platform's name has somebody to ask."""
    found = platform_for("trustpilot", {})
    assert isinstance(found, ByHandPlatform)
    assert found.name == "trustpilot"
