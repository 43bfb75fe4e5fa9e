"""What the command line says of wrong use: one sentence, and where to read on."""

import argparse
import difflib
import re
from collections.abc import Callable, Mapping
from typing import NoReturn

_CHOICE = re.compile(
    r"argument (?P<what>.+?): invalid choice: '(?P<given>.*)' \(choose from (?P<known>.*)\)", re.DOTALL
)


def _no_such(found: re.Match[str]) -> str:
    known = [one.strip(" '") for one in found["known"].split(",")]
    near = difflib.get_close_matches(found["given"], known, 1)
    meant = f"Did you mean {near[0]}?" if near else f"It is one of {', '.join(known)}."
    return f"{found['what']} can't be {found['given']!r}. {meant}"


#: What the library says, and how we say it.
_SAID: Mapping[re.Pattern[str], Callable[[re.Match[str]], str]] = {
    _CHOICE: _no_such,
    re.compile(r"the following arguments are required: (.+)"): lambda found: f"{found[1]} is missing.",
    re.compile(r"unrecognized arguments: (.+)", re.DOTALL): lambda found: f"There is no use for {found[1]} here.",
    re.compile(r"argument (.+): expected .*"): lambda found: f"{found[1]} needs a value.",
}


def calm(message: str) -> str:
    """The library's words in ours; those we don't know stand as they are."""
    for known, said in _SAID.items():
        if (found := known.fullmatch(message)) is not None:
            return said(found)
    return f"{message[:1].upper()}{message[1:]}."


class CalmParser(argparse.ArgumentParser):
    """As the library's, but for its words. Exit 2 for wrong use."""

    def error(self, message: str) -> NoReturn:
        """One sentence on standard error, and where to read on."""
        self.exit(2, f"{calm(message)} See: {self.prog} --help\n")
