"""The inbox: what is taken, what is refused, and how the sender is told."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.nouns.mention import Cursor, Deleted, Edited, Heard, MentionKind, News, Said
from bot.nouns.team import Refusal
from tests.adapters.platforms.ears import Ears
from tests.adapters.platforms.knocks import TOKEN, give, inbox, knock, signed
from tests.fakes.clock import FakeClock

WHOLE: dict[str, Any] = {
    "id": "r-1",
    "text": "Never again",
    "url": "https://reviews.example/r-1",
    "platform": "Trustpilot",
    "author": {"id": "u1", "name": "Ann", "handle": "ann", "followers": 12},
    "lang": "en",
    "at": "2026-03-02T10:00:00+01:00",
    "in_reply_to": "p-1",
    "rating": 1,
    "media": 2,
    "direct": False,
    "extra": {"kept": True},
}


def dump(value: object) -> bytes:
    """As JSON."""
    return json.dumps(value).encode()


async def test_every_key_arrives(ears: Ears) -> None:
    """A whole mention is understood key by key, and what we do not know is kept with it."""
    status, body, _ = await give(inbox(FakeClock()), ears, knock(dump(WHOLE)))
    assert (status, body) == (200, {"accepted": 1, "duplicates": 0, "rejected": []})
    (said,) = ears.of(Said)
    mention = said.mention
    assert (mention.key.platform, mention.key.id, mention.source) == ("trustpilot", "r-1", "local")
    assert (mention.author.name, mention.author.followers) == ("Ann", 12)
    assert mention.at.isoformat() == "2026-03-02T09:00:00+00:00"
    assert (mention.rating, mention.media, mention.kind) == (1, 2, MentionKind.REVIEW)
    assert (mention.in_reply_to, mention.direct, mention.lang) == ("p-1", False, "en")
    assert mention.raw == WHOLE


async def test_little_is_needed(ears: Ears) -> None:
    """An id and a text are enough; the rest has its default, and null is as good as absent."""
    clock = FakeClock()
    await give(inbox(clock), ears, knock(dump({"id": 7, "text": "Hello", "url": None, "author": None, "at": None})))
    mention = ears.of(Said)[0].mention
    assert (mention.key.platform, mention.key.id) == ("local", "7")
    assert (mention.at, mention.direct, mention.kind, mention.url) == (clock.wall, True, MentionKind.POST, "")


@pytest.mark.parametrize("more", [{"rating": 1}, {"media": 1}, {"event": "deleted"}])
async def test_text_may_be_absent_with_a_reason(ears: Ears, more: dict[str, object]) -> None:
    """Stars, pictures and deletions need no words."""
    status, _, _ = await give(inbox(FakeClock()), ears, knock(dump({"id": "1", **more})))
    assert status == 200


async def test_edits_and_deletions_are_news_of_their_own(ears: Ears) -> None:
    """`event` says what happened."""
    items = [{"id": "1", "text": "b", "event": "edited"}, {"id": "2", "event": "deleted"}]
    await give(inbox(FakeClock()), ears, knock(dump(items)))
    assert ears.of(Edited)[0].mention.text == "b"
    assert ears.of(Deleted)[0].key.id == "2"


async def test_a_leap_second_is_a_moment_too(ears: Ears) -> None:
    """RFC 3339 knows a sixty-first second; it counts as the last moment before the next minute."""
    await give(inbox(FakeClock()), ears, knock(dump({"id": "1", "text": "a", "at": "2016-12-31T23:59:60.5Z"})))
    assert ears.of(Said)[0].mention.at == datetime(2016, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)


async def test_of_a_batch_the_good_ones_are_kept(ears: Ears) -> None:
    """The bad ones are named by their index, and their words are not repeated."""
    items = [
        {"id": "1", "text": "good"},
        {"id": "2"},
        "canary",
        {"id": "4", "text": "good", "rating": 9},
        {"text": "x"},
    ]
    status, body, _ = await give(inbox(FakeClock()), ears, knock(dump(items)))
    assert status == 200
    assert body["accepted"] == 1
    assert [each["index"] for each in body["rejected"]] == [1, 2, 3, 4]
    assert "rating" in body["rejected"][2]["reason"]
    assert "canary" not in json.dumps(body)


async def test_a_replay_is_a_duplicate(ears: Ears) -> None:
    """The same mention twice, in one body or in two, is stored once."""
    door, clock = inbox(FakeClock()), FakeClock()
    asked = signed(dump([{"id": "1", "text": "a"}, {"id": "1", "text": "a"}]), clock.wall)
    _, first, _ = await give(door, ears, asked)
    _, second, _ = await give(door, ears, asked)
    assert (first["accepted"], first["duplicates"]) == (1, 1)
    assert (second["accepted"], second["duplicates"]) == (0, 2)
    assert len(ears.news) == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"\xff\xfe{}", 400),
        (b'{"id":"1","text":NaN}', 400),
        (b'{"id":"1","text":"a","x":Infinity}', 400),
        (b"[" * 100_000, 400),
        (b"[" * 100_000 + b"]" * 100_000, 400),
        (b'{"a":' * 100_000, 400),
        (b'{"id":"1","text":"a","x":' + b"[" * 20 + b"]" * 20 + b"}", 400),
        (b'{"id":"\\ud800","x":NaN}', 400),
        (b'"\\"' + b'\\"' * 300_000, 400),
        (b"9" * 6000, 400),
        (b"null", 422),
        (b'"words"', 422),
        (b"[]", 422),
        (dump([{"id": str(n), "text": "a"} for n in range(501)]), 422),
        (dump({"text": "no id"}), 422),
        (dump({"id": "", "text": "a"}), 422),
        (dump({"id": "1"}), 422),
        (dump({"id": "1", "text": ""}), 422),
        (dump({"id": "a" * 513, "text": "a"}), 422),
        (dump({"id": "1", "text": "a" * 100_001}), 422),
        (dump({"id": "1", "text": "a", "url": "javascript:alert(1)"}), 422),
        (dump({"id": "1", "text": "a", "platform": "../x"}), 422),
        (dump({"id": "1", "text": "a", "at": "yesterday"}), 422),
        (dump({"id": "1", "text": "a", "at": "2026-13-45T00:00:00Z"}), 422),
        (dump({"id": "1", "text": "a", "at": "2026-03-02T10:00:00"}), 422),
        (dump({"id": "1", "text": "a", "at": "0001-01-01T00:00:00+23:59"}), 422),
        (dump({"id": "1", "text": "a", "at": 12}), 422),
        (dump({"id": "1", "text": "a", "rating": 0}), 422),
        (dump({"id": "1", "text": "a", "rating": True}), 422),
        (dump({"id": "1", "text": "a", "kind": "essay"}), 422),
        (dump({"id": "1", "text": "a", "event": "burnt"}), 422),
        (dump({"id": "1", "text": "a", "author": "Ann"}), 422),
        (b" " * (1024 * 1024 + 1), 413),
    ],
    ids=lambda value: repr(value)[:40] if isinstance(value, bytes) else None,
)
async def test_what_cannot_be_kept_is_refused(ears: Ears, body: bytes, status: int) -> None:
    """Garbage gets a clear 4xx with a reason a machine can read, and nothing is stored."""
    got, problem, headers = await give(inbox(FakeClock()), ears, knock(body))
    assert got == status
    assert headers["content-type"] == "application/problem+json"
    assert problem["status"] == status
    assert problem["detail"]
    assert ears.news == []


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ('"\\ud800 alone"', "\\ud800 alone"),
        ('"\\udfff\\ud83d\\ude00"', "\\udfff\U0001f600"),
        ('"nul \\u0000 nul"', "nul \x00 nul"),
        ('"\\u202egnitirw"', "\u202egnitirw"),
        ('"zero\\u200bwidth"', "zero\u200bwidth"),
        ('"' + "a" + "\\u0301" * 10_000 + '"', "a" + "\u0301" * 10_000),
    ],
    ids=["surrogate", "surrogates", "nul", "right-to-left", "zero-width", "marks"],
)
async def test_strange_text_is_kept(ears: Ears, text: str, kept: str) -> None:
    """Nothing is lost, and all that is kept can be written down as UTF-8."""
    status, _, _ = await give(inbox(FakeClock()), ears, knock(b'{"id":"1","text":' + text.encode() + b"}"))
    (said,) = ears.of(Said)
    assert status == 200
    assert said.mention.text == kept
    assert Said.model_validate_json(said.model_dump_json()) == said


async def test_odd_but_good_json_is_taken(ears: Ears) -> None:
    """The last of two equal keys counts; a byte order mark, a date far ahead and great depth below the limit do no harm."""
    body = (
        b'\xef\xbb\xbf{"id":"0","id":"1","text":"a","at":"2999-01-01T00:00:00.123456789z","x":'
        + b"[" * 19
        + b"]" * 19
        + b"}"
    )
    status, _, _ = await give(inbox(FakeClock()), ears, knock(body))
    assert status == 200
    assert ears.of(Said)[0].mention.key.id == "1"
    assert ears.of(Said)[0].mention.at.year == 2999


async def test_nobody_learns_which_sources_exist(ears: Ears) -> None:
    """Without a valid secret a known and an unknown source answer alike; who holds one is told what is wrong."""
    door, body = inbox(FakeClock()), dump({"id": "1", "text": "a"})
    known = await give(door, ears, knock(body, authorization="Bearer wrong"))
    unknown = await give(door, ears, knock(body, source="nobody", authorization="Bearer wrong"))
    assert known == unknown
    assert known[0] == 401
    assert known[2]["www-authenticate"] == "Bearer"
    assert (await give(door, ears, knock(body, source="nobody")))[0] == 404
    assert ears.news == []


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", f"Basic {TOKEN}", TOKEN, f"Bearer {TOKEN}x", "Bearer \udcff"]
)
async def test_a_forged_token_opens_nothing(ears: Ears, header: str) -> None:
    """Only the whole token is the token; the body is not even parsed."""
    assert (await give(inbox(FakeClock()), ears, knock(b"{", authorization=header)))[0] == 401


async def test_a_token_does_not_open_a_source_that_signs(ears: Ears) -> None:
    """One source's secret opens that source alone."""
    assert (await give(inbox(FakeClock()), ears, knock(b"{}", source="signed")))[0] == 401


