"""Untrusted text, links and two hundred ways to misuse them."""

import re
from dataclasses import replace

import pytest

from adapters.rooms.web.links import link
from adapters.rooms.web.plain import readable
from bot.screens.shapes import Fact, Line, Page, Quote, Row, Section
from tests.adapters.rooms.web.house import House
from tests.adapters.rooms.web.vectors import VECTORS
from tests.fakes import desk_pages as script

_FORBIDDEN_TAGS = re.compile(
    r"<\s*(script|img|svg|iframe|object|embed|style|math|video|base|marquee|body\s+on)\b", re.IGNORECASE
)


def test_there_are_two_hundred() -> None:
    """The list is as long as it says."""
    assert len(set(VECTORS)) >= 200


@pytest.mark.parametrize("text", VECTORS)
async def test_a_hostile_text_stays_text(text: str) -> None:
    """Wherever words of others stand, they open no tag, no attribute and no link that runs."""
    house = House()
    card = replace(
        script.COOLING,
        headline=text,
        about=text,
        passages=(
            Quote(text, by=text, url=text, veiled=""),
            Quote("x", veiled=text),
            Fact(text, text),
            Quote(text, ours=True),
        ),
    )
    house.desk.thread = Page(
        "incident",
        text,
        text,
        (Section(text, rows=(Row(card, (text,)),), lines=(Line(text, script.NOON, by=text, quote=text),), empty=text),),
        card=card,
    )
    shown = (await house.get("/i/parcel")).text
    main = shown[shown.index("<main") : shown.index("</main>")]
    assert not _FORBIDDEN_TAGS.search(main)
    assert not re.search(r"<[^>]*\son\w+\s*=", main.replace("data-", ""), re.IGNORECASE)
    assert not re.search(r'href="\s*(?!https?://|/|\?)', main)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", shown)


def test_controls_are_made_visible() -> None:
    """A control character is shown as its picture, an override as a mark; lines and tabs stay."""
    assert readable("a\x00b\x1b[31m\x7f") == "a␀b␛[31m␡"
    assert readable("gpj\u202eexe.\u2066x\ud800") == "gpj\ufffdexe.\ufffdx\ufffd"
    assert readable("one\r\ntwo\rthree\tfour") == "one\ntwo\nthree\tfour"


def test_marks_do_not_pile_up() -> None:
    """A letter keeps four marks; ordinary accents and other scripts are left alone."""
    assert len(readable("Z" + "\u0301" * 80)) == 5
    for honest in ("café", "Ελλάδα", "नमस्ते", "שָׁלוֹם", "ไม่เป็นไร", "👩‍👩‍👧 ok"):
        assert readable(honest) == honest


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://social.example/@mara/1", "social.example"),
        ("http://www.shop.example:8080/x?y=1#z", "shop.example:8080"),
        ("https://münchen.example/", "xn--mnchen-3ya.example"),
        ("https://раураl.example/", "xn--l-7sba6dbr.example"),
        ("HTTPS://SHOP.EXAMPLE", "shop.example"),
    ],
)
def test_a_link_shows_its_host(url: str, host: str) -> None:
    """http and https are linked, with the host in plain letters beside them."""
    found = link(url)
    assert found is not None
    assert (found.href, found.host) == (url, host)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "//evil.example",
        "/relative",
        "https:///x",
        "https://",
        "https://user@bank.example",
        "https://bank.example:secret@evil.example",
        "https://bank.example\\@evil.example",
        "https://bank.example\n.evil.example",
        "https://[::1",
        "https://bank.example:99999",
        "https://x" + "y" * 3000,
        "ftp://x.example",
        "https://" + "a" * 70 + ".example",
        "https://bank.example\x00",
        "https://bank.example\u0085x",
        "mailto:a@b.example",
        "blob:https://x",
        "https://.",
        "https://a..b",
    ],
)
def test_anything_else_is_no_link(url: str) -> None:
    """Other schemes, hidden users, broken hosts and control characters are shown as nothing to press."""
    assert link(url) is None
