"""Whatever is sent, the inbox answers with a status it promises, and never falls over."""

import asyncio
import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.adapters.platforms.ears import Ears
from tests.adapters.platforms.knocks import give, inbox, knock
from tests.fakes.clock import FakeClock

_KEYS = st.sampled_from(
    [
        "id",
        "text",
        "url",
        "platform",
        "author",
        "lang",
        "at",
        "in_reply_to",
        "rating",
        "media",
        "kind",
        "direct",
        "event",
    ]
)
_ODD: list[Any] = [
    None,
    True,
    0,
    -1,
    5,
    10**30,
    1.5,
    "",
    "1",
    "a" * 513,
    "https://a.example",
    "javascript:x",
    "\ud800",
    "\x00",
]
_ODD += [
    "2026-03-02T09:00:00Z",
    "9999-12-31T23:59:59-23:59",
    "edited",
    "deleted",
    "review",
    "X",
    [],
    [1],
    {},
    {"id": "\udfff"},
]
_ODD += [{"followers": 10**13}, {"name": None}, {"handle": ["a"]}]
_TEXT = st.text(max_size=20)
_VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXT, inner, max_size=3),
    max_leaves=5,
)
_ITEM = st.lists(st.tuples(_KEYS, st.sampled_from(_ODD)), max_size=4).map(
    lambda given: {"id": "1", "text": "a"} | dict(given)
)
_NOISE = (
    st.binary(max_size=200)
    | st.text(alphabet='[]{}",:\\u08aefd ', max_size=300).map(str.encode)
    | _VALUE.map(lambda value: json.dumps(value).encode("utf-8", "surrogatepass"))
)
_MENTIONS = (_ITEM | st.lists(_ITEM, max_size=3)).map(lambda value: json.dumps(value).encode())


@settings(max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(body=_NOISE, header=st.text(max_size=30))
def test_noise_gets_a_promised_answer(body: bytes, header: str) -> None:
    """200, 400, 413 or 422 with a good token, 401 without; what is stored can be written down."""
    answers(body, header)


@settings(max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(body=_MENTIONS)
def test_near_mentions_get_a_promised_answer(body: bytes) -> None:
    """The same for what is nearly a mention, or a few."""
    answers(body, "Bearer wrong")


def answers(body: bytes, header: str) -> None:
    """Send `body` with a good token and with `header`, and look at what comes of it."""
    ears, door = Ears(), inbox(FakeClock())

    async def twice() -> tuple[int, int, Any]:
        good, answer, _ = await give(door, ears, knock(body))
        forged, _, _ = await give(door, ears, knock(body, authorization=header))
        return good, forged, answer

    good, forged, answer = asyncio.run(twice())
    assert good in (200, 400, 413, 422)
    assert forged == 401
    assert (good == 200) == bool(ears.news)
    assert good != 200 or answer["accepted"] + answer["duplicates"] >= len(ears.news)
    for news in ears.news:
        news.model_dump_json().encode()
