"""What the trials meet: a square of its own process, begun anew for every round; an outbox that looks up less often."""

import pytest

from tests.square import square, square_process

__all__ = ["calm", "square", "square_process"]


@pytest.fixture
def calm(monkeypatch: pytest.MonkeyPatch) -> None:
    """In virtual time an outbox with nothing to do looks up every second instead of four times: nothing else changes."""
    monkeypatch.setattr("bot.work.outbox.NAP", 1.0)
