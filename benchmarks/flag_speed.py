"""What flagging one mention costs: watches, three scores, the pile it belongs to. CPU time, one after the other."""

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from itertools import cycle, islice

from benchmarks.row import Row, p50
from bot.demo.afternoon import AFTERNOON
from bot.listening.causes import Around, Wording, belongs, fingerprint_for_copies
from bot.listening.flagging import flag
from bot.listening.watches import Watches
from bot.nouns.mention import Kept, MentionKey
from bot.nouns.watch import Watch
from bot.nouns.words import Words

_AT = datetime(2026, 3, 2, 10, tzinfo=UTC)
_MANY, _ROUNDS, _LATELY = 2_000, 7, 100
_OTHERS = (
    "J'attends mon colis depuis trois semaines et personne ne répond. C'est honteux.",
    "Llevo dos horas esperando y nadie contesta el teléfono. Quiero mi dinero.",
    "Der dritte Teller kommt zerbrochen an. Wer packt das eigentlich?",
    "Ich habe zweimal bezahlt und der Automat sagt, das sei normal.",
    "just saw the new kettle in the window, lovely colour, might get one for mum",
    "anyone know when the shop on the corner opens on sundays",
)
TEXTS = tuple(turn.text for turn in AFTERNOON if turn.text) + _OTHERS


def measure(long: bool) -> Sequence[Row]:
    """The median of several rounds, and its floor: casefold and split of the same texts."""
    many = _MANY * (5 if long else 1)
    watches = Watches(
        [Watch(name=f"w{n}", words=(f"brand{n}", "parcel", "kettle"), none=("hiring",)) for n in range(20)]
    )
    around = Around(
        lately=[Wording(f"i{n}", f"p{n}", fingerprint_for_copies(f"{n} {TEXTS[0]}"), _AT) for n in range(_LATELY)]
    )

    def whole(text: str) -> None:
        watches.hear(text, source="square")
        verdict = flag(text, platform="square", followers=100)
        kept = Kept(
            key=MentionKey(platform="square", id="m"), person="p", words=Words(ref="r", seal="s"), at=_AT, arrived=_AT,
            flag=verdict,
        )  # fmt: skip
        belongs(kept, fingerprint_for_copies(text), around)

    for text in TEXTS:
        whole(text)  # weights are read and patterns compiled once
    floor, cost = _each(lambda text: text.casefold().split(), many), _each(whole, many)
    note = f"{cost / floor:.0f} × the floor; {sum(map(len, TEXTS)) // len(TEXTS)} characters on average"
    return [
        Row("casefold and split of the same texts (floor)", floor, "µs"),
        Row("watches, three scores, severity, reasons, pile", cost, "µs", 400, 200, note),
    ]


def _each(work: Callable[[str], object], many: int) -> float:
    """Microseconds of CPU for one text."""
    took = []
    for _ in range(_ROUNDS):
        began = time.process_time()
        for text in islice(cycle(TEXTS), many):
            work(text)
        took.append((time.process_time() - began) / many * 1e6)
    return p50(took)
