"""Who is let in: host, session, origin, the form's own token; and the one-use link."""

from datetime import timedelta

import pytest

from tests.adapters.rooms.web.house import House

_HOSTS = [
    ("localhost:8420", 200), ("127.0.0.1:8420", 200), ("[::1]:8420", 200), ("192.168.1.7", 200), ("coolhead.localhost", 200),
    ("care.example", 200), ("CARE.EXAMPLE:443", 200), ("evil.example", 421), ("care.example.evil.example", 421), ("", 421),
    ("localhost.evil.example", 421), ("127.0.0.1.evil.example", 421), ("[::1", 421), ("user@evil.example", 421),
]  # fmt: skip


@pytest.mark.parametrize(("host", "status"), _HOSTS)
async def test_only_our_own_names_are_answered(host: str, status: int) -> None:
    """A name that was bent towards this machine (DNS rebinding) gets nothing, signed in or not."""
    house = House(public_url="https://care.example")
    assert (await house.get("/", host=host)).status == status


@pytest.mark.parametrize("path", ["/", "/mine", "/i/parcel", "/settings", "/here/parcel", "/search?q=x", "/quarantine"])
async def test_strangers_read_nothing(path: str) -> None:
    """Without a session every page is the way to sign in, and nothing is asked of the desk."""
    house = House()
    answer = await house.get(path, person="")
    assert answer.status == 401
    assert "link that works once" in answer.shown
    assert house.desk.asked == []


async def test_strangers_hear_nothing() -> None:
    """The stream of news is closed to them."""
    assert (await House().get("/events", person="")).status == 401


async def test_a_link_in_a_chat_finds_its_way() -> None:
    """Coming from another site the cookie stays behind; the page goes on by itself, once, to the same address."""
    house = House()
    first = await house.get("/i/parcel", person="", sec_fetch_site="cross-site")
    assert '<meta http-equiv="refresh" content="0; url=/i/parcel">' in first.text
    second = await house.get("/i/parcel", person="", sec_fetch_site="same-origin")
    assert "http-equiv" not in second.text


async def test_who_left_the_team_is_shown_out() -> None:
    """A session outlives nobody's place on the team."""
    house = House()
    house.team = house.team.model_copy(update={"people": {}})
    answer = await house.get("/")
    assert answer.status == 403
    assert "not on this team" in answer.shown


async def test_a_session_ends() -> None:
    """After its time it is as if it had never been."""
    house = House()
    link = await _invite(house)
    cookie = (await house.post(link, {}, person="")).headers["set-cookie"].split(";")[0]
    assert (await house.get("/", person="", cookie=cookie)).status == 200
    house.clock.advance(timedelta(days=7).total_seconds() + 1)
    assert (await house.get("/", person="", cookie=cookie)).status == 401


async def _invite(house: House, token: str = "one-use") -> str:
    await house.roster.invite(token, "ana", house.clock.wall + timedelta(days=1))
    return f"/sign-in/{token}"


async def test_looking_at_a_link_does_not_use_it() -> None:
    """Previews and mail scanners open links; only the press on the button signs in, and only once."""
    house = House()
    link = await _invite(house)
    for _ in range(3):
        assert "Sign in" in (await house.get(link, person="")).shown
    answer = await house.post(link, {}, person="")
    assert (answer.status, answer.headers["location"]) == (303, "/")
    assert (await house.post(link, {}, person="")).status == 410


@pytest.mark.parametrize(
    ("public_url", "secure"), [("", False), ("http://care.example", False), ("https://care.example", True)]
)
async def test_the_cookie_is_kept_close(public_url: str, secure: bool) -> None:
    """No script reads it, no other site makes a browser send it, and by https it never goes in the clear."""
    house = House(public_url=public_url)
    cookie = (await house.post(await _invite(house), {}, person="")).headers["set-cookie"]
    assert "; HttpOnly; SameSite=Strict" in cookie
    assert "Path=/;" in cookie
    assert "Domain" not in cookie
    assert ("; Secure" in cookie) is secure


async def test_signing_in_begins_anew() -> None:
    """A session from before, perhaps planted, does not become the new one and is over."""
    house = House()
    await house.sign_in("ben")
    answer = await house.post(await _invite(house), {}, person="", cookie="coolhead=session-ben")
    assert "session-ben" not in answer.headers["set-cookie"]
    assert await house.roster.session("session-ben", house.clock.wall) is None


async def test_signing_in_from_elsewhere_is_refused() -> None:
    """Another site cannot sign somebody in as its own user."""
    house = House()
    link = await _invite(house)
    assert (await house.post(link, {}, person="", origin="https://evil.example")).status == 403
    assert (await house.post(link, {}, person="")).status == 303


async def test_signing_out() -> None:
    """The session is over at once, and the cookie with it."""
    house = House()
    answer = await house.post("/sign-out", {"csrf": "csrf-ana"})
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert await house.roster.session("session-ana", house.clock.wall) is None


_POSTS = ["/press", "/fill", "/say", "/put-away", "/here", "/sign-out"]


@pytest.mark.parametrize("path", _POSTS)
@pytest.mark.parametrize("token", ["", "csrf-ben", "wrong", "csrf-an", "é"])
async def test_every_form_needs_its_own_token(path: str, token: str) -> None:
    """Without the session's token nothing happens, and the answer is a calm 403."""
    house = House()
    answer = await house.post(path, {"csrf": token, "incident": "parcel", "doing": "writing"})
    assert answer.status == 403
    assert house.desk.heard == []
    assert house.room._hall.presence.here("parcel", house.clock.elapsed) == {}
    assert path == "/here" or "nothing was done" in answer.shown


@pytest.mark.parametrize("path", _POSTS)
@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://localhost:1", "http://localhost:8420.evil.example"]
)
async def test_other_origins_do_nothing(path: str, origin: str) -> None:
    """A POST from another page is refused even with the right token."""
    house = House()
    assert (await house.post(path, {"csrf": "csrf-ana"}, origin=origin)).status == 403
    assert house.desk.heard == []


async def test_a_browser_that_names_no_origin_is_asked_where_it_comes_from() -> None:
    """Sec-Fetch-Site decides where there is no Origin."""
    house = House()
    assert (await house.post("/sign-out", {"csrf": "csrf-ana"}, origin="", sec_fetch_site="cross-site")).status == 403
    assert (await house.post("/sign-out", {"csrf": "csrf-ana"}, origin="", sec_fetch_site="same-origin")).status == 303


async def test_the_public_address_is_an_origin_of_ours() -> None:
    """Behind a proxy that changes the host, the public address counts."""
    house = House(public_url="https://care.example")
    answer = await house.post("/sign-out", {"csrf": "csrf-ana"}, host="127.0.0.1:8420", origin="https://care.example")
    assert answer.status == 303


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "multipart/form-data; boundary=x", ""])
async def test_other_kinds_of_body_do_nothing(kind: str) -> None:
    """Only a form is a form."""
    answer = await House().post("/press", {"csrf": "csrf-ana"}, content_type=kind)
    assert answer.status == 400
