"""Signing in by a one-use link, and out again.

Opening the link only shows a button: previews and mail scanners open links too, and must not use it up.
"""

import secrets
from datetime import timedelta

from adapters.rooms.web import sheet
from adapters.rooms.web.guard import ROOM, Stop
from adapters.rooms.web.hall import Hall
from adapters.rooms.web.ink import finished
from adapters.rooms.web.reply import SESSION, cookie, cookies, html, see_other
from bot.nouns.team import Handle
from bot.ports import Knock, Response, Session

#: How long a browser stays signed in.
LASTS = timedelta(days=7)
_USED = "This link has been used already, or its day is over. Ask for a new one: `coolhead sign-in`, or a manager."


class SignIn:
    """The doors in and out."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall

    async def show(self, knock: Knock) -> Response:
        """The button."""
        if (stop := self._hall.guard.stranger(knock)) is not None:
            return sheet.stopped(self._hall.ink, knock, stop)
        content = self._hall.ink.page("sign_in.html", path=knock.path)
        return html(finished(self._hall.ink.page("outside.html", content=content, title="Sign in", again="")))

    async def redeem(self, knock: Knock) -> Response:
        """The press on it: a fresh session, whatever session there was before is over."""
        hall = self._hall
        if (stop := hall.guard.stranger(knock)) is not None:
            return sheet.stopped(hall.ink, knock, stop)
        now = await hall.guard.now()
        person = await hall.sessions.redeem(knock.values["token"], now)
        if not person:
            return sheet.plain(hall.ink, 410, _USED)
        if before := cookies(knock).get(SESSION, ""):
            await hall.sessions.end_session(before)
        session = Session(
            id=secrets.token_urlsafe(32), person=person, csrf=secrets.token_urlsafe(24), until=now + LASTS
        )
        await hall.roster.bind(Handle(room=ROOM, id=person), person)
        await hall.sessions.open_session(session)
        return see_other("/", self._cookie(session.id, int(LASTS.total_seconds())))

    async def leave(self, knock: Knock) -> Response:
        """Sign out, here and now."""
        allowed = await self._hall.guard.press(knock)
        if isinstance(allowed, Stop):
            return sheet.stopped(self._hall.ink, knock, allowed)
        visit, _ = allowed
        await self._hall.sessions.end_session(visit.session.id)
        return see_other("/", self._cookie("", 0))

    def _cookie(self, value: str, seconds: int) -> dict[str, str]:
        return {"set-cookie": cookie(SESSION, value, seconds, self._hall.guard.front.secure)}
