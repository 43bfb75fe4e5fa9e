"""The record: canonical lines, the chain, and what breaks it."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nouns import record
from bot.nouns.events import Event, HoldBegan, Noted, Opened, key_of, load, words_of
from bot.nouns.mention import MentionKey
from bot.nouns.words import seal
from tests.bot.build import SALT, START, a_mention, key, words


def events() -> list[Event]:
    """Three events of one incident."""
    base: dict[str, Any] = {"incident": "i1", "conversation": "c1", "at": START}
    return [
        Opened(**base, by="coolhead:sorter", mention=a_mention("Où est mon colis ?")),
        Noted(**base, by="ana", words=words("I call them.")),
        Noted(**base, by="ben", words=words("Thank you."), marked=True),
    ]


def chain() -> list[record.Line]:
    """The same as lines, with their texts as an export adds them."""
    lines: list[record.Line] = []
    for event in events():
        made = record.line(event, len(lines) + 1, lines[-1]["hash"] if lines else "")
        text = words_of(event)
        assert text is not None
        lines.append({**made, "text": text.text, "salt": SALT + text.ref})
    return lines


def breaks(lines: list[record.Line]) -> list[str]:
    """Why a chain does not verify."""
    return [found.because for found in record.check(lines)]


def test_a_whole_chain_verifies_and_reads_back() -> None:
    """What was written is found whole, through JSON too, and each line is its event again, without texts."""
    lines = json.loads(json.dumps(chain()))
    assert breaks(lines) == []
    first = record.event(lines[0])
    assert isinstance(first, Opened)
    assert first.mention.words.text is None
    assert first.mention.about is None
    assert [record.event(made).kind for made in lines] == ["opened", "noted", "noted"]
    assert lines[0]["mention"] == {"platform": "mastodon", "id": "m1"}


def test_a_line_is_kept_in_one_way() -> None:
    """A line that was just made and the same one read again are kept as the same canonical text, hash and all."""
    prev = ""
    for version, event in enumerate(events(), 1):
        made = record.line(event, version, prev)
        told = json.dumps(dict(made), sort_keys=True, separators=(",", ":"))
        assert record.kept(made) == record.kept(json.loads(told)) == told
        assert record.digest(made) == made["hash"]
        prev = made["hash"]


@given(st.text(), st.text())
def test_no_id_moves_the_hash_in_a_kept_line(platform: str, id: str) -> None:
    """Whatever a platform calls a mention, the kept line is the line."""
    opened = Opened(incident="i1", conversation="c1", at=START, by="coolhead:sorter", mention=a_mention("Hello"))
    named = opened.model_copy(
        update={"mention": opened.mention.model_copy(update={"key": MentionKey(platform=platform, id=id)})}
    )
    made = record.line(named, 1, ',"incident":')
    assert json.loads(record.kept(made)) == made


def test_no_text_and_no_name_is_in_a_line() -> None:
    """A line holds refs and seals; the words and who said them lie in the vault."""
    plain = json.dumps([record.line(event, 1, "") for event in events()])
    for private in ("colis", "I call them", "Mara", "@mara", "square.test"):
        assert private not in plain


@pytest.mark.parametrize(
    ("field", "value", "because"),
    [
        ("by", "kim", "its words do not fit its hash"),
        ("version", 7, "version 2 was expected here, 7 stands"),
        ("prev", "", "it does not follow the line before it"),
        ("text", "I called them.", "its text does not fit its seal"),
        ("salt", "other", "its text does not fit its seal"),
        ("salt", None, "its text does not fit its seal"),
        ("data", "garbage", "its words do not fit its hash"),
        ("at", {1, 2}, "it cannot be read"),
    ],
)
def test_every_change_of_a_line_is_found(field: str, value: object, because: str) -> None:
    """Whatever is changed in a line, the check names the line and the reason."""
    lines = chain()
    lines[1] = {**lines[1], field: value}
    assert because in breaks(lines)


def test_a_text_without_a_place_for_it_is_found() -> None:
    """A line whose data is no object cannot carry a text, even with a fitting hash."""
    made = {**chain()[0], "data": None}
    made["hash"] = record.digest(made)
    assert breaks([made]) == ["its text does not fit its seal"]


@given(st.integers(0, 2), st.sampled_from(["drop", "double", "swap"]))
def test_a_missing_doubled_or_moved_line_is_found(at: int, how: str) -> None:
    """Only the cut of the last line shows nothing here: the signed head finds that."""
    lines = chain()
    match how:
        case "drop":
            changed = lines[:at] + lines[at + 1 :]
        case "double":
            changed = [*lines[: at + 1], *lines[at:]]
        case _:
            changed = [*lines[1:], lines[0]] if at == 0 else [lines[0], *reversed(lines[1:])]
    assert breaks(changed) or (how, at) == ("drop", 2)


def test_a_chain_that_goes_on_is_checked_from_where_it_stands() -> None:
    """A later part verifies after its predecessor's hash and version; a line that lost its own breaks the rest."""
    lines = chain()
    assert list(record.check(lines[1:], prev=lines[0]["hash"], version=1)) == []
    lines[0] = {**lines[0], "version": "1", "hash": None}
    assert len(breaks(lines)) == 2


def test_a_line_nested_too_deep_is_no_crash() -> None:
    """A hundred thousand levels are a break like any other."""
    deep: Any = 0
    for _ in range(100_000):
        deep = [deep]
    assert breaks([{**chain()[0], "data": deep}]) == ["it cannot be read"]


def test_events_are_loaded_by_their_kind() -> None:
    """An event without words or mention has neither, and a team's event belongs to no incident."""
    hold = HoldBegan(at=START, by="kim", until=START, words=words("Recall."))
    assert record.event(record.line(hold, 1, "")) == hold.model_copy(update={"words": hold.words.bare()})
    closed = load({"kind": "closed", "at": START, "by": "ana", "incident": "i1", "conversation": "c1"})
    assert (words_of(closed), key_of(closed)) == (None, None)
    deleted = load({"kind": "mention_deleted", "at": START, "by": "ana", "mention": key().model_dump()})
    assert key_of(deleted) == key()


def test_a_seal_is_the_same_on_every_machine() -> None:
    """Lone surrogates have a seal too."""
    assert seal("s", "\ud800") == seal("s", "\\ud800")
    assert len(seal("s", "")) == 64
