"""What every platform promises, whatever network it speaks to: the same trials for each of them.

A new platform joins by a line in `PLATFORMS`; its server is away throughout, for that is when promises are hardest.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from aiohttp import ClientSession, DummyCookieJar
from pydantic import SecretStr

from adapters.connections.discord import Connection, least_intents
from adapters.connections.discord import community_intents as intents
from adapters.connections.slack import Slack
from adapters.platforms.alerts import Alerts
from adapters.platforms.by_hand import ByHandPlatform
from adapters.platforms.community_discord import CommunityDiscord
from adapters.platforms.community_slack import CommunitySlack
from adapters.platforms.inbox import Inbox
from adapters.platforms.mastodon import Mastodon
from bot.nouns.delivery import (
    Absent,
    Account,
    Audience,
    ByHand,
    Cleared,
    NotSent,
    Posted,
    Reach,
    Target,
    ToAccount,
    ToAuthor,
    ToMention,
    ToPost,
    Unknown,
)
from bot.nouns.mention import About, Author, CannotTell, Mention, MentionKey
from bot.nouns.words import Words, seal
from bot.ports import Door, Finding, Platform
from tests.adapters.platforms.communities import away_client, discord_table, nobody_waits, nowhere, slack_table
from tests.adapters.platforms.ears import Ears, QuickClock
from tests.adapters.rooms.slack.house import FakeHealth

CANARY = "canary-secret-4711"
AWAY = "http://127.0.0.1:9"  # the discard port: nobody listens


def discord_community(clock: QuickClock) -> CommunityDiscord:
    """A community on a Discord that is away."""
    wanted, health = least_intents() | intents(), FakeHealth()
    token = SecretStr(CANARY)
    connection = Connection(token=token, clock=clock, intents=wanted, health=health, make=away_client)
    tables = [discord_table(post_as_bot=True)]
    return CommunityDiscord(connection=connection, tables=tables, places=nowhere, awaited=nobody_waits, clock=clock)


def slack_community(clock: QuickClock) -> CommunitySlack:
    """A community in a Slack that is away."""
    slack = Slack(token=SecretStr(CANARY), clock=clock, api_url=f"{AWAY}/api/")
    tables = [slack_table(post_as_bot=True)]
    return CommunitySlack(slack=slack, tables=tables, places=nowhere, awaited=nobody_waits, clock=clock)


PLATFORMS: dict[str, Callable[[ClientSession, QuickClock], Platform]] = {
    "by hand": lambda session, clock: ByHandPlatform("trustpilot"),
    "inbox": lambda session, clock: Inbox({"shop": SecretStr(CANARY)}, clock),
    "alerts": lambda session, clock: Alerts([SecretStr(f"{AWAY}/{CANARY}")], session, clock),
    "mastodon": lambda session, clock: Mastodon(AWAY, SecretStr(CANARY), session, clock),
    "community on discord": lambda session, clock: discord_community(clock),
    "community in slack": lambda session, clock: slack_community(clock),
}

IDS = ["m1", "../../x", "", "\x00", "ü" * 600, "11-22", "C0CARE-1700000000.000100", "11-²²", "11-22\n"]
WORDS = ["Hello.", "", " ", "\x00", "\u202e", "e\u0301" * 500, "日" * 5000, "@a @b https://x.example", "<b>", "\\ud800"]


@pytest.fixture(params=PLATFORMS)
async def platform(request: pytest.FixtureRequest) -> AsyncIterator[Platform]:
    """Each platform in turn, its server away."""
    async with ClientSession(cookie_jar=DummyCookieJar()) as session:
        yield PLATFORMS[request.param](session, QuickClock())


def mention(platform: Platform) -> Mention:
    """Something said there."""
    return Mention(
        key=MentionKey(platform=platform.name, id="m1"),
        text="broken",
        author=Author(id="a", name="Ann", handle="ann"),
        url="https://x.example/m1",
        at=datetime(2026, 3, 2, tzinfo=UTC),
        visibility="public",
    )


def targets(platform: Platform) -> list[tuple[Target, Audience]]:
    """Everything words may be meant for, odd ids among them."""
    keys = [MentionKey(platform=platform.name, id=name) for name in IDS]
    account = Account(platform=platform.name)
    return [
        (ToAccount(account=account), Audience.PUBLIC),
        *((ToMention(key=key), Audience.PUBLIC) for key in keys),
        *((ToAuthor(key=key), Audience.PRIVATE) for key in keys),
        *((ToPost(key=key), Audience.PUBLIC) for key in keys),
    ]


def everything(platform: Platform) -> list[Cleared]:
    """Words of every kind for every target."""
    about = About(author=Author(handle="ann"), url="https://x.example/m1", visibility="public")
    return [
        Cleared(
            words=Words(ref="r", seal=seal("", text), text=text),
            target=target,
            account=Account(platform=platform.name),
            audience=audience,
            attempt_key="attempt",
            about=about if number % 2 else None,
        )
        for target, audience in targets(platform)
        for number, text in enumerate(WORDS)
    ]


async def test_it_has_a_name_and_doors(platform: Platform) -> None:
    """A name in lower case, and doors that can be opened without a socket."""
    assert platform.name
    assert platform.name == platform.name.lower()
    assert all(isinstance(door, Door) and door.path.startswith("/hooks/") for door in platform.doors(Ears()))


async def test_listening_ends_when_it_is_cancelled_or_at_once(platform: Platform) -> None:
    """It neither raises nor hangs, and with its server away it tells nothing."""
    ears = Ears()
    task = asyncio.create_task(platform.listen(None, ears))
    await asyncio.wait({task}, timeout=0.3)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    assert ears.news == []


async def test_without_an_answer_it_cannot_tell(platform: Platform) -> None:
    """A platform that is away has not deleted anything, and holds no words of ours."""
    for target, _ in targets(platform):
        if not isinstance(target, ToAccount):
            assert isinstance(await platform.look_again(target.key), CannotTell)
    for words in everything(platform):
        assert isinstance(await platform.find(words), CannotTell | Absent)


async def test_sending_always_ends_in_a_delivery(platform: Platform) -> None:
    """Whatever the words and the target, it is a value; without its server nothing was posted."""
    for words in everything(platform):
        sent = await platform.send(words)
        assert isinstance(sent, ByHand | NotSent | Unknown)
        assert not isinstance(sent, Posted)


async def test_reach_says_why_it_is_not_by_api(platform: Platform) -> None:
    """For a mention, one without an author or address, and an account of ours."""
    whole = mention(platform)
    bare = whole.model_copy(update={"author": Author(), "url": ""})
    for subject in (whole, bare, Account(platform=platform.name)):
        reach = platform.reach(subject)
        assert isinstance(reach, Reach)
        assert all(way.how == "api" or way.because for way in (reach.public, reach.private))


async def test_more_words_are_never_shorter(platform: Platform) -> None:
    """Counting is steady, and nothing counts as less than nothing."""
    for words in WORDS:
        length = platform.measure(words)
        assert length.limit > 0
        assert 0 <= length.used <= platform.measure(words + " and more").used
    assert platform.measure("").used == 0


async def test_check_finds_something_and_says_what_to_press(platform: Platform) -> None:
    """A platform whose server is away says so; what is wrong comes with what to do."""
    found = await platform.check()
    assert found
    assert all(isinstance(each, Finding) and each.what and (each.ok or each.fix) for each in found)


async def test_no_secret_is_told(platform: Platform) -> None:
    """Neither findings nor deliveries nor the platform's own description hold it."""
    told = [repr(platform), str(vars(platform)), repr(await platform.check())]
    told += [repr(await platform.send(words)) for words in everything(platform)[:12]]
    assert CANARY not in "".join(told)
