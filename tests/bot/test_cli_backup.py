"""What `coolhead backup` and `restore` say of a record that is broken."""

import argparse
import json

import pytest

from adapters.notary import genuine
from bot.cli_backup import _checked, _say
from tests.bot.review.test_export import recorded, signed

OPTIONS = argparse.Namespace(json=False)


def test_a_broken_record_is_named_and_is_1(capsys: pytest.CaptureFixture[str]) -> None:
    """Where it breaks and why; a timeline that is missing as a whole too. A whole one is 0."""
    one, two = recorded("i1", 4), recorded("i2", 3)
    whole = _checked([one, two], [signed(one[-1]), signed(two[-1])], genuine)
    assert (whole["ok"], whole["incidents"], whole["events"]) == (True, 2, 7)
    assert _say(OPTIONS, whole, "Everything is there.") == 0
    assert "7 events in 2 incidents: whole" in capsys.readouterr().out
    broken = _checked([one[:2] + one[3:]], [signed(one[-1]), signed(two[-1])], genuine)
    assert _say(OPTIONS, broken, "Everything is there.") == 1
    told = capsys.readouterr().out
    assert "i1, version 3: " in told
    assert "i2, version 3: its tail was cut" in told
    assert "broken" in told
    assert _say(argparse.Namespace(json=True), broken, "") == 1
    assert json.loads(capsys.readouterr().out)["ok"] is False
