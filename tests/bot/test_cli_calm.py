"""Wrong use of the command line: one calm sentence, exit 2."""

import pytest

from bot.cli import main
from bot.cli_calm import calm


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "COMMAND is missing. See: coolhead --help\n"),
        (["replya"], "COMMAND can't be 'replya'. Did you mean replay? See: coolhead --help\n"),
        (["manifest", "fax"], "room can't be 'fax'. It is one of "),
        (["replay"], "INCIDENT is missing. See: coolhead replay --help\n"),
        (["run", "--fast"], "There is no use for --fast here. See: coolhead --help\n"),
        (["verify", "--anchors"], "--anchors needs a value. See: coolhead verify --help\n"),
    ],
)
def test_wrong_use_is_said_in_one_sentence(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What is wrong, the nearest right word where there is one, and where to read on; nothing on standard output."""
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    told = capsys.readouterr()
    assert told.err.startswith(said)
    assert told.err.count("\n") == 1
    assert told.out == ""


def test_words_we_do_not_know_stand_as_they_are() -> None:
    """A newer library may say something new; it is told all the same."""
    assert calm("something new happened") == "Something new happened."
