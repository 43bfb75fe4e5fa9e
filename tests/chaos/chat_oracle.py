"""What really happened to what people pressed in a chat, from the export and the square's ledger."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tests.chaos.chat_book import Book, Wish
from tests.chaos.oracle import Line
from tests.chaos.story import text_of


def faults(
    room: str, lines: Sequence[Line], ledger: Sequence[Line], book: Book, subjects: Mapping[str, str]
) -> list[str]:
    """Sentences of what must not be. `subjects`: the mention that each card's subject stands for, by its platform's id."""
    heard = [line for line in lines if line["kind"] in ("opened", "wrote_again")]
    opened = {line["mention"]["id"]: line["data"]["conversation"] for line in heard}
    missing = [post for post in subjects.values() if post not in opened]
    if missing:
        return [f"lost: mention {each}" for each in missing]
    stands = Stands(room, lines, {subject: opened[post] for subject, post in subjects.items()})
    left = [f"open: the send {each} has no end" for each in unfinished(lines)]
    return [*left, *_lost(stands, book), *_twice(stands, book), *_ledger(lines, ledger)]


def unfinished(lines: Sequence[Line]) -> set[str]:
    """Sends that have no end yet."""
    asked = {line["data"]["attempt"] for line in lines if line["kind"] == "send_asked"}
    return asked - {
        line["data"]["attempt"] for line in lines if line["kind"] in ("delivered", "sent_back", "set_aside")
    }


def unread(lines: Sequence[Line], book: Book) -> set[str]:
    """Notes that were written in a thread and do not stand yet."""
    return {wish.words for wish in book.written} - {line["text"] for line in lines if line["kind"] == "noted"}


@dataclass(frozen=True, slots=True)
class Stands:
    """The record of a house whose people sit in `room`. `where`: the conversation of each subject."""

    room: str
    lines: Sequence[Line]
    where: Mapping[str, str]

    def count(self, wish: Wish) -> int:
        """How many events are what that press asks for. A note belongs to the incident, which no event names here."""
        return sum(
            line["kind"] == wish.kind
            and line["by"] == f"{self.room}:{wish.who}"
            and (wish.kind == "noted" or self._is_of(wish, line["data"]))
            and (not wish.words or line["text"] == wish.words)
            for line in self.lines
        )

    def _is_of(self, wish: Wish, data: Line) -> bool:
        return self.where[wish.subject] in (data["conversation"], *data.get("conversations", ()))


def _counted(wishes: Mapping[Wish, int]) -> Counter[Wish]:
    """How many events so many presses may be: one button's claims are one, whoever pressed it how often."""
    counted: Counter[Wish] = Counter()
    for wish, count in wishes.items():
        counted[replace(wish, on="")] += 1 if wish.on else count
    return counted


def _lost(stands: Stands, book: Book) -> list[str]:
    told = _counted(Counter((*book.shown, *book.written)))
    have = {wish: stands.count(wish) for wish in told}
    return [f"lost: {wish}, told {told[wish]}, stands {have[wish]}" for wish in told if have[wish] < told[wish]]


def _twice(stands: Stands, book: Book) -> list[str]:
    """What stands more often than it was pressed; and a send, told or not, that a draft's version was asked for twice."""
    made = _counted(book.pressed)
    for wish, count in book.pressed.items():  # who writes where nobody has it takes it by that
        if wish.kind == "drafted":
            made[Wish("claimed", wish.who, wish.subject)] += count
    have = {wish: stands.count(wish) for wish in made if wish.kind != "delivered"}
    more = [f"double: {wish}, pressed {made[wish]}, stands {n}" for wish, n in have.items() if n > made[wish]]
    asked = Counter(
        (line["data"]["draft"], line["data"]["version"], line["data"]["attempt"])
        for line in stands.lines
        if line["kind"] == "send_asked" and not line["data"]["again"]
    )
    return more + [f"double: {send} was asked {n} times" for send, n in asked.items() if n > 1]


def _ledger(lines: Sequence[Line], ledger: Sequence[Line]) -> list[str]:
    """Every reply once, and all that was said to be out."""
    posted = Counter(_plain(each) for each in ledger)
    texts = {line["data"]["attempt"]: line["text"] for line in lines if line["kind"] == "send_asked"}
    ends = [line["data"] for line in lines if line["kind"] == "delivered"]
    out = {texts[each["attempt"]] for each in ends if each["delivery"]["delivery"] == "posted"}
    return [
        *(f"double: {text!r} stands {n} times" for text, n in posted.items() if n > 1),
        *(f"lost: {text!r} stands nowhere" for text in out if not posted[text]),
        *(f"unknown: {text!r} stands there, and nobody says so" for text in posted if text not in out),
    ]


def _plain(status: Line) -> str:
    return text_of(status).removeprefix("@bob ")
