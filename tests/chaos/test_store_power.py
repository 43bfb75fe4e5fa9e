"""The power is cut while mentions come in: whatever was answered 200 is there when it is back (failures B1, D3).

Real: the program, its embedded store, an ext4 file system that is shut down under both of them.
"""

import os
import random
import signal
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

import pytest

from tests.chaos.power import Disk, disk
from tests.chaos.several import SHARED, Replica
from tests.chaos.summary import say
from tests.chaos.test_store_faults import Sender
from tests.servers import free_ports
from tests.stories.process import House, cleaned, until

SENDERS = 4


def test_what_was_not_synced_is_gone() -> None:
    """The cut cuts: of two writes to one file only the synced one is there afterwards."""
    with disk(32) as made:
        handle = os.open(made.folder / "file", os.O_CREAT | os.O_WRONLY)
        os.write(handle, b"synced")
        os.fsync(handle)
        os.write(handle, b", not synced")
        made.cut()
        with pytest.raises(OSError, match="Input/output error"):
            os.write(handle, b", too late")
        os.close(handle)
        made.back()
        assert (made.folder / "file").read_bytes() == b"synced"


@pytest.mark.parametrize("rounds", [pytest.param(1, id="cut"), pytest.param(20, marks=pytest.mark.chaos, id="whole")])
@pytest.mark.timeout(900)
def test_a_power_cut_loses_nothing_that_was_acknowledged(rounds: int) -> None:
    """At a random moment under load, with the program going on for a moment on a dead disk; every row stands once."""
    dice = random.Random(20)
    with disk() as made:
        (port,) = free_ports(1)
        house = Replica(made.folder, port, SHARED)
        with cleaned(house):
            senders: list[Sender] = []
            for number in range(rounds):
                house.start()
                house.up()
                senders += _under_load(house, made, number, dice)
            house.start()
            house.up()
            kept, odd = _kept(senders)
            last = Sender(house)
            last.insist("last")
            last.kept |= kept
            lost = last.lost()
            say(
                "what we said 200 to is on disk",
                "the power is cut under load (ext4, shut down without its journal)",
                "real",
                rounds,
                f"{len(kept)} acknowledged, {len(lost)} lost or double, {len(odd)} odd answers",
                20,
            )
            assert (lost, odd) == ([], [])
            assert len(kept) >= rounds
            assert house.command("verify").returncode == 0
            assert house.stop() == 0


def _under_load(house: House, made: Disk, number: int, dice: random.Random) -> Sequence[Sender]:
    """Mentions come in until everything is dead; the power is cut somewhere on the way, and comes back.

    Every other time while the store is between two of its calls. Else it may be within a sync, and a kernel whose file system
    is shut down then tells some of them that they succeeded (Linux 6.18, nothing but write and fdatasync: 10 of 400; between
    two calls 0 of 400). No machine without power would say so to anybody, so what was asked before the cut and answered after
    it proves nothing there.
    """
    senders, over = [Sender(house) for _ in range(SENDERS)], list[bool]()
    said: list[tuple[Sender, str, float, float]] = []

    def load(who: int) -> None:
        count = 0
        while not over:
            count += 1
            id, asked = f"{number}-{who}-{count}", time.monotonic()
            if senders[who].send(id):
                said.append((senders[who], id, asked, time.monotonic()))

    with ThreadPoolExecutor(SENDERS) as pool:
        loads = [pool.submit(load, who) for who in range(SENDERS)]
        store = house.store  # on a dead disk nobody can read it
        until(lambda: all(each.kept for each in senders), lambda: "nothing is taken in")
        time.sleep(dice.uniform(0.0, 0.5))
        with _between_two_calls(store) if number % 2 else nullcontext():
            began = time.monotonic()
            made.cut()
            done = time.monotonic()
        time.sleep(dice.uniform(0.0, 0.3))  # the program goes on for a moment, and must not say 200 to anything
        house.kill()
        with suppress(ProcessLookupError):  # it may have ended by itself, on its first write
            os.kill(store, signal.SIGKILL)
        over.append(True)
        for each in loads:
            each.result()
    if number % 2 == 0:
        for sender, id, asked, answered in said:
            if asked < done and answered > began:
                sender.kept.discard(id)
    made.back()
    return senders


@contextmanager
def _between_two_calls(pid: int) -> Iterator[None]:
    """None of its threads is in the kernel on its own behalf: a stop takes hold once a call has ended."""
    os.kill(pid, signal.SIGSTOP)
    threads = Path(f"/proc/{pid}/task")
    until(lambda: all(_stopped(each / "stat") for each in threads.iterdir()), lambda: "the store does not stop")
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def _stopped(stat: Path) -> bool:
    return stat.read_text(encoding="ascii").rpartition(")")[2].split()[0] == "T"


def _kept(senders: Sequence[Sender]) -> tuple[set[str], list[str]]:
    """What was acknowledged, and the answers that nobody should be given: hanging up is none."""
    odd = [each for sender in senders for each in sender.odd if each[0].isdigit()]
    return {each for sender in senders for each in sender.kept}, odd
