"""The register of rooms that know their people themselves: name -> how to open it from its settings.

A room's library is imported only where its settings are there: none of them is small.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from pydantic import SecretStr

from adapters.connections import Connections
from bot.errors import WrongSettings
from bot.nouns.team import Grants, Place, Team
from bot.ports import Clock, Room


class Troubles(Protocol):
    """Where a room says what does not work, and that it works again."""

    def trouble(self, part: str, because: str) -> None: ...
    def well(self, part: str) -> None: ...


class Scratch(Protocol):
    """Words that somebody typed and did not finish, for a day. `person`: what they are about, else who typed them."""

    async def put(self, person: str, key: str, body: bytes) -> None: ...
    async def list(self, person: str) -> Sequence[bytes]: ...
    async def drop(self, person: str, key: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Means:
    """What every room is opened with.

    `given` says how to read a setting, by its name without prefix in lower case, as it is now; None where it is not
    set. `secret` signs what choices carry, and is the same on every replica.
    """

    clock: Clock
    given: Callable[[str], Callable[[], SecretStr] | None]
    team: Callable[[], Awaitable[Team]]
    secret: bytes
    scratch: Scratch
    health: Troubles
    grants: Grants
    connections: Connections

    def listed(self, room: str) -> frozenset[str]:
        """The people and groups of a room that the settings name in any role, as they stand there."""
        entries = (*self.grants.teammate, *self.grants.lead, *self.grants.manager)
        return frozenset(each.removeprefix(f"{room}:") for each in entries if each.startswith(f"{room}:"))

    async def places(self) -> Sequence[Place]:
        """Every place that hears of incidents, in all rooms."""
        return (await self.team()).places

    def value(self, name: str) -> str:
        """A setting, or '' where it is not set."""
        found = self.given(name)
        return found().get_secret_value() if found is not None else ""


def _slack(means: Means) -> Room | None:
    token, shared = means.given("slack_bot_token"), means.connections.slack
    if token is None or shared is None:
        if half := [name for name in ("slack_app_token", "slack_signing_secret") if means.given(name) is not None]:
            raise WrongSettings(
                f"COOLHEAD_{half[0].upper()} is set, but COOLHEAD_SLACK_BOT_TOKEN is not. Slack needs both."
            )
        return None
    from adapters.rooms.slack.room import SlackRoom

    return SlackRoom(
        bot_token=token,
        app_token=means.given("slack_app_token"),
        signing_secret=means.given("slack_signing_secret"),
        api_url=means.value("slack_api_url"),
        clock=means.clock,
        secret=means.secret,
        scratch=means.scratch,
        places=means.places,
        team=means.team,
        health=means.health,
        connect=lambda **_: shared,
        events=means.connections.slack_events,
    )


def _discord(means: Means) -> Room | None:
    token = means.given("discord_token")
    if token is None:
        return None
    from adapters.rooms.discord.room import DiscordRoom

    async def listed() -> frozenset[str]:
        return means.listed("discord")

    return DiscordRoom(
        token=token,
        clock=means.clock,
        secret=means.secret,
        places=means.places,
        team=means.team,
        health=means.health,
        listed=listed,
        connection=means.connections.discord,
    )


#: Each answers None where its settings are not there.
FACTORIES: Mapping[str, Callable[[Means], Room | None]] = {"slack": _slack, "discord": _discord}


def open_rooms(means: Means) -> Mapping[str, Room]:
    """Every room that is set up, by name. Raises WrongSettings for a setting that cannot be used."""
    opened = {name: factory(means) for name, factory in FACTORIES.items()}
    return {name: room for name, room in opened.items() if room is not None}


def manifest(room: str, *, http: str = "", token: str = "", community: bool = False) -> dict[str, Any]:
    """What to hand to a chat so that it knows the bot: the least it needs, with a reason for each.

    `http`: the address from outside where the chat shall call us; '' where we call it. `token`: the bot's, where there
    is one already: some chats put the application's id into it. `community`: one
    is listened to there. Raises KeyError for a room that needs none.
    """
    match room:
        case "slack":
            from adapters.rooms.slack.manifest import manifest as slack

            return slack("http" if http else "socket", http, community=community)
        case "discord":
            from adapters.rooms.discord.manifest import application_of
            from adapters.rooms.discord.manifest import manifest as discord

            return discord(application_of(token))
        case _:
            raise KeyError(room)
