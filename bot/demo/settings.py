"""The settings of the demonstration: cooling-off in seconds, a throw-away folder, a free port."""

import socket
from datetime import timedelta
from pathlib import Path

from bot.nouns.team import Contacts, Policy
from bot.settings import Settings, read

#: Everything that takes minutes takes seconds here.
QUICK = Policy(
    acknowledgement_cools=timedelta(seconds=6),
    acknowledgement_cools_chat=timedelta(seconds=4),
    acknowledgement_cools_review=timedelta(seconds=8),
    response_cools=timedelta(seconds=20),
    response_cools_chat=timedelta(seconds=10),
    response_cools_review=timedelta(seconds=30),
    private_cools=timedelta(seconds=6),
    acknowledgement_cools_at_most=timedelta(seconds=15),
    response_cools_at_most=timedelta(seconds=60),
    repair_cools=timedelta(seconds=8),
    heat_adds=timedelta(seconds=10),
    caution_adds=timedelta(seconds=10),
    third_turn_adds=timedelta(seconds=5),
    late_hours_add=timedelta(0),
    acknowledge_within=timedelta(minutes=1),
    answer_within=timedelta(minutes=3),
    critical_claim_within=timedelta(seconds=20),
    critical_acknowledge_within=timedelta(seconds=45),
    alarm_every=timedelta(minutes=1),
    anyone_sends_after=timedelta(minutes=1),
)
PORT = 8420
CONTACTS = Contacts(email="help@shop.example", phone="+44 20 7946 0000")


def demonstration(folder: Path) -> Settings:
    """The settings of one demonstration in `folder`, on `PORT` where it is free, else on any other."""
    given = read({"COOLHEAD_DATA_DIR": str(folder), "COOLHEAD_PORT": str(_port()), "COOLHEAD_INSTALLER": "Ana"})
    return Settings(
        data_dir=folder, values=given.values, origin=given.origin, policy=QUICK, contacts=CONTACTS, config=None
    )


def _port() -> int:
    try:
        return _bound(PORT)
    except OSError:
        return _bound(0)


def _bound(wanted: int) -> int:
    """The port that could be had for `wanted`, 0: any. Raises OSError where somebody has it."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", wanted))
        return int(probe.getsockname()[1])
