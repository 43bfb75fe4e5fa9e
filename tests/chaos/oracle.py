"""What really happened, from two books that nobody can talk into anything: the square's ledger and the export."""

import json
import time
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pydantic import TypeAdapter

from tests.chaos.story import ANSWER, HEARD, Told, text_of

Line = dict[str, Any]
_LENGTH = TypeAdapter(timedelta)


@dataclass(frozen=True, slots=True)
class Counts:
    """Sentences of what must not be; all empty where all is well."""

    lost: Sequence[str]
    double: Sequence[str]
    early: Sequence[str]
    open: Sequence[str]

    @property
    def faults(self) -> list[str]:
        """All of them."""
        return [*self.lost, *self.double, *self.early, *self.open]


def read_export(said: bytes) -> list[Line]:
    """The lines of `coolhead export`."""
    return [json.loads(line) for line in said.splitlines()]


def counts(
    lines: Sequence[Line],
    ledger: Sequence[Line],
    mentions: Collection[str],
    told: Sequence[Told],
    words: Collection[str] = (HEARD, ANSWER),
) -> Counts:
    """`mentions`: ids we were told are kept, or that the square told us. `told`: what a press was answered as done.

    `words`: what the ledger must hold, each once.
    """
    return Counts(
        [*_lost(lines, mentions), *_unwritten(lines, told), *_unposted(ledger, words)],
        [*_twice(lines), *_posted_twice(ledger)],
        _early(lines, ledger),
        _open(lines),
    )


def _kept(lines: Sequence[Line]) -> Counter[str]:
    return Counter(line["mention"]["id"] for line in lines if line["kind"] in ("opened", "wrote_again"))


def _lost(lines: Sequence[Line], mentions: Collection[str]) -> list[str]:
    return [f"lost: mention {each}" for each in sorted(set(mentions) - set(_kept(lines)))]


def _twice(lines: Sequence[Line]) -> list[str]:
    return [f"double: mention {each} lies in {n} places" for each, n in _kept(lines).items() if n > 1]


def _unwritten(lines: Sequence[Line], told: Sequence[Told]) -> list[str]:
    """Presses that were answered as done and stand nowhere; a kind counts as often as it was told."""
    have = Counter(line["kind"] for line in lines)
    texts = {(line["kind"], line.get("text")) for line in lines}
    wanted = Counter(each.kind for each in told)
    found = [f"lost: {n - have[kind]} × {kind}" for kind, n in wanted.items() if n > have[kind]]
    return found + [f"lost: the words of {t.kind}" for t in told if t.words and (t.kind, t.words) not in texts]


def _posted_twice(ledger: Sequence[Line]) -> list[str]:
    posted = Counter(text_of(each) for each in ledger)
    return [f"double: {text!r} stands {n} times" for text, n in posted.items() if n != 1]


def _unposted(ledger: Sequence[Line], words: Collection[str]) -> list[str]:
    posted = {text_of(each) for each in ledger}
    return [f"lost: {text!r} stands nowhere" for text in words if text not in posted]


def _early(lines: Sequence[Line], ledger: Sequence[Line]) -> list[str]:
    """Posts that stood there before the machine had really run for as long as the words had to cool.

    The post's time is the square's, whose clock nobody moves; the wait's is that of the machine since it booted.
    """
    booted = time.time() - time.clock_gettime(time.CLOCK_BOOTTIME)
    found = []
    for line in lines:
        cooling = line["data"].get("cooling") if line["kind"] == "drafted" else None
        posts = [each for each in ledger if text_of(each) == line.get("text")]
        if not cooling or not posts:
            continue
        at = datetime.fromisoformat(posts[0]["created_at"].replace("Z", "+00:00")).timestamp() - booted
        over = cooling["since"]["elapsed"] + seconds(cooling["length"])
        if at < over - 0.01:
            found.append(f"early: by {over - at:.3f} s, {line['text']!r}")
    return found


def lost_answers(lines: Sequence[Line]) -> int:
    """How many sends were interrupted: their end was written down only after they had settled."""
    begun = {line["data"]["attempt"]: line["at"] for line in lines if line["kind"] == "intended"}
    ends = [(begun[line["data"]["attempt"]], line["at"]) for line in lines if line["kind"] == "delivered"]
    return sum(datetime.fromisoformat(end) - datetime.fromisoformat(at) > timedelta(seconds=8) for at, end in ends)


def seconds(length: str | float) -> float:
    """A length as the record writes it (`PT2S`, `PT1M`)."""
    return _LENGTH.validate_python(length).total_seconds()


def unended(lines: Sequence[Line]) -> list[str]:
    """Sends that have no end."""
    ends = ("delivered", "sent_back", "set_aside")
    over = {line["data"]["attempt"] for line in lines if line["kind"] in ends}
    return sorted({line["data"]["attempt"] for line in lines if line["kind"] == "send_asked"} - over)


def pressed_again(lines: Sequence[Line]) -> set[str]:
    """Sends that were given up before anything went out, and made good by a later press for the same conversation."""
    ends = [line["data"] for line in lines if line["kind"] == "delivered"]
    posted = {data["conversation"]: at for at, data in enumerate(ends) if data["delivery"]["delivery"] == "posted"}
    return {
        data["attempt"]
        for at, data in enumerate(ends)
        if data["delivery"]["delivery"] == "not_sent" and at < posted.get(data["conversation"], -1)
    }


def _open(lines: Sequence[Line]) -> list[str]:
    """Sends that have no end, or a bad one."""
    ends = {line["data"]["attempt"]: line["data"] for line in lines if line["kind"] == "delivered"}
    fine = pressed_again(lines)
    return [f"open: the send {each} has no end" for each in unended(lines)] + [
        f"open: the send {each} ended as {data['delivery']['delivery']}"
        for each, data in ends.items()
        if data["delivery"]["delivery"] != "posted" and each not in fine
    ]