@pytest.mark.parametrize(
    ("content_type", "status"),
    [
        ("application/json", 200),
        ("application/json; charset=UTF-8", 200),
        ("application/vnd.api+json", 200),
        ("application/json; charset=latin-1", 415),
        ("application/x-www-form-urlencoded", 415),
        ("text/plain", 415),
        ("", 415),
    ],
)
async def test_only_json_is_taken(ears: Ears, content_type: str, status: int) -> None:
    """Another content type is told so."""
    asked = knock(dump({"id": "1", "text": "a"}), content_type=content_type)
    assert (await give(inbox(FakeClock()), ears, asked))[0] == status


async def test_a_runaway_sender_is_slowed_down_alone(ears: Ears) -> None:
    """Beyond its rate one source is told when to come again; others are not touched."""
    clock = FakeClock()
    door, body = inbox(clock, rate=1.0, burst=2.0), dump({"id": "1", "text": "a"})
    codes = [(await give(door, ears, knock(body)))[0] for _ in range(3)]
    assert codes == [200, 200, 429]
    assert (await give(door, ears, knock(body)))[2]["retry-after"] == "1"
    assert (await give(door, ears, signed(body, clock.wall)))[0] == 200
    clock.advance(1.0)
    assert (await give(door, ears, knock(body)))[0] == 200


async def test_when_nothing_can_be_stored_the_sender_tries_again(ears: Ears) -> None:
    """A refusal of the store is 503 with Retry-After, never a 200."""
    clock = FakeClock()
    ears.deaf = Refusal(because="The disk is nearly full.", until=clock.wall + timedelta(seconds=30))
    status, body, headers = await give(inbox(clock), ears, knock(dump({"id": "1", "text": "a"})))
    assert (status, headers["retry-after"]) == (503, "30")
    assert body["detail"] == "The disk is nearly full."


async def test_news_and_answer_belong_together() -> None:
    """The store is handed all good ones of a body at once, without a cursor."""
    seen: list[tuple[int, Cursor | None]] = []

    async def hear(news: Sequence[News], cursor: Cursor | None) -> Sequence[Heard] | Refusal:
        seen.append((len(news), cursor))
        return await Ears()(news, cursor)

    await give(inbox(FakeClock()), hear, knock(dump([{"id": str(n), "text": "a"} for n in range(500)])))
    assert seen == [(500, None)]
