"""What a running house works with: the ports, opened by the composition root."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.ports import (
    Alarm,
    Anchors,
    Asides,
    Clock,
    Dues,
    Inbox,
    Leases,
    Platform,
    Pulse,
    Rhythms,
    Room,
    Roster,
    Sessions,
    Threads,
    Timelines,
    Vault,
    Whereabouts,
)
from bot.work.act import Act
from bot.work.forgetting import Forgetting
from bot.work.health import Health
from bot.work.notary import Sign


@dataclass(frozen=True, slots=True, kw_only=True)
class Stores:
    """The ports of the store, and what acts through them."""

    act: Act
    forgetting: Forgetting
    timelines: Timelines
    whereabouts: Whereabouts
    inbox: Inbox
    asides: Asides
    dues: Dues
    rhythms: Rhythms
    threads: Threads
    anchors: Anchors
    pulse: Pulse
    roster: Roster
    sessions: Sessions
    leases: Leases
    vault: Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """The world around. `platform` finds one by name, or a teammate's own hand; `chats` are the rooms that know people
    themselves; `desk` is the web desk, and `changed` tells it that an incident stands elsewhere painted anew.
    """

    clock: Clock
    health: Health
    platforms: Mapping[str, Platform]
    platform: Callable[[str], Platform]
    chats: Mapping[str, Room]
    desk: Room
    changed: Callable[[str], None]
    alarm: Alarm
    sign: Sign
