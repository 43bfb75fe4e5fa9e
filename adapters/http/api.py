"""What programs ask: health, metrics, and the read-only API under /api/v1."""

import asyncio
import hmac
import json
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pydantic import SecretStr

from adapters.http.api_shapes import (
    aside_json,
    health_json,
    incident_json,
    mention_json,
    mood_of,
    public_part,
    public_troubles,
)
from adapters.http.metrics import CONTENT_TYPE, Figures, exposition, stored
from adapters.http.openapi import DOCUMENT
from adapters.http.problem import problem
from bot.errors import StoreAway
from bot.nouns.conversation import Conversation, Mood
from bot.nouns.incident import Incident
from bot.nouns.view import View
from bot.ports import Asides, Door, Knock, Query, Response, Timelines
from bot.work.health import STOPPING

_JSON = {"content-type": "application/json", "cache-control": "no-store"}
_INDEX = {
    "": "i:all",
    "settled": "i:settled",
    "storm": "i:storm",
    "waiting": "i:open",
    "cooling": "i:open",
    "ready": "i:open",
}
_STATE = re.compile(r"|".join(mood.value for mood in Mood))
_PLACE = re.compile(r"-?\d{1,20}(\.\d{1,20})?(e-?\d{1,3})?:[!-~]{1,200}")
MOST = 100
FRONT = 20
#: What keeps a replica from taking anything new in; all other troubles are said, and mentions are taken meanwhile.
_NOTHING_NEW = frozenset({"store", STOPPING})
#: Seconds the store has to say that it is there. Whoever asks /readyz mostly gives up after one.
READY = 0.8
#: How many pages of an index are looked through for one page of a state that has no index of its own.
MOST_PAGES = 20

Look = Callable[[Sequence[str], Sequence[str]], Awaitable[View]]
Reasons = Callable[[], Mapping[str, str]]


class _Wrong(Exception):
    """A query that cannot be read; its text is the answer's detail."""


