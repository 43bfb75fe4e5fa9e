"""The phrasebook: checked files, calm words, none that our own reader would stop."""

import re
from pathlib import Path

import pytest

from bot.errors import WrongUse
from bot.nouns.caution import Reading, Stage
from responders import read
from responders.phrasebook import Entry, entries, load, parse

ABOUT = {
    "praise": "love your cakes, thank you",
    "question": "are you open on Sunday?",
    "spam_or_wrong_name": "buy followers here",
    "safety": "the heater caught fire and hurt my son",
    "no_words": "",
}
SITUATIONS = {
    "parcel_lost",
    "late_delivery",
    "broken_item",
    "charged_twice",
    "refund_missing",
    "rude_staff",
    "outage",
    "locked_out",
    "safety",
    "data_leak",
    "discrimination",
    "price_rise",
    "quality",
    "cancelled",
    "no_answer",
    "wrong_item",
    "praise",
    "question",
    "legal_threat",
    "press_question",
    "misinformation",
    "spam_or_wrong_name",
    "ban_appeal",
    "unfair_moderation",
    "moderator_conduct",
    "member_conflict",
    "raid",
    "other",
    "no_words",
}
FORMS = [
    pytest.param(one, form, id=f"{one.key}-{len(form)}") for one in entries() for form in (one.text, one.short) if form
]


def filled(form: str) -> str:
    """As a teammate would send it."""
    by_hand = re.sub(
        r"\[([^\]]*)\]", lambda slot: "Friday at noon" if re.search("day|hour", slot[1]) else "the red kettle", form
    )
    return by_hand.replace("{name}", "Mara").replace("{signature}", "Ben").replace("{contact}", "help@shop.example")


def test_there_are_enough_for_every_situation() -> None:
    """At least three dozen replies; every situation has words, and every stage."""
    assert len(entries()) >= 36
    assert {situation for one in entries() for situation in one.situations} == SITUATIONS
    assert {one.stage for one in entries()} == set(Stage)
    assert len({one.text for one in entries()}) == len(entries())


@pytest.mark.parametrize(("entry", "form"), FORMS)
def test_our_own_reader_has_nothing_to_say(entry: Entry, form: str) -> None:
    """Once its places are filled, no reply draws any caution, and it fits where it will be posted."""
    mention = ABOUT.get(entry.situations[0], "the red kettle came late and broken, this is terrible")
    text = filled(form)
    assert [one.code for one in read(Reading(text=text, mention=mention, stage=entry.stage))] == []
    assert len(text) <= (280 if form == entry.short else 500)


@pytest.mark.parametrize(("entry", "form"), FORMS)
def test_every_reply_is_calm_and_signed(entry: Entry, form: str) -> None:
    """No exclamation mark, no worn line, a human name at the end."""
    assert "!" not in form
    assert "inconvenience" not in form
    assert form.endswith("{signature}")


def test_no_two_replies_are_nearly_the_same() -> None:
    """A team that uses several of them does not sound like a machine."""
    texts = [filled(one.text) for one in entries()]
    for at, text in enumerate(texts):
        found = read(Reading(text=text, mention="late", recent=tuple(texts[:at] + texts[at + 1 :])))
        assert "repeated_words" not in [one.code for one in found], text


HEAD = '+++\ntitle = "t"\nsituations = ["other"]\nstage = "response"\nfits = "f"\n+++\n'


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    """Front matter, lines joined, the short form after its heading."""
    source = HEAD + "\nOne\ntwo. {signature}\n\n## Short\n\nOne. {signature}\n"
    (tmp_path / "a_key.md").write_text(source, encoding="utf-8")
    (one,) = load(tmp_path)
    assert (one.key, one.text, one.short, one.lang, one.turn) == (
        "a_key",
        "One two. {signature}",
        "One. {signature}",
        "en",
        "any",
    )
    assert parse("k", HEAD + "One. {signature}\n").short == ""


@pytest.mark.parametrize(
    ("source", "because"),
    [
        ("no front matter", "begin with front matter"),
        ("+++\nnot toml\n+++\nwords {signature}", "no TOML"),
        ('+++\ntitle = "t"\n+++\nwords {signature}', "situations: Field required"),
        (HEAD.replace("fits", "fitz") + "words {signature}", "fits: Field required"),
        (HEAD.replace('fits = "f"', 'fits = "f"\nmood = "x"') + "words {signature}", "mood: Extra"),
        (HEAD + "hello {nobody} {signature}", "unknown field {nobody}"),
        (HEAD + "hello", "must end with"),
        (HEAD + "\n", "there are no words"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(source: str, because: str) -> None:
    """Every error names the file and the fault."""
    with pytest.raises(WrongUse, match=f"some_key: .*{re.escape(because)}"):
        parse("some_key", source)
