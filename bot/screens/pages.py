"""Every page's question, its parts, and the sentence that answers it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.screens.plain import counted, number
from bot.screens.shapes import Choice, Page, Row, Section

Rows = Mapping[str, tuple[Row, ...]]


@dataclass(frozen=True, slots=True)
class Layout:
    """A page that is lists of cards: its question, its parts as (key, heading), and what an empty one says."""

    title: str
    parts: tuple[tuple[str, str], ...]
    empty: str


LAYOUTS: Mapping[str, Layout] = {
    "now": Layout(
        "What needs someone now",
        (
            ("unknown", "Please look and say whether it went out"),
            ("first_word", "Waiting for a first word"),
            ("answer", "Waiting for an answer"),
            ("ready", "Cooled. Read once more and send"),
            ("cooling", "Cooling before it is sent"),
            ("offline", "Away from the public"),
        ),
        "Nobody is waiting.",
    ),
    "mine": Layout(
        "What is yours",
        (
            ("ready", "Cooled. Read once more and send"),
            ("waiting", "In your hands"),
            ("cooling", "Cooling before it is sent"),
            ("offline", "You talk with them"),
            ("sent", "On its way, or somebody has to say whether it went out"),
            ("gone", "Deleted by its author"),
            ("promised", "You promised"),
            ("settled", "Nothing to do until they write again"),
        ),
        "You have nothing in your hands.",
    ),
    "offline": Layout(
        "What is away from the public",
        (("due", "The next contact is due"), ("taken", "Talks that go on"), ("invited", "Asked to write or call")),
        "Nothing is away from the public.",
    ),
    "settled": Layout("What is settled", (("settled", "Newest first"),), "Nothing is settled yet."),
    "list": Layout(
        "All of one cause",
        (("open", "Open"), ("settled", "Settled")),
        "Nothing is here any more.",
    ),
    "search": Layout("Search", (("found", "Found"),), "Nothing was found."),
}
SAMPLE = Choice("sample", "Try it with a sample mention")


def listed(name: str, rows: Rows, answer: str, *, after: str = "", choices: Sequence[Choice] = ()) -> Page:
    """A page of cards. Parts without rows are left out; a page without any says so."""
    layout = LAYOUTS[name]
    parts = tuple(Section(title, rows=rows[key]) for key, title in layout.parts if rows.get(key))
    empty = (Section("", empty=layout.empty),)
    return Page(name, layout.title, answer, parts or empty, after=after, choices=tuple(choices))


def now_answer(first_word: int, late: int, unknown: int, ready: int, *, more: bool = False) -> str:
    """ "Two people are waiting for a first word. Nothing else is urgent." `more`: there are more than were counted."""
    waiting = (
        f"{'More than ' if more else ''}{_people(first_word, more)} waiting for a first word." if first_word else ""
    )
    urgent = (
        f"{number(late)} {'has' if late == 1 else 'have'} waited too long." if late else "",
        f"{number(unknown)} {'send has' if unknown == 1 else 'sends have'} to be looked at." if unknown else "",
        f"{number(ready)} {'draft is' if ready == 1 else 'drafts are'} ready to be sent." if ready else "",
    )
    rest = " ".join(sentence for sentence in urgent if sentence)
    if not waiting and not rest:
        return "Nobody is waiting for a first word. Nothing is urgent."
    return " ".join((waiting or "Nobody is waiting for a first word.", rest or "Nothing else is urgent."))


def _people(count: int, more: bool) -> str:
    people = counted(count, "person is", "people are")
    return people if more else people[:1].upper() + people[1:]


def mine_answer(count: int, ready: int, promises: int) -> str:
    """What is in one person's hands, in a sentence."""
    parts = [f"You have {counted(count, 'conversation')}."] if count else []
    parts += [f"{number(ready)} {'has' if ready == 1 else 'have'} cooled."] if ready else []
    parts += [f"You promised {counted(promises, 'thing')}."] if promises else []
    return " ".join(parts) or "You have nothing in your hands."


def count_answer(count: int, one: str, many: str, none: str) -> str:
    """ "Three talks go on." or what there is to say where there are none."""
    return f"{number(count)} {one if count == 1 else many}." if count else none
