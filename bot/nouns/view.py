"""What a decision is made on, and what follows from it in time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.nouns.base import Noun
from bot.nouns.conversation import Conversation
from bot.nouns.incident import Incident
from bot.nouns.team import Team


@dataclass(frozen=True, slots=True)
class View:
    """What a command names, with texts filled in, and the team as its timeline has it.

    `applied`: the command it was read for was appended before.
    """

    team: Team
    incidents: Mapping[str, Incident] = field(default_factory=dict)
    conversations: Mapping[str, Conversation] = field(default_factory=dict)
    applied: bool = False


class Due(Noun):
    """`what` of a conversation becomes due `at`. Written in the same step as the events that cause it."""

    what: str
    at: datetime
