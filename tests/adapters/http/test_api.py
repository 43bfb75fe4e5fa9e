"""`/api/v1`, health and metrics over a real socket, exactly as CONTRACTS has them."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from pydantic import SecretStr

from adapters.http.api import Api
from adapters.http.openapi import DOCUMENT
from adapters.http.server import serve
from bot.nouns import commands as c
from bot.nouns.flag import Flag, Severity
from bot.nouns.mention import Author, Disposition, Kept, Mention, MentionKey, Said
from bot.nouns.team import Part
from bot.ports import Work
from bot.review.export import verify
from bot.work.act import Act, Acted
from tests.bot.build import ANA, a_team
from tests.fakes.asides import FakeAsides
from tests.fakes.clock import FakeClock
from tests.fakes.timelines import FakeTimelines

TOKEN = "canary-board-token"
FIELDS = {"platform", "id", "text", "url", "author", "owner", "disposition"}
Json = dict[str, Any]


@dataclass
class House:
    """What the API reads, and how to fill it."""

    timelines: FakeTimelines = field(default_factory=FakeTimelines)
    clock: FakeClock = field(default_factory=FakeClock)
    reasons: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=lambda: {"news_stored": 3})
    heard: dict[str, datetime] = field(default_factory=dict)
    url: str = ""
    #: The store is there and answers nobody.
    silent: bool = False

    def __post_init__(self) -> None:
        self.asides = FakeAsides(self.timelines.vault)
        self.act = Act(self.timelines, self.clock, lambda team: a_team(version=team.version, head=team.head))

    def api(self) -> Api:
        """The doors over this."""
        return Api(
            look=self.act.look,
            timelines=self.timelines,
            asides=self.asides,
            tokens={"board": SecretStr(TOKEN), "other": SecretStr("other-token")},
            ready=self._ready,
            reasons=lambda: self.reasons,
            counts=lambda: self.counts,
            heard=lambda: self.heard,
        )

    async def _ready(self) -> object:
        if self.silent:
            await asyncio.Event().wait()
        self.timelines.require()
        return None

    async def mention(self, name: str, text: str = "My parcel never came.", incident: str = "", **more: Any) -> None:
        """A mention of that name begins a conversation `c<name>`, in an incident `i<name>` or the one named."""
        self.clock.advance(1)
        said = said_by_mara(name, text, self.clock.wall)
        sealed = await self.timelines.vault.seal_mention(said)
        flag = Flag(forward=True, severity=more.pop("severity", Severity.MEDIUM), lang="en")
        kept = Kept(
            key=said.key, person=sealed.person, words=sealed.words, at=said.at, arrived=said.at, flag=flag, **more
        )
        command = c.Open(id=f"o{name}", incident=incident or f"i{name}", conversation=f"c{name}", mention=kept)
        assert isinstance(await self.act(command, Part.SORTER, (sealed,)), Acted)

    async def do(self, kind: type[c.Command], name: str, incident: str = "", **more: Any) -> None:
        """Ana presses something on `c<name>`."""
        command = kind(id=f"{kind.__name__}{name}", incident=incident or f"i{name}", conversation=f"c{name}", **more)
        assert isinstance(await self.act(command, ANA), Acted)

    async def ask(self, path: str, status: int = 200, token: str = TOKEN) -> Json:
        """One question, answered in JSON."""
        async with aiohttp.ClientSession() as session:
            headers = {"authorization": f"Bearer {token}"} if token else {}
            async with session.get(self.url + path, headers=headers) as answer:
                assert answer.status == status, await answer.text()
                said: Json = await answer.json(content_type=None)
                return said

    async def listed(self, query: str) -> list[str]:
        """The ids of the incidents listed."""
        return [each["id"] for each in (await self.ask(f"/api/v1/incidents?{query}"))["incidents"]]


@pytest.fixture
async def house() -> AsyncIterator[House]:
    """An empty one, served on a free port."""
    made = House()
    async with serve(made.api().doors(), "127.0.0.1", 0) as server:
        made.url = server.url
        yield made


def said_by_mara(name: str, text: str, at: datetime) -> Mention:
    """A mention with all that is personal."""
    return Mention(
        key=MentionKey(platform="mastodon", id=name),
        text=text,
        author=Author(id="mara", name="Mara", handle="@mara", followers=7),
        url=f"https://square.test/{name}",
        at=at,
    )


async def test_an_incident_is_told_as_contracts_have_it(house: House) -> None:
    """Every field, in the list and by itself."""
    await house.mention("1", severity=Severity.HIGH)
    await house.do(c.Claim, "1", epoch=0)
    told = await house.ask("/api/v1/incidents")
    assert told == {"incidents": [await house.ask("/api/v1/incidents/i1")], "after": None}
    assert told["incidents"][0] == {
        "id": "i1",
        "headline": "“My parcel never came.”",
        "mood": "waiting",
        "severity": "high",
        "opened": "2026-03-02T09:00:01+00:00",
        "mentions": {
            "count": 1,
            "first": [
                {
                    "platform": "mastodon",
                    "id": "1",
                    "text": "My parcel never came.",
                    "url": "https://square.test/1",
                    "author": {"name": "Mara", "handle": "@mara", "followers": 7},
                    "owner": "ana",
                    "disposition": None,
                }
            ],
        },
    }


async def test_a_pile_lists_its_first_twenty_and_pages_the_rest(house: House) -> None:
    """`count` counts them all; `/mentions` shows each exactly once."""
    for number in range(45):
        await house.mention(str(number), incident="i1")
    mentions = (await house.ask("/api/v1/incidents/i1"))["mentions"]
    assert mentions["count"] == 45
    assert len(mentions["first"]) == 20
    assert all(each.keys() == FIELDS for each in mentions["first"])
    found: list[str] = []
    after: str | None = ""
    while after is not None:
        page = await house.ask(f"/api/v1/incidents/i1/mentions?limit=20&after={after}")
        assert len(page["mentions"]) <= 20
        found += [each["id"] for each in page["mentions"]]
        after = page["after"]
    assert sorted(map(int, found)) == list(range(45))
    assert (await house.ask("/api/v1/incidents/i1"))["mood"] == "storm"


@pytest.mark.parametrize("disposition", [d for d in Disposition if d.value in ("not_for_us", "thanked", "hidden")])
async def test_a_signed_mention_shows_its_disposition(house: House, disposition: Disposition) -> None:
    """By the names CONTRACTS lists."""
    await house.mention("1", rating=5)
    await house.do(c.Close, "1", disposition=disposition)
    told = await house.ask("/api/v1/incidents/i1")
    assert told["mood"] == "settled"
    assert told["mentions"]["first"][0]["disposition"] == disposition.value


def test_dispositions_and_moods_are_those_of_contracts() -> None:
    """The document lists exactly what can be answered."""
    schemas = DOCUMENT["components"]["schemas"]
    assert schemas["Mention"]["properties"]["disposition"]["enum"] == [*(d.value for d in Disposition), None]
    assert schemas["Incident"]["properties"]["mood"]["enum"] == ["waiting", "cooling", "ready", "settled", "storm"]


async def test_state_keeps_what_is_in_that_state(house: House) -> None:
    """Each incident is found under its own mood and no other, however many of another stand between."""
    for number in range(30):
        await house.mention(f"w{number}")
    await house.mention("done")
    await house.do(c.Close, "done", disposition=Disposition.NOT_FOR_US)
    for number in range(9):
        await house.mention(f"s{number}", incident="istorm")
    assert await house.listed("state=settled") == ["idone"]
    assert await house.listed("state=storm") == ["istorm"]
    assert await house.listed("state=waiting&limit=100") == [f"iw{number}" for number in reversed(range(30))]
    assert await house.listed("state=cooling") == []
    assert await house.listed("state=ready") == []
    assert len(await house.listed("limit=100")) == 32
    assert await house.listed("state=waiting&limit=2") == ["iw29", "iw28"]


async def test_a_page_is_full_where_there_is_enough(house: House) -> None:
    """What is of another mood does not shorten a page, and `after` goes on exactly behind it."""
    for number in range(8):
        await house.mention(f"w{number}")
        for each in range(9):
            await house.mention(f"s{number}-{each}", incident=f"is{number}")
    first = await house.ask("/api/v1/incidents?state=waiting&limit=5")
    second = await house.ask(f"/api/v1/incidents?state=waiting&limit=5&after={first['after']}")
    assert [each["id"] for each in first["incidents"]] == [f"iw{number}" for number in (7, 6, 5, 4, 3)]
    assert [each["id"] for each in second["incidents"]] == ["iw2", "iw1", "iw0"]
    assert second["after"] is None


async def test_a_long_search_ends_with_a_page_to_go_on_from(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """One question looks through a bounded number of pages; what it did not reach is behind `after`."""
    monkeypatch.setattr("adapters.http.api.MOST_PAGES", 2)
    await house.mention("w")
    for number in range(3):
        for each in range(9):
            await house.mention(f"s{number}-{each}", incident=f"is{number}")
    first = await house.ask("/api/v1/incidents?state=waiting&limit=1")
    assert first["incidents"] == []
    second = await house.ask(f"/api/v1/incidents?state=waiting&limit=1&after={first['after']}")
    assert [each["id"] for each in second["incidents"]] == ["iw"]


async def test_words_and_moments_narrow_the_list(house: House) -> None:
    """`q` finds by words, `since` by when it opened; a plus that became a space is still an offset."""
    await house.mention("1", "The kettle leaks.")
    house.clock.advance(3600)
    await house.mention("2", "The teapot leaks.")
    assert await house.listed("q=kettle") == ["i1"]
    assert await house.listed("q=leaks") == ["i2", "i1"]
    assert await house.listed("q=parcel") == []
    since = house.clock.wall - timedelta(minutes=1)
    assert await house.listed(f"since={since:%Y-%m-%dT%H:%M:%SZ}") == ["i2"]
    assert await house.listed(f"since={since:%Y-%m-%dT%H:%M:%S}+00:00") == ["i2"]
    assert await house.listed(f"since={since:%Y-%m-%dT%H:%M:%S}") == ["i2"]


async def test_what_was_forgotten_is_null(house: House) -> None:
    """No readable word is left, and the incident still stands."""
    await house.mention("1")
    view = await house.act.look((), ["c1"])
    await house.timelines.vault.forget([view.conversations["c1"].mentions[0].person])
    told = (await house.ask("/api/v1/incidents/i1"))["mentions"]["first"][0]
    assert (told["text"], told["url"]) == (None, None)
    assert told["author"] == {"name": "", "handle": "", "followers": None}


async def test_a_timeline_verifies(house: House) -> None:
    """`/timeline` gives the lines of an export, page after page."""
    for number in range(120):
        await house.mention(str(number), incident="i1")
    first = await house.ask("/api/v1/incidents/i1/timeline")
    second = await house.ask(f"/api/v1/incidents/i1/timeline?after={first['after']}")
    lines = first["timeline"] + second["timeline"]
    assert len(first["timeline"]) == 100
    assert second["after"] is None
    assert verify(lines, (), lambda anchor: False)["ok"]
    assert lines[0]["text"] == "My parcel never came."


async def test_what_was_not_forwarded_can_be_read(house: House) -> None:
    """Newest first, with the reasons; one that is unreadable by now is not listed."""
    for number in range(3):
        said = said_by_mara(str(number), f"Words {number}", house.clock.wall)
        sealed = await house.timelines.vault.seal_mention(said)
        house.timelines.vault.keep(sealed)
        work = Work(
            id=str(number),
            news=Said(mention=said),
            person=sealed.person,
            words=sealed.words,
            arrived=house.clock.wall + timedelta(seconds=number),
        )
        await house.asides.put("unforwarded", work, Flag(forward=False, severity=Severity.LOW, reasons=("calm",)), "")
    first = await house.ask("/api/v1/unforwarded?limit=2")
    assert [each["id"] for each in first["unforwarded"]] == ["2", "1"]
    assert first["unforwarded"][0]["reasons"] == ["calm"]
    second = await house.ask(f"/api/v1/unforwarded?limit=2&after={first['after'].replace('+', '%2B')}")
    assert [each["text"] for each in second["unforwarded"]] == ["Words 0"]
    assert second["after"] is None


GUARDED = [door.path.replace("{id}", "i1") for door in House().api().doors() if "/api/v1/" in door.path][1:]


@pytest.mark.parametrize("path", GUARDED)
@pytest.mark.parametrize("header", ["", "Bearer", "Bearer wrong", f"Basic {TOKEN}", f"Bearer {TOKEN}x", "Bearer é\x80"])
async def test_without_a_token_nothing_is_told(house: House, path: str, header: str) -> None:
    """401 as problem+json, whether or not the thing exists, without a word of any token."""
    async with (
        aiohttp.ClientSession() as session,
        session.get(house.url + path, headers={"authorization": header} if header else {}) as answer,
    ):
        assert answer.status == 401
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["www-authenticate"] == "Bearer"
        assert "canary" not in await answer.text()


async def test_each_token_opens_and_the_scheme_is_read_in_any_case(house: House) -> None:
    """As RFC 9110 has schemes."""
    await house.ask("/api/v1/incidents", token="other-token")
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{house.url}/api/v1/incidents", headers={"authorization": f"bEARER {TOKEN}"}) as answer,
    ):
        assert answer.status == 200


@pytest.mark.parametrize(
    ("path", "status", "detail"),
    [
        ("incidents?state=angry", 400, "state is one of waiting, cooling, ready, settled, storm"),
        ("incidents?limit=many", 400, "limit is a whole number"),
        ("incidents?limit=-1", 400, "limit is a whole number"),
        ("incidents?limit=" + "9" * 5000, 400, "limit is a whole number"),
        ("incidents?since=yesterday", 400, "since is a moment as in RFC 3339, such as 2026-01-31T09:00:00Z"),
        ("incidents?after=nonsense", 400, "after is what the page before handed back"),
        ("incidents?after=1:%ED%A0%80", 400, "after is what the page before handed back"),
        ("incidents/i1/mentions?after=inf:x", 400, "after is what the page before handed back"),
        ("incidents/none", 404, "There is no such incident."),
        ("incidents/none/mentions", 404, "There is no such incident."),
        ("incidents/none/timeline", 404, "There is no such incident."),
        ("incidents/%ff%00", 404, "There is no such incident."),
        ("incidents/i1/timeline?after=x", 400, "after is a whole number"),
        ("incidents/i1/mentions?limit=x", 400, "limit is a whole number"),
        ("unforwarded?limit=x", 400, "limit is a whole number"),
    ],
)
async def test_a_wrong_question_is_answered_with_what_is_wrong(
    house: House, path: str, status: int, detail: str
) -> None:
    """problem+json with a sentence."""
    await house.mention("1")
    told = await house.ask(f"/api/v1/{path}", status)
    assert (told["status"], told["detail"]) == (status, detail)


@pytest.mark.parametrize(
    "query", ["q=%ff%00", "after=1:x", "since=0001-01-01", "since=9999-12-31T23:59:59Z", "limit=0"]
)
async def test_odd_questions_are_answered_calmly(house: House, query: str) -> None:
    """Never a 5xx."""
    await house.mention("1")
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{house.url}/api/v1/incidents?{query}", headers={"authorization": f"Bearer {TOKEN}"}) as answer,
    ):
        assert answer.status in (200, 400)


async def test_a_store_that_is_away_is_said_so(house: House) -> None:
    """503 with Retry-After from everything that reads; the process itself is alive."""
    await house.mention("1")
    house.timelines.away = True
    for path in ("/api/v1/incidents", "/api/v1/incidents/i1", "/readyz"):
        async with (
            aiohttp.ClientSession() as session,
            session.get(house.url + path, headers={"authorization": f"Bearer {TOKEN}"}) as answer,
        ):
            assert answer.status == 503
            assert answer.headers["retry-after"] == "5"
    assert await house.ask("/healthz", token="") == {"alive": True}
    assert (await house.ask("/readyz", 503, token=""))["reasons"] == {"store": "The store does not answer."}


async def test_a_store_that_says_nothing_is_not_waited_for_long(house: House) -> None:
    """Whoever asks whether we are ready hears no within their own patience, not when the store's is over."""
    house.silent = True
    told = await house.ask("/readyz", 503, token="")
    assert told["reasons"] == {"store": "The store has said nothing for a moment."}
    house.silent = False
    assert (await house.ask("/readyz", token=""))["ready"]