@dataclass(frozen=True)
class Api:
    """`look` reads rows; `ready` asks the store and raises StoreAway (it may be given up halfway); `reasons` are what does not
    work now, `counts` what happened since the start, `heard` when each source last said something.
    """

    look: Look
    timelines: Timelines
    asides: Asides
    tokens: Mapping[str, SecretStr]
    ready: Callable[[], Awaitable[object]]
    reasons: Reasons
    counts: Callable[[], Mapping[str, int]]
    heard: Callable[[], Mapping[str, datetime]]

    def doors(self) -> Sequence[Door]:
        """Every route this answers."""
        return (
            Door("GET", "/healthz", self._healthz),
            Door("GET", "/readyz", self._readyz),
            Door("GET", "/metrics", self._metrics),
            Door("GET", "/api/v1/openapi.json", self._openapi),
            Door("GET", "/api/v1/incidents", self._guarded(self._incidents)),
            Door("GET", "/api/v1/incidents/{id}", self._guarded(self._incident)),
            Door("GET", "/api/v1/incidents/{id}/mentions", self._guarded(self._mentions)),
            Door("GET", "/api/v1/incidents/{id}/timeline", self._guarded(self._timeline)),
            Door("GET", "/api/v1/unforwarded", self._guarded(self._unforwarded)),
        )

    async def _healthz(self, knock: Knock) -> Response:
        return _ok({"alive": True})

    async def _readyz(self, knock: Knock) -> Response:
        reasons = {part: why for part, why in self.reasons().items() if part in _NOTHING_NEW}
        try:
            async with asyncio.timeout(READY):
                await self.ready()
        except StoreAway as error:
            reasons["store"] = str(error)
        except TimeoutError:
            reasons["store"] = "The store has said nothing for a moment."
        if reasons:
            return 503, {**_JSON, "retry-after": "5"}, json.dumps(health_json(reasons)).encode()
        troubles = self.reasons()
        told = troubles if self._known(knock.headers.get("authorization", "")) else public_troubles(troubles)
        return _ok(health_json({}) | {"look": dict(told)})

    async def _metrics(self, knock: Knock) -> Response:
        figures = Figures(self.counts(), [public_part(part) for part in self.reasons()], self.heard())
        return 200, {"content-type": CONTENT_TYPE}, exposition(figures, await stored(self.timelines))

    async def _openapi(self, knock: Knock) -> Response:
        return _ok(DOCUMENT)

    def _guarded(self, inner: Callable[[Knock], Awaitable[Response]]) -> Callable[[Knock], Awaitable[Response]]:
        async def door(knock: Knock) -> Response:
            if not self._known(knock.headers.get("authorization", "")):
                return problem(
                    401, "A bearer token from COOLHEAD_API_TOKENS is needed.", {"www-authenticate": "Bearer"}
                )
            try:
                return await inner(knock)
            except _Wrong as error:
                return problem(400, str(error))
            except StoreAway:
                return problem(503, "The store cannot be reached. Please try again in a moment.", {"retry-after": "5"})

        return door

    def _known(self, header: str) -> bool:
        scheme, _, token = header.partition(" ")
        given = token.strip().encode("utf-8", "surrogateescape")
        # Every token is compared, so that the time tells nothing of which one is near.
        known = [hmac.compare_digest(given, each.get_secret_value().encode()) for each in self.tokens.values()]
        return scheme.lower() == "bearer" and any(known)

    async def _incidents(self, knock: Knock) -> Response:
        state = knock.query.get("state", "")
        if state and not _STATE.fullmatch(state):
            raise _Wrong(f"state is one of {', '.join(mood.value for mood in Mood)}")
        limit, after = _limit(knock), _after(knock)
        query = Query(index=_INDEX[state], q=knock.query.get("q", ""), since=_since(knock))
        shown: list[dict[str, Any]] = []
        for _ in range(MOST_PAGES):
            found = await self.timelines.find(query.model_copy(update={"limit": limit - len(shown), "after": after}))
            shown += [incident_json(*each) for each in await self._listed(found.ids, state)]
            after = found.after
            if len(shown) == limit or not after:
                break
        return _ok({"incidents": shown, "after": after or None})

    async def _listed(self, names: Sequence[str], state: str) -> list[tuple[Incident, Sequence[Conversation]]]:
        view = await self.look(names, ())
        there = [i for name in names if (i := view.incidents.get(name)) is not None]
        piles = [found.ids for found in await self.timelines.find_all([_pile(i) for i in there])]
        talks = (await self.look((), [each for ids in piles for each in ids])).conversations if there else {}
        listed = [(i, tuple(talks[each] for each in ids if each in talks)) for i, ids in zip(there, piles, strict=True)]
        return [(i, front) for i, front in listed if not state or mood_of(i, front).value == state]

    async def _front(self, incident: Incident) -> tuple[Conversation, ...]:
        ids = (await self.timelines.find(_pile(incident))).ids
        view = await self.look((), ids)
        return tuple(view.conversations[each] for each in ids if each in view.conversations)

    async def _one(self, knock: Knock) -> Incident | None:
        name = knock.values["id"]
        return (await self.look((name,), ())).incidents.get(name)

    async def _incident(self, knock: Knock) -> Response:
        incident = await self._one(knock)
        if incident is None:
            return problem(404, "There is no such incident.")
        return _ok(incident_json(incident, await self._front(incident)))

    async def _mentions(self, knock: Knock) -> Response:
        incident = await self._one(knock)
        if incident is None:
            return problem(404, "There is no such incident.")
        query = Query(index=f"pile:{incident.id}", limit=_limit(knock), after=_after(knock))
        found = await self.timelines.find(query)
        view = await self.look((), found.ids)
        mentions = [
            mention_json(kept, view.conversations[name])
            for name in found.ids
            if name in view.conversations
            for kept in view.conversations[name].mentions
        ]
        return _ok({"mentions": mentions, "after": found.after or None})

    async def _timeline(self, knock: Knock) -> Response:
        incident = await self._one(knock)
        if incident is None:
            return problem(404, "There is no such incident.")
        after = _number(knock.query.get("after", "0"), "after")
        lines = await self.timelines.events(incident.id, after, MOST)
        more = str(lines[-1]["version"]) if len(lines) == MOST else None
        return _ok({"timeline": list(lines), "after": more})

    async def _unforwarded(self, knock: Knock) -> Response:
        asides, after = await self.asides.page("unforwarded", knock.query.get("after", ""), _limit(knock))
        return _ok({"unforwarded": [aside_json(each) for each in asides], "after": after or None})


def _pile(incident: Incident) -> Query:
    return Query(index=f"pile:{incident.id}", limit=FRONT)


def _ok(body: Mapping[str, Any]) -> Response:
    return 200, _JSON, json.dumps(body).encode()


def _number(text: str, name: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise _Wrong(f"{name} is a whole number")
    return int(text)


def _limit(knock: Knock) -> int:
    return max(1, min(MOST, _number(knock.query.get("limit", "50"), "limit")))


def _after(knock: Knock) -> str:
    """A place in an index, as `Found.after` has it: a score and a member."""
    text = knock.query.get("after", "")
    if text and not _PLACE.fullmatch(text):
        raise _Wrong("after is what the page before handed back")
    return text


def _since(knock: Knock) -> float | None:
    text = knock.query.get("since", "")
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError as error:
        raise _Wrong("since is a moment as in RFC 3339, such as 2026-01-31T09:00:00Z") from error
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()
