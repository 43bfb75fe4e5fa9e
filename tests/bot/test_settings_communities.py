"""`[[community]]` in `coolhead.toml`: what it says, and what is said of a wrong one."""

from pathlib import Path

import pytest

from bot.errors import WrongSettings
from bot.nouns.community import Community
from bot.settings import Settings, read

WHOLE = """
[[community]]
platform = "Chat"
channels = ["11", "12"]
moderators = ["9"]
report_emoji = ":eyes:"
[[community]]
platform = "board"
channels = ["C1"]
post_as_bot = true
"""


def given(folder: Path, text: str) -> Settings:
    """Read from a file."""
    (folder / "coolhead.toml").write_text(text)
    return read({"COOLHEAD_DATA_DIR": str(folder)})


def test_a_community_is_read_and_shown(tmp_path: Path) -> None:
    """By hand unless switched on; the team's timeline notes a change."""
    settings = given(tmp_path, WHOLE)
    assert settings.communities == (
        Community(platform="chat", channels=("11", "12"), moderators=("9",), report_emoji="eyes"),
        Community(platform="board", channels=("C1",), post_as_bot=True),
    )
    shown = settings.shown()
    assert shown["[[community]] chat 1"]["value"].startswith("chat 11, 12")
    assert settings.in_force() != given(tmp_path, "").in_force()


@pytest.mark.parametrize(
    ("text", "because"),
    [
        ('[[community]]\nplatform = "chat"', "line 1: channels"),
        ('[[community]]\nplatform = "chat"\nchannels = []', "line 3: channels"),
        ('[[community]]\nplatform = " "\nchannels = ["1"]', "has to name a network"),
        ('[[community]]\nplatform = "chat"\nchannels = ["#general"]', "letters and digits only"),
        ('[[community]]\nplatform = "chat"\nchannels = ["1"]\nmoderators = ["@ana"]', "letters and digits only"),
        ('[[community]]\nplatform = "chat"\nchanels = ["1"]', "did you mean channels"),
        ('[community]\nplatform = "chat"\nchannels = ["1"]', "two brackets"),
    ],
)
def test_a_wrong_one_is_said_with_its_place(tmp_path: Path, text: str, because: str) -> None:
    """File, line and the fix."""
    with pytest.raises(WrongSettings, match=because):
        given(tmp_path, text)
