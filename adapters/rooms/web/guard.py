"""Who knocks, and whether they may: host, session and origin are looked at before anything is asked or pressed."""

import hmac
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from ipaddress import ip_address
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from adapters.rooms.web.eyes import Eyes
from adapters.rooms.web.fields import Posted, posted
from adapters.rooms.web.reply import SESSION, cookies
from adapters.rooms.web.signing import Acted, Signer
from adapters.rooms.web.times import zone
from bot.nouns.team import Handle, Role, Team, Teammate
from bot.ports import Clock, Knock, Session, Sessions

ROOM = "web"


class Stop(Enum):
    """Why somebody is not let in; the value is the sentence they read."""

    HOST = "Coolhead does not answer under this name. If it should, set COOLHEAD_PUBLIC_URL to the address you use."
    STRANGER = "Please sign in first."
    NOBODY = "You are not on this team any more. A manager can invite you again."
    ELSEWHERE = "This came from another page than ours, so nothing was done. Open the page again and press there."
    NO_FORM = "That was not a form we know, so nothing was done."


@dataclass(frozen=True, slots=True)
class Visit:
    """A knock of somebody who is signed in."""

    knock: Knock
    session: Session
    who: Teammate
    team: Team
    now: datetime

    @property
    def handle(self) -> Handle:
        """Who they are in this room."""
        return Handle(room=ROOM, id=self.who.id)

    @property
    def guest(self) -> bool:
        """Whether they may only read."""
        return not self.who.may(Role.TEAMMATE, Role.LEAD, Role.MANAGER)

    @property
    def zone(self) -> ZoneInfo:
        """Where they are."""
        return zone(self.who.zone)

    def eyes(self, signer: Signer) -> Eyes:
        """What painting needs to know of them."""

        def sign(acted: Acted) -> str:
            return signer.press(self.who.id, acted)

        return Eyes(self.now, self.zone, not self.guest, sign)


@dataclass(frozen=True, slots=True)
class Front:
    """The addresses we go by. `hosts` are further names; any plain IP address may be used (nobody can rebind one)."""

    public_url: str
    hosts: frozenset[str]

    @property
    def secure(self) -> bool:
        """Whether browsers come by https."""
        return self.public_url.startswith("https://")

    def answers(self, host: str) -> bool:
        """Whether `host`, as in the header of that name, is one of ours."""
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        ours = self.hosts | {"localhost", urlsplit(self.public_url).hostname or "localhost"}
        return name in ours or name.endswith(".localhost") or _is_address(name)

    def ours(self, knock: Knock) -> bool:
        """Whether a POST came from a page of ours, as far as the browser tells."""
        origin = knock.headers.get("origin", "")
        if origin:
            parts = urlsplit(self.public_url)
            same_host = urlsplit(origin).netloc == knock.headers.get("host", "")
            return same_host or (bool(parts.netloc) and origin == f"{parts.scheme}://{parts.netloc}")
        return knock.headers.get("sec-fetch-site", "same-origin") in {"same-origin", "none"}


def front(public_url: str, hosts: Collection[str]) -> Front:
    """The addresses as settings give them."""
    return Front(public_url.rstrip("/"), frozenset(host.lower() for host in hosts if host))


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


class Guard:
    """Lets people in. Each method hands back a Stop where it does not."""

    def __init__(self, sessions: Sessions, clock: Clock, team: Callable[[], Awaitable[Team]], own: Front) -> None:
        self._sessions = sessions
        self._clock = clock
        self._team = team
        self.front = own

    async def now(self) -> datetime:
        """The wall time."""
        return (await self._clock.now()).wall

    def stranger(self, knock: Knock) -> Stop | None:
        """What anybody must pass."""
        if not self.front.answers(knock.headers.get("host", "")):
            return Stop.HOST
        if knock.method == "POST" and not self.front.ours(knock):
            return Stop.ELSEWHERE
        return None

    async def visit(self, knock: Knock) -> Visit | Stop:
        """Somebody who wants to read."""
        if (stop := self.stranger(knock)) is not None:
            return stop
        now = await self.now()
        secret = cookies(knock).get(SESSION, "")
        session = await self._sessions.session(secret, now) if secret else None
        if session is None:
            return Stop.STRANGER
        team = await self._team()
        who = team.people.get(session.person)
        return Visit(knock, session, who, team, now) if who is not None else Stop.NOBODY

    async def press(self, knock: Knock) -> tuple[Visit, Posted] | Stop:
        """Somebody who wants to do something: their form must carry their session's own token."""
        visit = await self.visit(knock)
        if isinstance(visit, Stop):
            return visit
        form = posted(knock.headers.get("content-type", ""), knock.body)
        if form is None:
            return Stop.NO_FORM
        token = form.one.get("csrf", "").encode("utf-8", "replace")
        return (visit, form) if hmac.compare_digest(token, visit.session.csrf.encode()) else Stop.ELSEWHERE
