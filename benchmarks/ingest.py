"""Durable webhook ingest relative to bare aiohttp answering 200, in one run (DESIGN §10).

    python -m benchmarks.ingest [--seconds 5] [--rounds 3] [--json]

64 connections, bodies of 300 bytes, every author new, token checked, vault on, the product's own door. The floor and
both kinds of fsync take turns, and the best round of each counts: what else the machine does only ever takes away. CPU is
the server process's own for one answer, which other work disturbs less than rates. Ends with 1 where a ratio is below what it must be, an
answer was not 200, or less is stored than was confirmed.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass

from benchmarks.ingest_server import SOURCE, TOKEN
from benchmarks.load import CONNECTIONS, Load, load

MUST = {"always": 0.20, "everysec": 0.45}
AIM = {"always": 0.30, "everysec": 0.60}


@dataclass(frozen=True, slots=True)
class Round:
    """One load on one kind of server; `missing` is how many confirmed mentions are not in the inbox, `cpu` in µs."""

    load: Load
    missing: int
    cpu: float


def measure(what: str, run: str, seconds: float) -> Round:
    """A fresh server with an empty store, loaded."""
    with tempfile.TemporaryDirectory(prefix="coolhead-bench-", ignore_cleanup_errors=True) as folder:
        command = [sys.executable, "-m", "benchmarks.ingest_server", what, folder]
        server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert server.stdin is not None
        assert server.stdout is not None
        try:
            url = f"{server.stdout.readline().strip()}/hooks/inbox/{SOURCE}"
            warm = load(url, TOKEN, f"warm{run}", 1)
            found = load(url, TOKEN, run, seconds)
            server.stdin.close()
            held, spent = server.stdout.read().split()
        finally:
            server.stdin.close()
            server.wait()
        confirmed = warm.answers - warm.bad + found.answers - found.bad
        missing = 0 if what == "floor" else max(0, confirmed - int(held))
        return Round(found, missing, float(spent) / (warm.answers + found.answers) * 1e6)


def main() -> int:
    """Measure, print, judge."""
    options = argparse.ArgumentParser(description="Durable webhook ingest relative to bare aiohttp.")
    options.add_argument("--seconds", type=float, default=5, help="length of one load")
    options.add_argument("--rounds", type=int, default=3, help="loads of each kind")
    options.add_argument("--json", action="store_true", help="one JSON object instead of lines")
    asked = options.parse_args()
    rounds: dict[str, list[Round]] = {what: [] for what in ("floor", "always", "everysec")}
    for number in range(asked.rounds):
        for what, found in rounds.items():
            found.append(measure(what, f"{what}{number}", asked.seconds))
    return report(rounds, as_json=asked.json)


def report(rounds: dict[str, list[Round]], *, as_json: bool) -> int:
    """Print the best and the ratios; 1 where something is not as it must be."""
    rates = {what: max(one.load.rate for one in found) for what, found in rounds.items()}
    cpu = {what: min(one.cpu for one in found) for what, found in rounds.items()}
    ratios = {what: rates[what] / rates["floor"] for what in MUST}
    bad = sum(one.load.bad for found in rounds.values() for one in found)
    missing = sum(one.missing for found in rounds.values() for one in found)
    good = not bad and not missing and all(ratios[what] >= must for what, must in MUST.items())
    if as_json:
        told = {what: [asdict(one) for one in found] for what, found in rounds.items()}
        print(
            json.dumps(
                {
                    "ok": good,
                    "rates": rates,
                    "cpu": cpu,
                    "ratios": ratios,
                    "bad": bad,
                    "missing": missing,
                    "rounds": told,
                }
            )
        )
        return 0 if good else 1
    print(
        f"floor     {rates['floor']:8.0f}/s   bare aiohttp answering 200, {CONNECTIONS} connections, {cpu['floor']:.0f} µs of CPU"
    )
    for what, must in MUST.items():
        p99 = min(one.load.p99 for one in rounds[what])
        print(
            f"{what:9} {rates[what]:8.0f}/s   ratio {ratios[what]:.2f} "
            f"(must {must:.2f}, aim {AIM[what]:.2f})   p99 {p99:.1f} ms   {cpu[what]:.0f} µs of CPU"
        )
    print(f"not 200: {bad}   confirmed but missing: {missing}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
