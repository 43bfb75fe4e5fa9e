"""The table writer: what many seeds found is added up, and stands between its markers."""

import ast
import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.chaos.report import __main__ as report
from tests.chaos.report.figures import added, seeds
from tests.chaos.report.plugin import chosen
from tests.chaos.report.table import HEAD, Ran, Row, markers, merged, painted, read, rows, write, written
from tests.chaos.report.unsaid import unsaid
from tests.chaos.summary import Told, say, taken


def test_figures_are_added_up_as_they_are_meant() -> None:
    """Sums, the largest of what is a bound, the mean of shares, and words once."""
    told = [
        ("0 faults, 1,200 posts, 4.0% asked a person, within 31 s, all found", 100),
        ("2 faults, 10 posts, 8.0% asked a person, within 29 s, all found", 300),
    ]
    assert added(told) == "2 faults, 1,210 posts, 7.0 % asked a person, within 31 s, all found"


def test_a_bound_may_have_words_before_it() -> None:
    """As in *offered at most 2.8 s late*."""
    assert added([("offered at most 0.5 s late", 1), ("offered at most 2.8 s late", 1)]) == "offered at most 2.8 s late"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (["0", "1", "2"], "0–2"),
        (["7", "3", "ahead"], "3, 7, ahead"),
        (["-", "none"], "none"),
        (["0", "10", "20", "30", "40"], "5 of 0–40"),
    ],
)
def test_seeds_are_told_shortly(said: list[str], told: str) -> None:
    """Whatever plays it again, in a few words."""
    assert seeds(said) == told


def _told(count: int = 5, result: str = "0 double", seed: str = "1") -> Told:
    return Told("at most once", "crashes", "simulated", count, result, seed)


def test_one_row_a_trial() -> None:
    """All seeds of it, and which of them failed."""
    ran = [Ran("a.py", "1", [_told()]), Ran("a.py", "2", [_told(seed="2", result="3 double")], "AssertionError")]
    (row,) = rows(ran, "2026-11-21")
    assert row.count == "10"
    assert row.seed == "1–2"
    assert row.result == "**failed** 1 of 2 (seed 2): 3 double"


def test_rows_that_were_not_run_stay() -> None:
    """A new row takes the place of its old one, or stands beside those of its promise."""
    old = [Row("x", "a", "real", "1", "", "`x.py`", "", ""), Row("y", "b", "real", "1", "", "`y.py`", "", "")]
    new = [Row("x", "c", "real", "7", "", "`x.py`", "", ""), Row("y", "b", "real", "9", "", "`y.py`", "", "")]
    assert [(row.trial, row.count) for row in merged(old, new)] == [("a", "1"), ("c", "7"), ("b", "9")]


def test_a_few_seeds_do_not_take_the_place_of_all() -> None:
    """Unless one of them fell; a few take the place of a few."""
    whole = Row("x", "a", "simulated", "5,200", "0 faults", "`x.py`", "0–49", "")
    few = Row("x", "a", "simulated", "728", "0 faults", "`x.py`", "7 of 0–48", "")
    fell = replace(few, result="**failed** 1 of 7 (seed 8): 1 fault")
    assert merged([whole], [few]) == [whole]
    assert merged([whole], [fell]) == [fell]
    assert merged([fell], [few]) == [few]
    assert merged([few], [whole]) == [whole]


def test_what_a_file_no_longer_tries_goes_once_it_was_run_whole() -> None:
    """And so does a line of a trial that fell over before it could say what it tries."""
    old = [Row("x", "old", "real", "1", "", "`x.py`", "", ""), Row("y", "b", "real", "1", "", "`y.py`", "", "")]
    new = [Row("x", "c", "real", "7", "", "`x.py`", "", "")]
    fell = Row("the rest", "a test", "simulated", "1", "", "`x.py`", "", "")
    assert [row.trial for row in merged([*old, fell], new)] == ["old", "c", "b"]
    assert [row.trial for row in merged([*old, fell], new, whole=True)] == ["b", "c"]


def test_the_table_is_written_between_its_markers(tmp_path: Path) -> None:
    """What stands around it is left alone; a stroke in a cell is no new cell."""
    file, (begins, ends) = tmp_path / "doc.md", markers("trials")
    file.write_text(f"before\n{begins}\n{painted(HEAD, [])}\n{ends}\nafter\n", encoding="utf-8")
    write(file, [Row("x", "a | b", "real", "1", "0", "`x.py`", "none", "2026-11-21")])
    write(file, [Row("x", "c", "real", "2", "0", "`x.py`", "none", "2026-11-21")])
    text = file.read_text(encoding="utf-8")
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert [cells[1] for cells in read(text, "trials")] == ["a | b", "c"]


