"""A community as a source: which channels of a chat server are listened to, and how answers go back there."""

from typing import Annotated

from pydantic import Field, field_validator

from bot.nouns.base import Noun


class Community(Noun):
    """One `[[community]]` of the configuration.

    `platform` is the network's name in mentions. `channels` are ids. `post_as_bot`: answers go out from the bot's account;
    otherwise a moderator posts them from their own. `moderators`: ids of people whose replies there count as the team's.
    `report_emoji`: whoever reacts with it reports a message; '' where only the menu of a message does.
    """

    platform: str
    channels: Annotated[tuple[str, ...], Field(min_length=1)]
    post_as_bot: bool = False
    moderators: tuple[str, ...] = ()
    report_emoji: str = ""

    @field_validator("platform")
    @classmethod
    def _named(cls, name: str) -> str:
        if not name.strip():
            raise ValueError("it has to name a network")
        return name.strip().lower()

    @field_validator("channels", "moderators")
    @classmethod
    def _ids(cls, ids: tuple[str, ...]) -> tuple[str, ...]:
        if any(not each.isascii() or not each.isalnum() for each in ids):
            raise ValueError("each has to be an id, letters and digits only")
        return ids

    @field_validator("report_emoji")
    @classmethod
    def _bare(cls, emoji: str) -> str:
        return emoji.strip().strip(":")
