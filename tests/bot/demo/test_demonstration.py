"""The settings of the demonstration: quick, in its own folder, on a port of its own, whatever the environment says."""

import socket
from pathlib import Path

import pytest

from bot.demo import settings as quick
from bot.demo.afternoon import AFTERNOON
from bot.demo.square import Square
from bot.nouns.team import Policy
from tests.fakes.clock import FakeClock
from tests.servers import free_ports


@pytest.fixture(autouse=True)
def port(monkeypatch: pytest.MonkeyPatch) -> int:
    """The port it would like, which nobody else on this machine has."""
    (found,) = free_ports(1)
    monkeypatch.setattr(quick, "PORT", found)
    return found


def test_it_takes_its_usual_port_where_that_is_free(port: int, tmp_path: Path) -> None:
    """A page that was opened for the last demonstration shows the next one."""
    assert quick.demonstration(tmp_path).port == port


def test_it_takes_another_port_where_somebody_listens(port: int, tmp_path: Path) -> None:
    """A demonstration beside a running house starts all the same, on a port that can be had."""
    with socket.create_server(("127.0.0.1", port)):
        found = quick.demonstration(tmp_path).port
        assert found not in (0, port)
        socket.create_server(("127.0.0.1", found)).close()


def test_it_lives_in_the_folder_it_is_given(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing of an operator's own settings reaches it: not their store, not their folder, not their platforms."""
    monkeypatch.setenv("COOLHEAD_DATA_DIR", "/somewhere/else")
    monkeypatch.setenv("COOLHEAD_REDIS_URL", "redis://production.example")
    monkeypatch.setenv("COOLHEAD_MASTODON_URL", "https://square.example")
    found = quick.demonstration(tmp_path)
    assert found.data_dir == tmp_path
    assert found.redis_url is None
    assert "mastodon_url" not in found.platform_values()


def test_what_takes_minutes_takes_seconds() -> None:
    """Every wait of the demonstration is shorter than the real one, and still long enough to be seen."""
    real = Policy()
    for name in (name for name in Policy.model_fields if "_cools" in name):
        shown, usual = getattr(quick.QUICK, name), getattr(real, name)
        assert 4 <= shown.total_seconds() <= 60, name
        assert shown < usual, name


def test_the_afternoon_is_told_in_order_and_of_what_was_said() -> None:
    """Within five minutes; an edit, a deletion or an answer names a post that was made before it."""
    assert [turn.second for turn in AFTERNOON] == sorted(turn.second for turn in AFTERNOON)
    assert AFTERNOON[-1].second <= 300
    posted: set[str] = set()
    for turn in AFTERNOON:
        assert (turn.what == "said") == (turn.post not in posted), turn
        assert not turn.answers or turn.answers in posted, turn
        posted.add(turn.post)


def test_the_square_is_never_in_trouble() -> None:
    """It is in memory: the health page has nothing to say of it."""
    assert Square(FakeClock(), "http://127.0.0.1:8420").trouble() is None
