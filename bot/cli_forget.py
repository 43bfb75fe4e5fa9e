"""`coolhead forget`: at a person's wish, nothing readable of them is left with us."""

import argparse
import json
import secrets
import sys
from typing import Any

from bot.errors import WrongUse
from bot.nouns import commands as c
from bot.nouns.team import Part
from bot.screens.plain import counted
from bot.work.known import Known, Search

GOOD, FOUND = 0, 1


async def forget(house: Any, options: argparse.Namespace) -> int:
    """Find them, forget them, and say so. 1 where nobody goes by that name. May be done again after any failure."""
    known = await Search(act=house.act, timelines=house.timelines, asides=house.asides, progress=_progress)(options.who)
    _one_platform(known, options.who)
    persons = known.keys()
    if not options.look and (persons or known.raw):
        await _erase(house, known)
    _say(options, persons, len(known.raw))
    return GOOD if persons or known.raw else FOUND


def _progress(count: int) -> None:
    print(f"{count} looked at so far.", file=sys.stderr, flush=True)


def _one_platform(known: Known, name: str) -> None:
    """Raise WrongUse where the name may mean several people."""
    if len(known.persons) > 1:
        ways = " or ".join(f"{platform}:{name}" for platform in sorted(known.persons))
        raise WrongUse(f"Several people go by that name. Say which is meant: {ways}.")


async def _erase(house: Any, known: Known) -> None:
    for ref in known.raw:
        await house.asides.take("quarantine", ref)
    if known.keys():
        await house.act(c.Forget(id=f"forget:{secrets.token_hex(8)}", persons=known.keys()), Part.CLOCKWORK)
    await house.forgetting().settle()


def _say(options: argparse.Namespace, persons: tuple[str, ...], raw: int) -> None:
    done = not options.look
    if options.json:
        print(json.dumps({"forgotten": done and bool(persons or raw), "persons": list(persons), "quarantine": raw}))
        return
    if not persons and not raw:
        print("Nobody here goes by that name.")
        return
    verb = "Forgotten" if done else "It would forget"
    also = f", and {counted(raw, 'unreadable entry', 'unreadable entries')} that held the name" if raw else ""
    print(f"{verb}: {counted(len(persons), 'person', 'people')}{also}.")
    for person in persons:
        print(f"  {person}")
    if done:
        print("What the rooms still show of them is withdrawn while Coolhead runs.")
