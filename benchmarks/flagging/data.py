"""Reads the development data: JSON Lines, gzipped or plain, in a folder outside this repository."""

import gzip
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

UMSAB = {"en": "english", "es": "spanish", "fr": "french", "de": "german", "pt": "portuguese", "it": "italian"}
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")


class DataMissingError(Exception):
    """A set is not in the folder; the message says which and where it was looked for."""


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled text. `label` is 1 or 0 (-1: ambiguous); `more` holds the row's other fields."""

    text: str
    label: int
    more: dict[str, Any]


def load(folder: Path, name: str) -> list[Row]:
    """The rows of one set, in file order. Raises DataMissingError."""
    packed, plain = folder / f"{name}.jsonl.gz", folder / f"{name}.jsonl"
    if packed.is_file():
        text = gzip.decompress(packed.read_bytes()).decode()
    elif plain.is_file():
        text = plain.read_text(encoding="utf-8")
    else:
        raise DataMissingError(f"no {packed.name} or {plain.name} in {folder}: give the folder with the data sets")
    return [_row(json.loads(line)) for line in text.splitlines() if line.strip()]


def _row(said: dict[str, Any]) -> Row:
    label = said["label"] if "label" in said else said["urgent"]
    return Row(clean(said["text"]), int(label), said)


def clean(text: str) -> str:
    """Undoes what the collectors of the sets did to the texts: literal escapes and bare link marks."""
    text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text).replace("\\n", " ").replace("\\", "")
    return re.sub(r"\bhttp(?=\s|$)", "https://x", text)


def halves(rows: Sequence[Row], fold: int, folds: int, salt: str) -> tuple[list[Row], list[Row]]:
    """(the rest, the fold). Equal texts always fall into the same fold."""
    fell = [crc32(f"{salt}{row.text}".encode("utf-8", "surrogatepass")) % folds == fold for row in rows]
    rest = [row for row, inside in zip(rows, fell, strict=True) if not inside]
    return rest, [row for row, inside in zip(rows, fell, strict=True) if inside]
