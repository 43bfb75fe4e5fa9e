"""`coolhead.toml`: reading it, and saying where in it something stands."""

import difflib
import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.settings_tables import TABLES, Fault

_HEAD = re.compile(r"\s*\[+\s*([A-Za-z0-9_-]+)\s*\]+")


@dataclass(frozen=True, slots=True)
class ConfigFile:
    """The file as it was read. `path` None: there is none, and nothing stands in it."""

    path: Path | None = None
    source: str = ""
    table: Mapping[str, Any] = field(default_factory=dict)

    def at(self, key: str, table: str = "", row: int = 0) -> str:
        """`path, line n`: where `key` of the `row`-th `table` stands ('' is the top); the table's head, if nowhere."""
        return f"{self.path}, line {_line(self.source.splitlines(), key, table, row)}"

    def faults(self, table: str, faults: Sequence[Fault]) -> list[str]:
        """What is wrong with one table, each with its place."""
        return [
            f"{self.at(each.key, table, each.row)}: {each.key or f'[{table}]'}: {each.because}."
            for each in faults
        ]  # fmt: skip

    def strangers(self, plain: Collection[str]) -> list[str]:
        """Every key that is none of ours, with the nearest that is. `plain` are the names outside of tables."""
        found = []
        for key in self.table:
            if key not in plain and key not in TABLES:
                found.append(f"{self.at(key)}: {key} is no setting{nearest(key, {*plain, *TABLES})}.")
        for name, known in TABLES.items():
            for number, row in enumerate(_rows(self.table.get(name))):
                found += [
                    f"{self.at(key, name, number)}: {key} is no key of [{name}]{nearest(key, known)}."
                    for key in row
                    if key not in known
                ]
        return found


def open_file(path: Path, *, named: bool, wrong: list[str]) -> ConfigFile:
    """Read `path`. `named`: somebody asked for exactly this one, so a missing one is wrong too."""
    if not named and not path.exists():
        return ConfigFile()
    try:
        source = path.read_text(encoding="utf-8")
        return ConfigFile(path, source, tomllib.loads(source))
    except (OSError, UnicodeDecodeError) as error:
        wrong.append(f"{path} cannot be read: {getattr(error, 'strerror', None) or 'it is not UTF-8'}.")
    except tomllib.TOMLDecodeError as error:
        wrong.append(f"{path} is not TOML: {error}.")
    except RecursionError:
        wrong.append(f"{path} is not TOML we can read: it is nested too deeply.")
    return ConfigFile(path)


def nearest(key: str, right: Collection[str]) -> str:
    """`; did you mean …` where one of `right` is near, else ''."""
    close = difflib.get_close_matches(key, sorted(right), n=1, cutoff=0.5)
    return f"; did you mean {close[0]}" if close else ""


def _rows(table: Any) -> list[dict[str, Any]]:
    return [row for row in (table if isinstance(table, list) else [table]) if isinstance(row, dict)]


def _line(lines: Sequence[str], key: str, table: str, row: int) -> int:
    """The line of a key, for the person who has to find it; an inline table's is its own line."""
    begins = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[=.]") if key else None
    here, head, count = "", 1, -1
    for number, line in enumerate(lines, start=1):
        if found := _HEAD.match(line):
            here = found[1]
            count += here == table
            if here == (table or key) and count <= row:
                head = number
        elif begins is not None and begins.match(line) and here == table and (not table or count == row):
            return number
        elif table and not here and re.match(rf"\s*{re.escape(table)}\s*[=.]", line):
            head = number
    return head
