"""The connections that a room and a platform of one network share; each is opened where its token is set."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from pydantic import SecretStr

from bot.ports import Clock

if TYPE_CHECKING:  # none of these libraries is small, and mostly none is needed
    from adapters.connections.discord import Connection
    from adapters.connections.slack import Slack
    from adapters.connections.slack_events import SlackEvents


class Troubles(Protocol):
    """Where a connection says that it does not work, and that it works again."""

    def trouble(self, part: str, because: str) -> None: ...
    def well(self, part: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Connections:
    """Each None where its token is not set. `slack_events` is where whoever receives from Slack passes it on."""

    slack: "Slack | None" = None
    slack_events: "SlackEvents | None" = None
    discord: "Connection | None" = None


def open_connections(
    given: Callable[[str], Callable[[], SecretStr] | None], clock: Clock, health: Troubles, communities: Collection[str]
) -> Connections:
    """`given` says how to read a setting as it is now, by its name in lower case. `communities` are the networks on
    which a community is listened to: some of them ask for more where that is so."""
    slack, events, discord = None, None, None
    if (bot := given("slack_bot_token")) is not None:
        from adapters.connections.slack import API_URL, Slack
        from adapters.connections.slack_events import SlackEvents

        url = given("slack_api_url")
        slack = Slack(token=bot, clock=clock, api_url=url().get_secret_value() if url is not None else API_URL)
        events = SlackEvents()
    if (token := given("discord_token")) is not None:
        from adapters.connections.discord import Connection, community_intents, least_intents

        wanted = least_intents() | community_intents() if "discord" in communities else least_intents()
        discord = Connection(token=token, clock=clock, intents=wanted, health=health)
    return Connections(slack, events, discord)
