"""The register of platforms: name -> how to open it from its settings. README.md says how to add one."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from aiohttp import ClientSession
from pydantic import SecretStr

from adapters.connections.secret import Secret, reveal
from adapters.platforms.by_hand import ByHandPlatform
from adapters.platforms.inbox import Inbox
from bot.errors import WrongSettings
from bot.nouns.community import Community
from bot.nouns.mention import MentionKey
from bot.nouns.team import Place
from bot.ports import Clock, Platform

if TYPE_CHECKING:  # neither library is small, and mostly neither is needed
    from adapters.connections.discord import Connection
    from adapters.connections.slack import Slack
    from adapters.connections.slack_events import SlackEvents


class Troubles(Protocol):
    """Where a part says that it does not work, and that it works again."""

    def trouble(self, part: str, because: str) -> None: ...
    def well(self, part: str) -> None: ...


class _Unsaid:
    def trouble(self, part: str, because: str) -> None:
        """Nobody is there to be told; the platform's own `trouble` says it too."""

    def well(self, part: str) -> None:
        """The same."""


async def _no_places() -> Sequence[Place]:
    return ()


async def _nothing(key: MentionKey) -> Sequence[str]:
    del key
    return ()


@dataclass(frozen=True, slots=True)
class Communities:
    """What listening to communities needs besides.

    `places`: where the team sits, for nobody is listened to there. `awaited`: the words that teammates said they would
    post by hand under a mention. `discord`, `slack`: connections shared with a room, where there is one. Discord's must
    have been made with `community_intents` too, and not be attended yet; `slack_events` is where the Slack
    room passes on what it receives. Without them a platform opens its own from its token.
    """

    tables: Sequence[Community] = ()
    places: Callable[[], Awaitable[Sequence[Place]]] = _no_places
    awaited: Callable[[MentionKey], Awaitable[Sequence[str]]] = _nothing
    health: Troubles = field(default_factory=_Unsaid)
    discord: "Connection | None" = None
    slack: "Slack | None" = None
    slack_events: "SlackEvents | None" = None

    def of(self, platform: str) -> Sequence[Community]:
        """Those of one network."""
        return [each for each in self.tables if each.platform == platform]


@dataclass(frozen=True, slots=True)
class Means:
    """What every platform is opened with.

    `values`: settings by their name without prefix in lower case, `mastodon_url`; all secret, for many of them are, and one
    that lies in a file may be changed while we run.
    `inbox_tokens`: source -> secret. `session`: without cookies (`DummyCookieJar`), shared by all.
    """

    clock: Clock
    session: ClientSession
    values: Mapping[str, Secret]
    inbox_tokens: Mapping[str, SecretStr]
    communities: Communities = field(default_factory=Communities)

    def value(self, name: str) -> str:
        """A setting, or '' where it is not set."""
        found = self.values.get(name)
        return reveal(found) if found is not None else ""


def _inbox(means: Means) -> Platform | None:
    return Inbox(means.inbox_tokens, means.clock) if means.inbox_tokens else None


def _alerts(means: Means) -> Platform | None:
    feeds = [SecretStr(each.strip()) for each in means.value("alert_feeds").split(",") if each.strip()]
    if not feeds:
        return None
    from adapters.platforms.alerts import Alerts  # and the feed parser with it

    return Alerts(feeds, means.session, means.clock)


def _mastodon(means: Means) -> Platform | None:
    url, token = means.value("mastodon_url"), means.values.get("mastodon_token")
    if not url or token is None:
        return None
    from adapters.platforms.mastodon import Mastodon

    return Mastodon(url, token, means.session, means.clock)


def _discord(means: Means) -> Platform | None:
    """The community on Discord: over the room's connection, or over one of its own."""
    also, token = means.communities, means.values.get("discord_token")
    if not also.of("discord"):
        return None
    if token is None:
        raise WrongSettings('[[community]] with platform = "discord" needs COOLHEAD_DISCORD_TOKEN.')
    from adapters.connections.discord import Connection, community_intents, least_intents
    from adapters.platforms.community_discord import CommunityDiscord

    own = also.discord is None
    wanted = least_intents() | community_intents()
    connection = also.discord or Connection(token=token, clock=means.clock, intents=wanted, health=also.health)
    return CommunityDiscord(
        connection=connection,
        tables=also.of("discord"),
        places=also.places,
        awaited=also.awaited,
        clock=means.clock,
        attends=own,
    )


def _slack(means: Means) -> Platform | None:
    """The community in Slack: over the room's connection, or over one of its own."""
    also, token = means.communities, means.values.get("slack_bot_token")
    if not also.of("slack"):
        return None
    if token is None:
        raise WrongSettings('[[community]] with platform = "slack" needs COOLHEAD_SLACK_BOT_TOKEN.')
    from adapters.connections.slack import Slack
    from adapters.platforms.community_slack import CommunitySlack

    return CommunitySlack(
        slack=also.slack or Slack(token=token, clock=means.clock, api_url=means.value("slack_api_url")),
        tables=also.of("slack"),
        places=also.places,
        awaited=also.awaited,
        clock=means.clock,
        events=also.slack_events,
        owns=also.slack is None,
    )


#: Each answers None where its settings are not there, and imports its platform only where they are.
FACTORIES: Mapping[str, Callable[[Means], Platform | None]] = {
    "inbox": _inbox,
    "alerts": _alerts,
    "mastodon": _mastodon,
    "discord": _discord,
    "slack": _slack,
}
#: Networks whose communities can be a source.
_COMMUNITIES = ("discord", "slack")


def open_platforms(means: Means) -> Mapping[str, Platform]:
    """Every platform that is set up, by name. Raises WrongSettings for a setting that cannot be used."""
    for each in means.communities.tables:
        if each.platform not in _COMMUNITIES:
            raise WrongSettings(f"[[community]]: platform has to be one of {', '.join(_COMMUNITIES)}.")
    opened = {name: factory(means) for name, factory in FACTORIES.items()}
    return {name: platform for name, platform in opened.items() if platform is not None}


def platform_for(name: str, opened: Mapping[str, Platform]) -> Platform:
    """The platform of this name; one that nobody opened is served by hand."""
    return opened.get(name) or ByHandPlatform(name)
