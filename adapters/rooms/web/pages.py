"""Reading: every page is asked of the desk and painted. No GET changes anything."""

import re
import secrets
from collections.abc import Awaitable, Mapping

from adapters.rooms.web import sheet
from adapters.rooms.web.guard import Stop, Visit
from adapters.rooms.web.hall import Hall, Hear
from adapters.rooms.web.reply import Told, html
from bot.errors import StoreAway
from bot.nouns.team import Refusal
from bot.ports import Knock, Response
from bot.screens.shapes import Answer, Done, Form, Gesture, GestureKind, Page
from bot.work.desk.who import STRANGER
from bot.work.waiting import within

#: Path and what is asked there.
PAGES: Mapping[str, str] = {
    "/": "now",
    "/mine": "mine",
    "/offline": "offline",
    "/settled": "settled",
    "/review": "review",
    "/people": "people",
    "/settings": "settings",
    "/hold": "hold",
    "/bring": "bring",
    "/statement": "statement",
    "/unforwarded": "unforwarded",
    "/quarantine": "quarantine",
    "/search": "search",
    "/health": "health",
}
_AWAY = "The store cannot be reached, so this can't be shown just now. It comes back here by itself."
#: How long a reader waits for a page, in seconds; the store's own patience is longer, for each of its answers.
DEADLINE = 3.0
#: Seconds until a page that could not be shown is asked for again.
_AGAIN = 5
_ASKED = ("q", "after", "all")
_LONGEST = 400
_ID = re.compile(r"[A-Za-z0-9_.:~-]{1,128}")


class Pages:
    """The doors that show something."""

    def __init__(self, hall: Hall, hear: Hear) -> None:
        self._hall = hall
        self._hear = hear

    async def show(self, knock: Knock) -> Response:
        """One of PAGES."""
        return await self._show(knock, PAGES[knock.path], "", "")

    async def incident(self, knock: Knock) -> Response:
        """`/i/{incident}` and `/i/{incident}/{conversation}`."""
        ids = knock.values["incident"], knock.values.get("conversation", "")
        if not all(_ID.fullmatch(one) for one in ids if one):
            return sheet.plain(self._hall.ink, 404, "There is nothing at this address.")
        return await self._show(knock, "incident", *ids)

    async def _show(self, knock: Knock, act: str, incident: str, conversation: str) -> Response:
        return await self._in_time(knock, self._shown(knock, act, incident, conversation))

    async def _in_time(self, knock: Knock, answer: Awaitable[Response]) -> Response:
        """The answer, or after DEADLINE a calm page that comes back by itself."""
        try:
            return await within(self._hall.clock, DEADLINE, answer)
        except (StoreAway, TimeoutError):
            return sheet.plain(self._hall.ink, 503, _AWAY, (knock.path, "Try it now"), knock.path, _AGAIN)

    async def _shown(self, knock: Knock, act: str, incident: str, conversation: str) -> Response:
        visit = await self._hall.guard.visit(knock)
        if isinstance(visit, Stop):
            return sheet.stopped(self._hall.ink, knock, visit)
        answer = await self._hear(
            Gesture(
                id=secrets.token_hex(12),
                kind=GestureKind.ASK,
                who=visit.handle,
                act=act,
                incident=incident,
                conversation=conversation,
                values={name: knock.query[name][:_LONGEST] for name in _ASKED if name in knock.query},
            )
        )
        return await self._answer(visit, answer, 404 if incident else 403)

    async def _answer(self, visit: Visit, answer: Answer, refused: int) -> Response:
        match answer:
            case Page():
                return await sheet.page(self._hall, visit, answer)
            case Form():
                return sheet.form(self._hall, visit, answer)
            case Refusal() if answer == STRANGER:  # a chat they are in knows them no more: not even the frame is theirs
                return sheet.stopped(self._hall.ink, visit.knock, Stop.NOBODY)
            case Refusal(because=because, until=until):
                return sheet.words(self._hall, visit, Told(because, until, refused=True), "", refused)
            case Done(said=said):
                return sheet.words(self._hall, visit, Told(said), "")

    async def here(self, knock: Knock) -> Response:
        """Who else is under an incident, as a fragment."""
        return await self._in_time(knock, self._here(knock))

    async def _here(self, knock: Knock) -> Response:
        visit = await self._hall.guard.visit(knock)
        if isinstance(visit, Stop):
            return sheet.stopped(self._hall.ink, knock, visit)
        present = await sheet.present(self._hall, visit, knock.values["incident"])
        return html(self._hall.ink.page("here.html", present=present))

    async def events(self, knock: Knock) -> Response:
        """The stream of news. A session that ends closes it at the next sign of life."""
        return await self._in_time(knock, self._events(knock))

    async def _events(self, knock: Knock) -> Response:
        visit = await self._hall.guard.visit(knock)
        if isinstance(visit, Stop):
            return 401, {"content-type": "text/plain; charset=utf-8"}, b"Please sign in first.\n"

        async def alive() -> bool:
            return not isinstance(await self._hall.guard.visit(knock), Stop)

        stream = self._hall.hub.listen(visit.who.id, alive)
        if stream is None:
            return 429, {"retry-after": "30"}, b"Too many pages are open.\n"
        return 200, {"content-type": "text/event-stream", "x-accel-buffering": "no"}, stream
