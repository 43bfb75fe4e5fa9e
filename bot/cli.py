"""The `coolhead` command. Exit 0 all good · 1 a problem was found · 2 wrong use · 3 the store cannot be reached."""

import argparse
import asyncio
import json
import logging
import os
import sys
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any

from bot import settings as configuration
from bot.cli_calm import CalmParser
from bot.cli_house import in_house
from bot.errors import CoolheadError, StoreAway, WrongUse
from bot.json_lines import answer_lines

GOOD, FOUND, WRONG, AWAY = 0, 1, 2, 3


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; hands back its exit code. No traceback reaches anybody."""
    options = parser().parse_args(argv)
    try:
        code: int = options.run(options)
        return code
    except StoreAway as error:
        print(error, file=sys.stderr)
        return AWAY
    except WrongUse as error:
        print(error, file=sys.stderr)
        return WRONG
    except CoolheadError as error:
        print(error, file=sys.stderr)
        return FOUND
    except BrokenPipeError:
        _let_go()
        return GOOD
    except KeyboardInterrupt:
        return GOOD
    except OSError as error:
        print(f"{error.filename or 'It'} could not be read or written: {error.strerror}.", file=sys.stderr)
        _let_go()
        return FOUND


def _let_go() -> None:
    """Leave what could not be written: the interpreter would try once more on its way out, and complain."""
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = CalmParser(
        prog="coolhead",
        description="Helps a team answer social-media backlash with a cool head.",
        epilog="Exit codes: 0 all good, 1 a problem was found, 2 wrong use, 3 the store cannot be reached. "
        "Every setting stands in docs/settings.md.",
    )
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def command(name: str, run: Callable[[argparse.Namespace], int], says: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=says, description=says)
        made.set_defaults(run=run)
        return made

    command("run", _run, "Run everything, until Ctrl-C.")
    command("demo", _demo, "An afternoon at a small shop, in a throw-away data folder.")
    check = command("check", _check, "Look at settings, store, platforms and rooms, and say what to press.")
    check.add_argument("--json", action="store_true", help="one JSON document")
    signing = command("sign-in", _sign_in, "Print a one-use sign-in link.")
    whom = signing.add_mutually_exclusive_group()
    whom.add_argument("--name", default="", help="for whom; default: whoever installed")
    whom.add_argument("--person", metavar="ID", default="", help="for exactly this person of the team, by their id")
    signing.add_argument(
        "--role",
        choices=["guest", "teammate", "lead", "manager"],
        help="what they may do; default: teammate, and what they are where they are on the team. The first of a team is lead and "
        "manager too. By a name nobody on the team gets a role, by their id they do",
    )
    config = command("config", _config, "Print every setting in force and where it came from.")
    config.add_argument("--json", action="store_true", help="one JSON document")
    manifest = command("manifest", _manifest, "Print what to hand to a chat so that it knows the bot.")
    manifest.add_argument("room", choices=["slack", "discord"], help="which chat")
    flag = command("flag", _flag, "Say what would be forwarded, and why: JSON Lines in, JSON Lines out.")
    flag.epilog = 'A line on standard input: {"id", "text"} and, where known, "platform", "author", "lang", "rating".'
    flag.add_argument("--json", action="store_true", help="JSON Lines; the only form there is")
    caution = command("caution", _caution, "Read drafts as a second reader: JSON Lines in, JSON Lines out.")
    caution.epilog = 'A line on standard input: {"id", "text"} and, where known, "mention", "platform", "recent".'
    caution.add_argument("--json", action="store_true", help="JSON Lines; the only form there is")
    replay = command("replay", _replay, "Show an incident step by step, as the team saw it.")
    replay.add_argument("incident", metavar="INCIDENT", help="its id, as its page's address ends: /i/INCIDENT")
    replay.add_argument("--json", action="store_true", help="one JSON object a step")
    export = command("export", _export, "Write the record as JSON Lines, while running too.")
    export.add_argument(
        "--since",
        metavar="MOMENT",
        help="only incidents in which something happened since then, each from its first line on (RFC 3339)",
    )
    export.add_argument("--incident", metavar="INCIDENT", help="only this one, by its id")
    export.add_argument("--unforwarded", action="store_true", help="what was not forwarded instead")
    verify = command("verify", _verify, "Check the record: of the store, or of an exported file.")
    verify.add_argument("file", nargs="?", metavar="FILE", help="an exported file, or - for standard input")
    verify.add_argument("--anchors", metavar="FILE", help="signed heads, kept elsewhere, to hold it against")
    verify.add_argument("--json", action="store_true", help="one JSON document")
    forget = command("forget", _forget, "Forget a person at their wish: nothing readable of them is left.")
    forget.add_argument("who", metavar="PERSON|HANDLE", help="a handle, an id, PLATFORM:HANDLE, or a person's key")
    forget.add_argument("--look", action="store_true", help="only say whom it would forget")
    forget.add_argument("--json", action="store_true", help="one JSON document")
    backup = command("backup", _backup, "Copy everything into a folder, while running too.")
    backup.add_argument(
        "folder", metavar="DIR", help="a new folder, which is made, or one that a backup broke off in: it goes on"
    )
    backup.add_argument("--keys", metavar="FILE", help="where the keys go; default: a file beside the data")
    backup.add_argument("--json", action="store_true", help="one JSON document")
    restore = command("restore", _restore, "Bring a backup back into an empty store.")
    restore.add_argument("folder", metavar="DIR", help="the folder of a finished backup")
    restore.add_argument("--keys", metavar="FILE", help="where its keys lie; default: beside the data")
    restore.add_argument(
        "--forgotten", metavar="FILE", action="append", default=[], help="a list of who was forgotten since"
    )
    restore.add_argument("--json", action="store_true", help="one JSON document")
    return top


def _run(options: argparse.Namespace) -> int:
    from bot.__main__ import run

    settings = configuration.read()
    _log(str(settings.get("LOG_LEVEL")))
    return _loop(run(settings, say=_say))


def _demo(options: argparse.Namespace) -> int:
    from bot.__main__ import demo

    _log("WARNING")
    return _loop(demo(say=_say))


def _loop(body: Coroutine[Any, Any, int]) -> int:
    """Run on uvloop where there is one: 10 to 28 % more mentions a second."""
    try:
        import uvloop
    except ImportError:
        return asyncio.run(body)
    return uvloop.run(body)


def _log(level: str) -> None:
    logging.basicConfig(level=level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s")


def _say(line: str) -> None:
    print(line, flush=True)


def _check(options: argparse.Namespace) -> int:
    from bot.__main__ import check

    findings = asyncio.run(check(configuration.read()))
    if options.json:
        print(json.dumps({"ok": all(f.ok for f in findings), "findings": [f.model_dump() for f in findings]}))
    else:
        for found in findings:
            mark = "look" if not found.ok else "note" if found.fix else "fine"
            print(f"{mark}  {found.what}" + (f"\n      {found.fix}" if found.fix else ""))
    return GOOD if all(f.ok for f in findings) else FOUND


def _sign_in(options: argparse.Namespace) -> int:
    from bot.__main__ import invitation
    from bot.nouns.team import Role

    async def body(house: Any) -> int:
        role = Role(options.role) if options.role else None
        _say(await invitation(house, options.name, role, options.person))
        return GOOD

    return in_house(body)


def _config(options: argparse.Namespace) -> int:
    shown = configuration.read().shown()
    if options.json:
        print(json.dumps(shown, indent=2))
        return GOOD
    for name, each in shown.items():
        print(f"{name:<40} {each['value'] or '(none)':<40} {each['from']}")
    return GOOD


def _manifest(options: argparse.Namespace) -> int:
    from bot.__main__ import manifest

    print(json.dumps(manifest(configuration.read(), options.room), indent=2, ensure_ascii=False))
    return GOOD


def _flag(options: argparse.Namespace) -> int:
    from bot.listening.flagging import flag_line

    return answer_lines(sys.stdin.buffer, sys.stdout, flag_line)


def _caution(options: argparse.Namespace) -> int:
    from bot.__main__ import caution_line

    return answer_lines(sys.stdin.buffer, sys.stdout, caution_line)


def _replay(options: argparse.Namespace) -> int:
    from bot.review.replay import Replay

    async def body(house: Any) -> int:
        found = False
        replay = Replay(await house.act.team())
        async for made in house.lines(options.incident):
            found = True
            if (step := replay.step(made)) is not None:
                _say(json.dumps(step.plain()) if options.json else step.painted())
        if not found:
            raise WrongUse(f"There is no incident {options.incident}.")
        return GOOD

    return in_house(body)


def _export(options: argparse.Namespace) -> int:
    from bot.review.export import moment

    since = moment(options.since) if options.since else None

    async def body(house: Any) -> int:
        lines = house.unforwarded() if options.unforwarded else house.record(options.incident, since)
        async for made in lines:
            _say(json.dumps(made, ensure_ascii=True))
        return GOOD

    return in_house(body)


def _verify(options: argparse.Namespace) -> int:
    from bot.__main__ import genuine
    from bot.review.export import read_anchors, read_lines, verify

    anchors = read_anchors(Path(options.anchors)) if options.anchors else ()
    if options.file:
        verdict = verify(read_lines(options.file), anchors, genuine)
    else:

        async def body(house: Any) -> int:
            nonlocal verdict
            signed = anchors or await house.anchors()  # first: a head signed while we read would look like a cut tail
            verdict = verify([made async for made in house.record(None, None)], signed, genuine, every=True)
            return GOOD

        verdict = {}
        in_house(body)
    if options.json:
        print(json.dumps(verdict))
    else:
        for each in verdict["breaks"]:
            print(f"{each['incident'] or 'the team'}, version {each['version']}: {each['because']}")
        print(
            f"{verdict['events']} events in {verdict['incidents']} incidents: {'whole' if verdict['ok'] else 'broken'}"
        )
    return GOOD if verdict["ok"] else FOUND


def _forget(options: argparse.Namespace) -> int:
    from bot.cli_forget import forget

    return in_house(lambda house: forget(house, options))


def _backup(options: argparse.Namespace) -> int:
    from bot.cli_backup import back_up

    return in_house(lambda house: back_up(house, options), empty=False)


def _restore(options: argparse.Namespace) -> int:
    from bot.cli_backup import restore

    return asyncio.run(restore(configuration.read(), options))
