"""kill -9 of the bot, of the store's server or of both, while mentions come in (failures B1, B3, B4).

Real: the program and its embedded store. Whoever sends gets no answer, or a 503, and sends again, as platforms do. The
oracle is what was answered 200, held against the export at the end: exactly one row each.
"""

import json
import random
import threading
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from urllib.error import HTTPError

import pytest

from tests.chaos.summary import say
from tests.servers import temporary
from tests.stories.process import House, a_house, cleaned, until

MENTIONS = 300
AT_ONCE = 10
TOPICS = ("parcel", "lamp", "invoice", "voucher", "zip", "catalogue", "chair", "kettle", "poster", "helmet")


@pytest.mark.parametrize(
    ("rounds", "mentions", "dying"),
    [
        pytest.param(1, 60, ("store",), id="cut"),
        pytest.param(50, MENTIONS, ("bot", "bot", "store", "both"), marks=pytest.mark.chaos, id="whole"),
    ],
)
@pytest.mark.timeout(1800)
def test_every_mention_that_was_acknowledged_stands_exactly_once(
    rounds: int, mentions: int, dying: Sequence[str]
) -> None:
    """However often something dies meanwhile; and nothing stands that nobody sent."""
    dice, false = random.Random(6), list[int]()
    with temporary() as folder:
        made = a_house(folder / "data")
        with cleaned(made):
            made.start()
            made.up()
            sent: set[str] = set()
            for number in range(rounds):
                sent |= _one_round(made, dice.choice(dying), dice.uniform(0.0, 0.4), number, mentions, false)
            rows = _sorted(made, len(sent))
            twice = sorted(id for id, count in rows.items() if count > 1)
            lost = sorted(sent - rows.keys())
            say(
                "nothing lost on the way in",
                f"kill -9 x {mentions} mentions on the way in",
                "real",
                rounds,
                f"{len(sent)} acknowledged, {len(lost)} lost, {len(twice)} double, {len(false)} odd answers",
                6,
            )
            assert (lost, twice, false) == ([], [], [])
            assert rows.keys() == sent
            assert len(sent) == rounds * mentions
            verdict = made.command("verify")
            assert verdict.returncode == 0, verdict.stdout
            assert made.stop() == 0
            assert "Traceback" not in made.err


def _one_round(made: House, which: str, wait: float, number: int, mentions: int, false: list[int]) -> set[str]:
    """The ids that were acknowledged: all of them in the end, each group sent again until it was."""
    ids = [f"r{number}-{n}" for n in range(mentions)]
    groups = [ids[at : at + AT_ONCE] for at in range(0, mentions, AT_ONCE)]
    begun = threading.Event()

    def bring(group: list[str]) -> None:
        begun.set()
        bodies = [{"id": id, "text": f"Where is my {TOPICS[len(id) % 10]}? {id}", "author": {"id": id}} for id in group]
        while True:
            try:
                told = made.mention(*bodies)
                if told["accepted"] + told["duplicates"] == len(group):
                    return
                false.append(200)
            except HTTPError as error:
                with error:
                    if error.code != 503:
                        false.append(error.code)
            except (OSError, ValueError):
                pass
            time.sleep(0.02)

    with ThreadPoolExecutor(4) as pool:
        bringing = [pool.submit(bring, group) for group in groups]
        begun.wait()
        time.sleep(wait)
        if which != "bot":
            made.kill_store()
        if which != "store":
            made.kill()
            made.start()
            made.up()
        for each in bringing:
            each.result()
    return set(ids)


def _sorted(made: House, count: int) -> Counter[str]:
    """How many rows each mention has, once as many as were sent are sorted, or after a long while as it is."""
    rows: Counter[str] = Counter()

    def there() -> bool:
        nonlocal rows
        lines = [json.loads(line) for line in made.command("export").stdout.splitlines()]
        rows = Counter(line["mention"]["id"] for line in lines if line["kind"] in ("opened", "wrote_again"))
        return len(rows) >= count

    until(there, lambda: f"{len(rows)} of {count} are sorted", within=300)
    return rows
