"""Whole pages as answers: painted, framed, and known by a tag so that a look for news costs little."""

import hashlib

from adapters.rooms.web import paint, paint_form
from adapters.rooms.web.eyes import Eyes, Press
from adapters.rooms.web.frame import Frame, Notice, frame, notice
from adapters.rooms.web.guard import Stop, Visit
from adapters.rooms.web.hall import Hall
from adapters.rooms.web.ink import Ink, finished
from adapters.rooms.web.notes import notes_for
from adapters.rooms.web.presence import said
from adapters.rooms.web.reply import SAID, Told, cookie, cookies, html, read_told
from adapters.rooms.web.signing import Acted
from bot.ports import Knock, Response
from bot.screens.shapes import Choice, Form, Page

#: So many notes stand above *Now*; what the others are about stands in its lists too.
MOST_NOTES = 5
_STATUS = {Stop.HOST: 421, Stop.STRANGER: 401, Stop.NOBODY: 403, Stop.ELSEWHERE: 403, Stop.NO_FORM: 400}


async def page(hall: Hall, visit: Visit, one: Page, pressed: Acted | None = None) -> Response:
    """A page for them, asked for again when something changes; the answer to what was `pressed` stands as it is."""
    told = read_told(visit.knock, visit.session.id, hall.signer)
    eyes = visit.eyes(hall.signer)
    painted = paint.page(one, eyes)
    incident = one.card.incident if one.card else ""
    notes = await notes_for(hall.notes, visit.who.id, hall.standing) if one.name == "now" else ()
    around = frame(
        visit,
        one.card.headline if one.card else one.title,
        here=one.name,
        live=(f"i/{incident}" if incident else one.name) if pressed is None else "",
        incident=incident,
        told=told,
        trouble=hall.trouble(),
        running=hall.running(),
    )
    content = hall.ink.page(
        "card.html" if one.card else "page.html",
        page=painted,
        frame=around,
        notes=tuple((note.key, paint.card(note.card, eyes)) for note in notes[:MOST_NOTES]),
        unshown=max(0, len(notes) - MOST_NOTES),
        present=await present(hall, visit, incident) if incident else "",
        q=visit.knock.query.get("q", ""),
        after=visit.knock.query.get("after", ""),
        all=visit.knock.query.get("all", "") == "yes",
        onward=_onward(one, pressed, eyes),
        say=_say(one, eyes),
    )
    return _sheet(hall, visit, around, content)


def _onward(one: Page, pressed: Acted | None, eyes: Eyes) -> Press | None:
    """The way to the rest of a page that answered a press: it has no address, so it is pressed for."""
    if pressed is None or not one.after:
        return None
    return eyes.press(Choice(one.name, "Show more", {"after": one.after}), pressed.incident, pressed.conversation)


def _say(one: Page, eyes: Eyes) -> Press | None:
    """What a line for the team acts on; None where nobody can say anything."""
    if one.card is None or not one.card.incident or one.name != "incident" or not eyes.presses:
        return None
    return eyes.signed("note", one.card.incident, one.card.conversation, {})


def form(
    hall: Hall, visit: Visit, one: Form, present: str = "", told: Told | None = None, status: int = 200
) -> Response:
    """A form for them, under a line where there is one to say. It is never painted over while they write."""
    around = frame(
        visit,
        one.title,
        incident=one.incident,
        told=told or read_told(visit.knock, visit.session.id, hall.signer),
        trouble=hall.trouble(),
        running=hall.running(),
    )
    painted = paint_form.form(one, visit.eyes(hall.signer))
    content = hall.ink.page("form.html", form=painted, frame=around, present=present)
    return _sheet(hall, visit, around, content, status)


def words(hall: Hall, visit: Visit, told: Told, typed: str, status: int = 200, incident: str = "") -> Response:
    """A sentence for them, with what they typed so that nothing is lost."""
    around = frame(visit, told.text.rstrip("."), incident=incident)
    content = hall.ink.page("words.html", notice=notice(visit, told), typed=typed, back=around.back)
    return _sheet(hall, visit, around, content, status)


def plain(
    ink: Ink,
    status: int,
    because: str,
    link: tuple[str, str] = ("/", "Go to the first page"),
    again: str = "",
    wait: int = 0,
    typed: str = "",
) -> Response:
    """A page for anybody, signed in or not. `again`: the path it goes on to by itself after `wait` seconds.

    `typed`: what they wrote, so that nothing is lost.
    """
    notice = Notice(because, None, refused=True)
    content = ink.page("words.html", notice=notice, typed=typed, back=link[0], label=link[1])
    outside = ink.page("outside.html", content=content, title=because.rstrip("."), again=again, wait=wait)
    return html(finished(outside), status)


def stopped(ink: Ink, knock: Knock, stop: Stop) -> Response:
    """The page for somebody who was not let in.

    A link in a chat leads here without the session's cookie, which browsers keep back on the way from another site
    (SameSite=Strict). The page then goes on to the same address by itself, and from our own page the cookie comes along.
    """
    if stop is not Stop.STRANGER:
        return plain(ink, _STATUS[stop], stop.value)
    from_elsewhere = knock.method == "GET" and knock.headers.get("sec-fetch-site", "") == "cross-site"
    content = ink.page("stranger.html", path=knock.path if knock.method == "GET" else "/")
    again = knock.path if from_elsewhere else ""
    return html(finished(ink.page("outside.html", content=content, title="Sign in", again=again)), _STATUS[stop])


async def present(hall: Hall, visit: Visit, incident: str) -> str:
    """Who else is there."""
    elapsed = (await hall.clock.now()).elapsed
    here = {p: doing for p, doing in hall.presence.here(incident, elapsed).items() if p != visit.who.id}
    return said(here, {p: visit.team.name(p) for p in here})


def _sheet(hall: Hall, visit: Visit, around: Frame, content: str, status: int = 200) -> Response:
    fragment = visit.knock.headers.get("x-fragment") == "main"
    tag = f'"{hashlib.sha256(content.encode("utf-8", "replace")).hexdigest()[:24]}"'
    if fragment and visit.knock.headers.get("if-none-match") == tag:
        return 304, {"etag": tag}, b""
    main = hall.ink.page("main.html", frame=around, content=content, tag=tag)
    text = main if fragment else hall.ink.page("layout.html", frame=around, main=main)
    headers = {"etag": tag, "vary": "x-fragment"}
    if SAID in cookies(visit.knock):
        headers["set-cookie"] = cookie(SAID, "", 0, hall.guard.front.secure)
    return html(finished(text), status, headers)