async def test_readiness_means_that_mentions_can_be_kept(house: House) -> None:
    """A room that is away or a store somebody accepted as lossy is said, and mentions are still taken."""
    assert await house.ask("/readyz", token="") == {"ready": True, "reasons": {}, "look": {}}
    house.reasons = {"mastodon": "It does not answer.", "store: no AOF": "It may lose what it confirmed."}
    told = await house.ask("/readyz")
    assert told["ready"]
    assert told["look"] == house.reasons
    told = await house.ask("/readyz", token="")
    assert told["ready"]
    assert told["look"].keys() == house.reasons.keys()
    house.reasons = {"store": "The disk is nearly full."}
    assert (await house.ask("/readyz", 503, token=""))["reasons"] == house.reasons


#: What rooms say of their places, of which some are private, and what others say.
TOLD_OF_PLACES = {
    "room slack C0SECRET": "Slack does not let us into #secret. Invite us with /invite.",
    "room slack C0OTHER": "Slack says that #secret-too is archived.",
    "slack C0SECRET": "We are not in #secret.",
    "room discord secret": "There is no channel called secret.",
    "discord 1234567890": "Only the role Secret Keepers may write there.",
    "slack token": "The token of Ana's app was revoked.",
    "quiet Shop-2": "Nothing has come from it for longer than usual.",
    "store: no AOF": "It may lose what it confirmed.",
    "crm-2": "It can't be read in #secret.",
}


