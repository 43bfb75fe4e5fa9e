"""For pytest, under `make chaos` alone: which trials are run, a line for each, and what they found, one JSON a test.

Without NIGHT=1 in the environment a simulated trial is cut to a few of its seeds; real ones are whole, but for those of the
chats and a few more (`kinds`).
"""

import json
import os
import re
from collections.abc import Generator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from tests.chaos.report.kinds import left_in_a_cut
from tests.chaos.report.unsaid import unsaid
from tests.chaos.summary import taken

#: So many seconds a trial may take that does not say it itself. A busy machine is no fault of a trial.
LONGEST = 3600


def pytest_addoption(parser: pytest.Parser) -> None:
    """Where it goes."""
    parser.addoption("--trials", required=False, help="the file that each test's figures are added to")
    parser.addoption("--chosen", required=False, help="the file that the names of the tests are written to, one a line")


def pytest_configure(config: pytest.Config) -> None:
    """Begin."""
    config.pluginmanager.register(Trials(config), "trials")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep what belongs to a long trial: all of its seeds at night, else a few of them spread over all."""
    kept = chosen(items, whole=bool(os.environ.get("NIGHT")))
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    for item in kept:
        if item.get_closest_marker("timeout") is None:
            item.add_marker(pytest.mark.timeout(LONGEST))
    items[:] = kept


def chosen(items: Sequence[pytest.Item], *, whole: bool) -> list[pytest.Item]:
    """The tests of every function that has one marked `chaos`, without those that only stand in for it in short runs."""
    functions: dict[str, list[pytest.Item]] = {}
    for item in items:
        functions.setdefault(item.nodeid.partition("[")[0], []).append(item)
    found: list[pytest.Item] = []
    for name, tests in functions.items():
        if not any(item.get_closest_marker("chaos") for item in tests):
            continue
        long = [item for item in tests if not _cut(item)]
        few = None if whole else left_in_a_cut(name)
        found += long if few is None else _spread(long, few)
    return found


def _spread(items: list[pytest.Item], few: int) -> list[pytest.Item]:
    return items[:: max(1, len(items) // few)] if few else []


def _cut(item: pytest.Item) -> bool:
    return "cut" in re.findall(r"\w+", _seed(item.nodeid))


def _seed(nodeid: str) -> str:
    return nodeid.partition("[")[2].removesuffix("]")


class Trials:
    """Counts, prints and writes."""

    def __init__(self, config: pytest.Config) -> None:
        trials, names = config.getoption("--trials"), config.getoption("--chosen")
        self._file = Path(trials) if trials else None
        self._names = Path(names) if names else None
        self._config = config
        self._done = 0
        self._total = 0

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """How many there are."""
        self._total = len(session.items)
        if self._names is not None:
            self._names.write_text("".join(f"{item.nodeid}\n" for item in session.items), encoding="utf-8")

    @pytest.hookimpl(tryfirst=True)
    def pytest_report_teststatus(self, report: pytest.TestReport) -> tuple[str, str, str] | None:
        """No dots among the lines."""
        return ("passed" if report.when == "call" else "", "", "") if report.passed else None

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """A line once a test was called, or could not even be prepared."""
        report = yield
        if report.when == "call" or (report.when == "setup" and not report.passed):
            self._tell(item, report, call)
        return report

    def _tell(self, item: pytest.Item, report: pytest.TestReport, call: pytest.CallInfo[None]) -> None:
        self._done += 1
        file, seed = item.nodeid.partition("::")[0], _seed(item.nodeid)
        told = taken() or [unsaid(file, item.nodeid.partition("::")[2].partition("[")[0], seed)]
        failed = str(call.excinfo.typename) if report.failed and call.excinfo is not None else ""
        outcome = "" if report.passed else f" {report.outcome.upper()}"
        lines = [
            f"{outcome} {each.promise} · {each.trial} · {each.count:,} · {each.result} · seed {each.seed} "
            f"· {report.duration:.1f} s"
            for each in told
        ]
        terminal: Any = self._config.pluginmanager.get_plugin("terminalreporter")
        for line in lines:
            terminal.write_line(f"[{self._done}/{self._total}]{line}")
        if self._file is not None:
            ran = {"file": file, "seed": seed, "failed": failed, "told": [asdict(each) for each in told]}
            with self._file.open("a", encoding="utf-8") as out:
                out.write(json.dumps({**ran, "skipped": report.skipped, "lines": lines}) + "\n")
