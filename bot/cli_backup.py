"""`coolhead backup` and `coolhead restore`: everything in a folder, and back into an empty store."""

import argparse
import json
import sys
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.nouns.record import Line
from bot.review.anchors import Anchor
from bot.review.export import verify
from bot.screens.plain import counted
from bot.settings import Settings

GOOD, FOUND = 0, 1
_Genuine = Callable[[Anchor], bool]


async def back_up(house: Any, options: argparse.Namespace) -> int:
    """Copy everything, read it back, and check the record in it. 1 where that does not verify; the backup stays."""
    from bot.__main__ import genuine

    made, count = await house.back_up(Path(options.folder), _path(options.keys), _progress)
    _progress("The copy is read back and checked.")
    verdict = _checked(house.in_backup(made), house.anchors_in(made), genuine)
    told = {**verdict, "folder": str(made.folder), "keys_file": str(made.keys_file), "at": _at(made.at), "keys": count}
    return _say(options, told, f"Everything is in {made.folder}. Keep {made.keys_file} somewhere else.")


async def restore(settings: Settings, options: argparse.Namespace) -> int:
    """Bring everything back but whom was forgotten since, put posting on hold, and check the record. 1 where it is broken.

    Whatever stops it, it may be done again.
    """
    from bot.__main__ import FORGOTTEN, bring_back, find_backup, genuine, open_house

    made = find_backup(Path(options.folder), _path(options.keys))
    beside = [path for path in (settings.data_dir / FORGOTTEN, made.forgotten_file) if path.exists()]
    filled = await bring_back(settings, made, [*beside, *map(Path, options.forgotten)], _progress)
    async with open_house(settings, restoring=True) as house:
        doubtful = await house.restored(made, filled.forgotten)
        _progress("Everything is back and is checked now.")
        verdict = _checked(await _timelines(house.record(None, None)), await house.anchors(), genuine)
    told = {
        **verdict,
        "at": _at(made.at),
        "doubtful": doubtful,
        "forgotten": len(filled.forgotten),
        "keys": filled.keys,
    }
    asked = f" {counted(doubtful, 'send', 'sends')} may have gone out since: a person is asked." if doubtful else ""
    gone = (
        f" {counted(len(filled.forgotten), 'person', 'people')} forgotten since stayed so." if filled.forgotten else ""
    )
    return _say(
        options, told, f"Everything of {told['at']} is back. Posting is on hold until a lead ends that.{asked}{gone}"
    )


def _path(name: str | None) -> Path | None:
    return Path(name) if name else None


def _at(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="seconds")


async def _timelines(lines: AsyncIterator[Line]) -> list[list[Line]]:
    found: dict[str, list[Line]] = {}
    async for made in lines:
        found.setdefault(made["incident"] or "", []).append(made)
    return list(found.values())


def _checked(timelines: Iterable[list[Line]], anchors: Sequence[Anchor], genuine: _Genuine) -> dict[str, Any]:
    """The verdict of `coolhead verify`, one timeline after the other."""
    told: dict[str, Any] = {"ok": True, "incidents": 0, "events": 0, "breaks": []}
    seen: set[str | None] = set()
    for lines in timelines:
        name = lines[0].get("incident")
        seen.add(name)
        _add(told, verify(lines, [each for each in anchors if each.incident == name], genuine, every=True))
    _add(told, verify([], [each for each in anchors if each.incident not in seen], genuine, every=True))
    return told


def _add(told: dict[str, Any], one: dict[str, Any]) -> None:
    told["ok"] = told["ok"] and one["ok"]
    for name in ("incidents", "events", "breaks"):
        told[name] += one[name]


def _progress(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _say(options: argparse.Namespace, told: dict[str, Any], words: str) -> int:
    if options.json:
        print(json.dumps(told))
    else:
        for each in told["breaks"]:
            print(f"{each['incident'] or 'the team'}, version {each['version']}: {each['because']}")
        whole = "whole" if told["ok"] else "broken"
        print(f"{words}\n{told['events']} events in {told['incidents']} incidents: {whole}")
    return GOOD if told["ok"] else FOUND