async def test_no_stranger_is_told_of_a_place(house: House) -> None:
    """Which parts don't work is for everybody who asks; which channels or roles, and what is wrong there, for a token."""
    house.reasons = dict(TOLD_OF_PLACES)
    parts = {"room slack", "slack", "room discord", "discord", "slack token", "quiet Shop-2", "store: no AOF", "crm-2"}
    for token in ("", "not-a-token"):
        told = await house.ask("/readyz", token=token)
        assert told["look"].keys() == parts
        said = json.dumps(told)
        assert not re.search(r"(?i)secret|C0|12345|revoked|Ana", said), said
    assert (await house.ask("/readyz"))["look"] == TOLD_OF_PLACES
    text = await measured(house)
    assert not re.search(r"(?i)secret|C0|12345", text)
    assert set(re.findall(r'coolhead_trouble\{part="(.+)"} 1\.0', text)) == parts
    assert f"coolhead_troubles {len(TOLD_OF_PLACES)}.0" in text
    assert text.count('coolhead_trouble{part="room slack"}') == 1


async def test_who_is_stopping_is_sent_nothing_new(house: House) -> None:
    """A load balancer is told while a send on the wire is still waited for, not when the port is closed."""
    house.reasons = {"stopping": "It is stopping. Please ask another replica."}
    assert (await house.ask("/readyz", 503, token=""))["reasons"] == house.reasons
    assert await house.ask("/healthz", token="") == {"alive": True}


