"""`coolhead check`: what it finds in Slack, and what to press."""

import pytest
from pydantic import SecretStr

from adapters.rooms.slack.check import mistaken
from adapters.rooms.slack.manifest import SCOPES
from bot.nouns.team import Place
from bot.ports import Finding
from tests.adapters.rooms.slack.faults import Faults, faults
from tests.adapters.rooms.slack.house import PLACES, House, house
from tests.adapters.rooms.slack.peers import CARE, local_slack
from tests.adapters.rooms.slack.virtual import Virtual


async def _check(
    *, held: str = ",".join(SCOPES), channel: dict[str, object] | None = None, places: tuple[Place, ...] = PLACES[:1]
) -> tuple[Finding, ...]:
    """The findings where the app holds these scopes and the channel is told like that."""
    async with local_slack() as slack, faults(slack.api_url) as proxy, house(proxy.url, places=places) as made:
        proxy.headers = {"X-OAuth-Scopes": held}

        def edit(method: str, answer: dict[str, object]) -> None:
            if method == "conversations.info" and isinstance(told := answer.get("channel"), dict):
                told |= channel or {"is_private": True}

        proxy.edit = edit
        return tuple(await made.room.check())


def _wrong(found: tuple[Finding, ...]) -> list[Finding]:
    return [one for one in found if not one.ok]


async def test_all_is_well() -> None:
    """Who we are and where, how presses come in, and each place."""
    found = await _check()
    assert _wrong(found) == []
    said = " ".join(one.what for one in found)
    assert "coolhead" in said
    assert "Socket Mode" in said
    assert "#care" in said


async def test_each_missing_scope_is_named_with_its_reason() -> None:
    """And with what to press."""
    found = _wrong(await _check(held="chat:write,commands"))
    assert len(found) == len(SCOPES) - 2
    lacking = {scope: reason for scope, reason in SCOPES.items() if scope not in ("chat:write", "commands")}
    assert [one.what for one in found] == [f"The app lacks the scope {scope}: {why}" for scope, why in lacking.items()]
    assert all("manifest" in one.fix for one in found)


@pytest.mark.parametrize(
    ("told", "ok", "says"),
    [
        ({"is_private": False}, True, "public"),
        ({"is_archived": True}, False, "archived"),
        ({"is_member": False}, False, "/invite"),
        ({"is_ext_shared": True}, False, "shared = true"),
        ({"is_pending_ext_shared": True}, False, "another company"),
    ],
    ids=str,
)
async def test_what_a_channel_lacks(told: dict[str, object], ok: bool, says: str) -> None:
    """Public is a warning; archived, not invited, shared with another company is not well."""
    found = (await _check(channel=told))[-1]
    assert found.ok is ok
    assert says in f"{found.what} {found.fix}"


async def test_a_confirmed_shared_channel_is_well() -> None:
    """It shows the least, and says so."""
    place = Place(room="slack", id=CARE, name="care", shared=True)
    found = (await _check(channel={"is_ext_shared": True}, places=(place,)))[-1]
    assert found.ok


async def test_a_channel_that_is_not_there() -> None:
    """Its id is asked for."""
    found = (await _check(places=(Place(room="slack", id="C0GONE", name="gone"),)))[-1]
    assert not found.ok
    assert "id" in found.fix


async def test_no_place_yet() -> None:
    """What to do first."""
    found = (await _check(places=(Place(room="web", id="desk"),)))[-1]
    assert not found.ok
    assert "/invite @Coolhead" in found.fix


async def test_nothing_by_which_presses_come_in() -> None:
    """A bot token alone can post and hear nobody."""
    async with local_slack() as slack, house(slack.api_url, socket=False) as signed:
        assert any("signed HTTP" in one.what for one in await signed.room.check())
        signed.room._signing_secret = None
        found = [one for one in await signed.room.check() if not one.ok]
        assert ["COOLHEAD_SLACK_APP_TOKEN" in one.fix for one in found] == [True]


async def test_slack_is_not_reached() -> None:
    """A sentence, no error."""
    made = House("http://127.0.0.1:9/api/")
    found = await made.room.check()
    assert [one.ok for one in found] == [False]
    assert "reaches Slack" in found[0].fix


async def test_an_app_token_that_opens_no_socket() -> None:
    """Said with what to switch on."""
    async with local_slack() as slack, faults(slack.api_url) as proxy, house(proxy.url) as made:
        _no_socket(proxy)
        found = [one for one in await made.room.check() if not one.ok]
        assert "connections:write" in found[0].fix


def _no_socket(proxy: Faults) -> None:
    proxy.next("apps.connections.open", ("error", "not_allowed_token_type"))


@pytest.mark.parametrize(
    ("bot", "app", "named"),
    [
        ("xapp-1", "xapp-1", ["COOLHEAD_SLACK_BOT_TOKEN"]),
        ("xoxp-1", None, ["COOLHEAD_SLACK_BOT_TOKEN"]),
        ("xoxb-1", "xoxb-1", ["COOLHEAD_SLACK_APP_TOKEN"]),
        ("xapp-1", "xoxb-1", ["COOLHEAD_SLACK_BOT_TOKEN", "COOLHEAD_SLACK_APP_TOKEN"]),
        ("xoxb-1", "xapp-1", []),
        ("xoxe.xoxb-1", None, []),
    ],
)
def test_tokens_that_were_mistaken(bot: str, app: str | None, named: list[str]) -> None:
    """Each kind begins in its own way; which one is wrong is said, and none of it is shown."""
    found = mistaken(SecretStr(bot), SecretStr(app) if app is not None else None)
    assert [each.what.split()[0] for each in found] == named
    assert not any(bot in each.what + each.fix for each in found)


async def test_a_mistaken_token_is_said_before_slack_is_asked() -> None:
    """Slack would only answer that it does not know it."""
    slack = Virtual()
    slack.token = "xapp-of-somebody"
    (found,) = await slack.done(slack.room.check())
    assert (found.ok, slack.world.calls.total()) == (False, 0)