def test_a_document_without_markers_is_not_written() -> None:
    """Nothing is guessed."""
    with pytest.raises(ValueError, match="markers"):
        written("no table here", "trials", "")


def test_both_tables_of_the_document_can_be_read() -> None:
    """The markers stand in docs/reliability.md, and every row has all its cells."""
    text = report.DOCUMENT.read_text(encoding="utf-8")
    trials, without = read(text, "trials"), read(text, "without")
    assert {len(cells) for cells in trials} == {len(HEAD)}
    assert {len(cells) for cells in without} <= {6}


def test_what_a_trial_said_is_taken_once() -> None:
    """So that no line is counted for the next test, too."""
    before = taken()
    say("a promise", "a trial", "real", 3, "0 lost", 4)
    mine = taken()
    assert mine == [Told("a promise", "a trial", "real", 3, "0 lost", "4")]
    assert taken() == []
    assert before != mine


def test_a_trial_that_says_nothing_has_a_line() -> None:
    """It is in the table, by its name at least."""
    assert unsaid("tests/chaos/test_new.py", "test_new_things", "3").trial == "new things"
    assert unsaid("tests/chaos/test_chat_roles.py", "test_roles", "").promise == "only who may"


class Item:
    """A test as pytest collected it."""

    def __init__(self, nodeid: str, *, long: bool) -> None:
        self.nodeid = nodeid
        self.long = long

    def get_closest_marker(self, name: str) -> object:
        """Whether it is a long one."""
        return object() if self.long and name == "chaos" else None


def _items() -> list[pytest.Item]:
    simulated, real = "tests/chaos/test_square_targets.py::test_w", "tests/chaos/test_clocks.py::test_k"
    made = [Item(f"{simulated}[{n}]", long=n > 0) for n in range(50)]
    made += [Item(f"{real}[{n}]", long=n != 3) for n in range(20)]
    made += [Item("tests/chaos/test_wire.py::test_x[late cut]", long=False)]
    made += [Item("tests/chaos/test_wire.py::test_x[late]", long=True), Item("tests/test_house.py::test_h", long=False)]
    found: list[pytest.Item] = list(made)  # type: ignore[arg-type]  # stands in for items
    return found


@pytest.mark.parametrize(("whole", "words"), [(True, 50), (False, 7)])
def test_a_cut_leaves_seeds_of_simulated_trials_out(whole: bool, words: int) -> None:
    """Real ones run whole; what only stands in for a trial in short runs, and short tests, do not run at all."""
    names = [item.nodeid for item in chosen(_items(), whole=whole)]
    assert sum("test_w[" in name for name in names) == words
    assert sum("test_k[" in name for name in names) == 20
    assert [name for name in names if "test_x" in name or "test_h" in name] == [
        "tests/chaos/test_wire.py::test_x[late]"
    ]


@pytest.mark.parametrize(
    ("function", "left"),
    [
        ("tests/chaos/test_chat_kills.py::test_slack_kills", 1),
        ("tests/chaos/test_kills.py::test_kills", 13),
        ("tests/chaos/test_clocks.py::test_clocks", 50),
        ("tests/chaos/test_square_crashes.py::test_crashes_at_any_await", 50),
        ("tests/simulation/test_simulation.py::test_a_night", 0),
        ("tests/simulation/test_simulation.py::test_a_million_events", 50),
    ],
)
def test_what_a_cut_leaves(function: str, left: int) -> None:
    """The real column of what is promised stays whole; the chats' thousand kills, and a night, are for the night."""
    made: list[pytest.Item] = [Item(f"{function}[{n}]", long=True) for n in range(50)]  # type: ignore[misc]  # stands in
    assert len(chosen(made, whole=False)) == left
    assert len(chosen(made, whole=True)) == 50


def test_every_trial_says_what_it_is() -> None:
    """Its first words tell whether it is real or simulated, so that nobody takes one for the other."""
    files = [
        *(report.ROOT / "tests" / "chaos").glob("test_*.py"),
        *(report.ROOT / "tests" / "simulation").glob("test_*.py"),
    ]
    trials = [file for file in files if "mark.chaos" in file.read_text(encoding="utf-8") and file != Path(__file__)]
    said = [
        re.search(r"\b[Rr]eal\b|[Ss]imulated|[Vv]irtual|[Oo]f thought alone", _first_words(file)) for file in trials
    ]
    assert len(trials) > 30
    assert [file.name for file, each in zip(trials, said, strict=True) if each is None] == []


def _first_words(file: Path) -> str:
    return ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
