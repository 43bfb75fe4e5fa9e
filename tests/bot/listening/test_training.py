"""The weights can be rebuilt byte for byte, and the figures are counted right."""

import gzip
import json
from pathlib import Path

import pytest

from benchmarks.flagging import data, evaluate, train
from benchmarks.flagging.blind_patterns import PATTERNS, hears
from benchmarks.flagging.figures import auc, count, line
from benchmarks.flagging.solver import Example, solve
from bot.listening.scorer import read_heads

SORE = ["my {} is broken", "no refund for the {}", "still waiting for my {}", "the {} never came", "awful {} again"]
GLAD = ["lovely {} today", "thank you for the {}", "such a nice {}", "the {} is great", "happy about my {}"]
THINGS = ["kettle", "lamp", "scarf", "book", "chair", "vase"]


def folder(tmp_path: Path) -> Path:
    """A tiny data folder with the shape of the real one."""
    rows = [
        {"text": pattern.format(thing), "label": label, "emotion": "anger" if label else "joy"}
        for label, patterns in ((1, SORE), (0, GLAD))
        for pattern in patterns
        for thing in THINGS
    ]
    names = ["complaints", "amazon_reviews_cesamard", "airline", "te_sentiment_neg", "te_offensive"]
    for name in (*names, *(f"umsab_{mood}" for mood in data.UMSAB.values())):
        packed = "\n".join(json.dumps(row) for row in rows)
        (tmp_path / f"{name}.jsonl.gz").write_bytes(gzip.compress(packed.encode()))
    urgent = [{"text": "the lamp caught fire", "urgent": 1}, {"text": "nice lamp", "urgent": 0}]
    (tmp_path / "urgent_dev.jsonl").write_text("\n".join(json.dumps(row) for row in urgent) + "\n")
    return tmp_path


def test_training_twice_gives_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two runs over one folder write the same files, and the scorer can read them."""
    monkeypatch.setattr(train, "FOLDS", 2)
    source = folder(tmp_path)
    first, second = tmp_path / "first", tmp_path / "second"
    for into in (first, second):
        into.mkdir()
        assert train.main([str(source), "--into", str(into)]) == 0
    names = sorted(path.name for path in first.iterdir())
    assert names == ["de.bin", "en.bin", "es.bin", "fr.bin", "it.bin", "pt.bin"]
    assert all((first / name).read_bytes() == (second / name).read_bytes() for name in names)
    heads = read_heads((first / "en.bin").read_bytes())
    assert [head.name for head in heads] == ["post", "review", "anger"]
    assert all(0 < head.watch < 1 for head in heads)


def test_a_missing_set_is_said_and_nothing_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The message names the set and the folder; the exit code is that of wrong use."""
    assert train.main([str(tmp_path), "--into", str(tmp_path)]) == 2
    assert evaluate.main([str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert "complaints.jsonl" in said
    assert str(tmp_path) in said
    assert list(tmp_path.iterdir()) == []


def test_evaluation_prints_its_rows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Speed, size, shipped weights and rules; the 5-fold rows are left out on request."""
    assert evaluate.main([str(folder(tmp_path)), "--quick"]) == 0
    said = capsys.readouterr().out
    for row in ("flag(), again", "weights folder", "blind list, complaints", "urgent_dev", "umsab_italian"):
        assert row in said
    assert "5-fold" not in said


def test_five_fold_rows_judge_what_was_not_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every text of the first part is judged once, and the plain patterns are learnt."""
    monkeypatch.setattr(train, "FOLDS", 2)
    monkeypatch.setattr(evaluate, "FOLDS", 2)
    rows = list(evaluate.fold_lines(folder(tmp_path)))
    assert "n 60" in rows[0]
    assert "mean" in rows[-1]


def test_cleaning_undoes_what_the_collectors_did() -> None:
    """Literal escapes and bare link marks become what they stood for."""
    assert data.clean("it\\u2019s \\n http") == "it’s   https://x"


def test_equal_texts_fall_into_one_fold() -> None:
    """A copy of a text is never judged by weights that saw it."""
    rows = [data.Row(text, 1, {}) for text in ("a", "b", "c", "d", "e", "a")]
    for fold in range(3):
        rest, kept = data.halves(rows, fold, 3, "x")
        assert len(rest) + len(kept) == 6
        assert not {row.text for row in rest} & {row.text for row in kept}


def test_the_solver_separates_and_asks_for_both_classes() -> None:
    """Two separable texts are told apart; one class alone is an error."""
    weights = solve([Example([(0, 1.0)], True, 1.0), Example([(1, 1.0)], False, 1.0)], 2, 1.0)
    assert weights[0] > 0 > weights[1]
    with pytest.raises(ValueError, match="both classes"):
        solve([Example([(0, 1.0)], True, 1.0)], 1, 1.0)


def test_the_measures() -> None:
    """F1, macro, recall, precision and area, on a case counted by hand."""
    judged = [(0.9, True), (0.6, False), (0.5, True), (0.2, True), (0.1, False)]
    at = count(judged)
    assert (at.found, at.cried, at.missed, at.passed) == (2, 1, 1, 1)
    assert at.recall == at.precision == pytest.approx(2 / 3)
    assert at.macro == pytest.approx((2 / 3 + 0.5) / 2)
    assert auc(judged) == pytest.approx(4 / 6)
    assert auc([(0.5, True), (0.5, False)]) == 0.5
    assert auc([(0.5, True)]) == 0.0
    assert line("x", judged).startswith("x")


def test_the_blind_list_is_the_size_that_was_asked_for() -> None:
    """Seventy to eighty patterns, and it hears what it should."""
    assert 70 <= len(PATTERNS) <= 80
    assert hears("still waiting for my lamp")
    assert not hears("lovely lamp")
