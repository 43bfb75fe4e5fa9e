"""Prints every figure of the flagging: `python -m benchmarks.flagging.evaluate DATA_FOLDER [--quick]`.

Rows marked "5-fold" train on four fifths and judge the fifth, balanced point included; the others use the shipped
weights. `--quick` leaves the 5-fold rows out (they take about ten minutes of one core).
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.flagging.blind_patterns import hears
from benchmarks.flagging.data import UMSAB, DataMissingError, Row, halves, load
from benchmarks.flagging.figures import Judged, count, line
from benchmarks.flagging.train import FOLDS, SHIPPED, Hashing, Recipe, make, pack, recipes
from bot.listening import scorer
from bot.listening.flagging import flag
from bot.listening.tokens import cut
from bot.nouns.flag import Severity


def folded(recipe: Recipe, hashing: Hashing) -> Judged:
    """Scores of a recipe's first part, each from weights that have not seen it."""
    first, *others = recipe.parts
    judged = []
    for fold in range(FOLDS):
        rest, kept = halves(first.rows, fold, FOLDS, "judge")
        unseen = replace(recipe, parts=(replace(first, rows=rest), *others))
        heads = scorer.read_heads(pack([make(unseen, hashing)]))
        reader = scorer.Scorer(heads, scorer.families(recipe.lang))
        for row in kept:
            score = reader.read(cut(row.text)).scores[recipe.head]
            judged.append((score, first.positive(row)))
    return judged


def fold_lines(folder: Path) -> Iterator[str]:
    """The 5-fold rows."""
    hashing = Hashing()
    means = []
    for recipe in recipes(folder):
        judged = folded(recipe, hashing)
        yield line(f"5-fold {recipe.lang} {recipe.head}", judged)
        if recipe.lang != "en":
            means.append(count(judged).macro)
    yield f"{'5-fold es fr de pt it, mean':44}  macro {sum(means) / len(means):.3f}"


def judge(rows: Sequence[Row], score: Callable[[str], float]) -> Judged:
    """Scores and truths."""
    return [(score(row.text), row.label == 1) for row in rows]


def shipped_lines(folder: Path) -> Iterator[str]:
    """The rows of the shipped weights, of the rules, and of the blind list."""
    posts, airline = load(folder, "complaints"), load(folder, "airline")
    yield line("blind list, complaints", judge(posts, lambda text: float(hears(text))))
    yield line("blind list, airline", judge(airline, lambda text: float(hears(text))))
    yield line("airline, never trained on", judge(airline, lambda text: flag(text).scores.complaint))
    negative = load(folder, "te_sentiment_neg")
    yield line("te_sentiment_neg, never trained on", judge(negative, lambda text: flag(text).scores.complaint))
    rude = load(folder, "te_offensive")
    yield line("te_offensive, never trained on: hostility", judge(rude, lambda text: flag(text).scores.hostility))
    forwarded = count(judge(posts, lambda text: float(flag(text).forward)))
    yield f"{'complaints, a watch forwards (seen rows)':44}  P {forwarded.precision:.3f}  R {forwarded.recall:.3f}"
    yield from urgent_lines(folder)
    for lang, name in UMSAB.items():
        rows = load(folder, f"umsab_{name}")
        right = sum(flag(row.text).lang == lang for row in rows)
        unsure = sum(flag(row.text).lang is None for row in rows)
        yield f"language of umsab_{name:24}  right {right / len(rows):.3f}  unsure {unsure / len(rows):.3f}"


def urgent_lines(folder: Path) -> Iterator[str]:
    """High or critical among urgent mentions; those the rater left open are left out."""
    rows = [row for row in load(folder, "urgent_dev") if row.label >= 0]
    grave = count(judge(rows, lambda text: float(flag(text).severity.rank >= Severity.HIGH.rank)))
    yield f"{'urgent_dev, high or critical (rules learnt here)':44}  P {grave.precision:.3f}  R {grave.recall:.3f}"
    airline = load(folder, "airline")
    for level in (Severity.HIGH, Severity.CRITICAL):
        share = sum(flag(row.text).severity is level for row in airline) / len(airline)
        yield f"{f'airline, {level.value}':44}  {share:.4f} of all"


def speed_lines(folder: Path) -> Iterator[str]:
    """CPU time of one `flag` call, words met before and words never met, and the size of the shipped files."""
    texts = [row.text for row in load(folder, "airline")]
    for name in ("first time through", "again"):
        began = time.process_time()
        for text in texts:
            flag(text)
        each = (time.process_time() - began) / len(texts)
        yield f"{f'flag(), {name}':44}  {each * 1e6:.0f} us  {1 / each:.0f} texts/s"
    size = sum(path.stat().st_size for path in SHIPPED.iterdir())
    yield f"{'weights folder':44}  {size / 1024:.0f} KiB"


def main(arguments: Sequence[str] | None = None) -> int:
    """The command. 0: printed; 2: the data is not there."""
    parser = argparse.ArgumentParser(description="Prints every figure of the flagging.")
    parser.add_argument("folder", type=Path, metavar="DATA_FOLDER")
    parser.add_argument("--quick", action="store_true", help="without the 5-fold rows")
    asked = parser.parse_args(arguments)
    tables = [speed_lines, shipped_lines] if asked.quick else [speed_lines, shipped_lines, fold_lines]
    try:
        for table in tables:
            for row in table(asked.folder):
                print(row, flush=True)
    except DataMissingError as missing:
        print(missing, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