async def measured(house: House) -> str:
    """What Prometheus is told."""
    async with aiohttp.ClientSession() as session, session.get(f"{house.url}/metrics") as answer:
        assert answer.status == 200
        assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
        return await answer.text()


async def test_metrics_are_read_by_prometheus(house: House) -> None:
    """What happened, which parts do not work, when a source was heard, how many wait; no words, no people."""
    await house.mention("1", "canary words")
    await house.mention("2", "canary, once more", severity=Severity.CRITICAL)
    await house.do(c.Claim, "1", epoch=0)
    house.reasons = {"mastodon": "canary reason"}
    house.heard = {"mastodon": datetime(2026, 1, 1, tzinfo=UTC)}
    text = await measured(house)
    assert 'coolhead_happened_total{what="news_stored"} 3.0' in text
    assert "coolhead_troubles 1.0" in text
    assert 'coolhead_trouble{part="mastodon"} 1.0' in text
    assert 'coolhead_last_heard_timestamp_seconds{source="mastodon"} 1.7672256e+09' in text
    assert 'coolhead_incidents{standing="open"} 2.0' in text
    assert 'coolhead_incidents{standing="storm"} 0.0' in text
    assert 'coolhead_conversations{standing="waiting"} 2.0' in text
    assert 'coolhead_conversations{standing="critical"} 1.0' in text
    assert "canary" not in text


async def test_every_metric_that_the_operators_page_names_is_told(house: House) -> None:
    """What docs/operating.md asks Prometheus for is there; a renamed family would leave an alarm that never rings."""
    house.reasons, house.heard = {"mastodon": "It is away."}, {"mastodon": house.clock.wall}
    text = await measured(house)
    page = (Path(__file__).parent.parent.parent.parent / "docs" / "operating.md").read_text(encoding="utf-8")
    named = set(re.findall(r"coolhead_\w+", page))
    assert len(named) > 4
    assert all(re.search(rf"^{name}[ {{]", text, re.MULTILINE) for name in named)
    standing = set(re.findall(r'standing="(\w+)"', page))
    assert standing <= set(re.findall(r'coolhead_conversations\{standing="(\w+)"', text))


async def test_metrics_are_told_while_the_store_is_away(house: House) -> None:
    """Only what stands in the store is missing then."""
    house.timelines.away = True
    text = await measured(house)
    assert "coolhead_troubles 0.0" in text
    assert "coolhead_incidents" not in text


async def test_the_document_names_every_door(house: House) -> None:
    """Path, query and answers; it needs no token."""
    document = await house.ask("/api/v1/openapi.json", token="")
    paths: Mapping[str, Any] = document["paths"]
    assert {door.path for door in house.api().doors()} == paths.keys() - {"/hooks/inbox/{source}"}
    listed = {each["name"] for each in paths["/api/v1/incidents"]["get"]["parameters"]}
    assert listed == {"state", "q", "since", "limit", "after"}
    assert document["openapi"] == "3.1.0"


async def test_a_conversation_that_went_meanwhile_is_left_out(house: House) -> None:
    """An index may be a moment ahead of the rows; the answer is what is there."""
    await house.mention("1")
    house.timelines.places["cgone"] = {"pile:i1": 1.0}
    house.timelines.places["i:igone"] = {"i:all": datetime(2030, 1, 1, tzinfo=UTC).timestamp()}
    assert await house.listed("") == ["i1"]
    assert len((await house.ask("/api/v1/incidents/i1/mentions"))["mentions"]) == 1
