"""What stands around every page: who reads, where they can go, what holds for the whole team just now."""

from collections.abc import Sequence
from dataclasses import dataclass

from adapters.rooms.web.guard import Visit
from adapters.rooms.web.reply import Told
from adapters.rooms.web.times import Shown, shown

_NAV = (("now", "/", "Now"), ("mine", "/mine", "Mine"), ("offline", "/offline", "Offline"))
_NAV_LATER = (("settled", "/settled", "Settled"), ("review", "/review", "Review"))
NAV = (*_NAV, *_NAV_LATER)


@dataclass(frozen=True, slots=True)
class Notice:
    """A line shown once at the top, and the moment it speaks of."""

    text: str
    until: Shown | None
    refused: bool


@dataclass(frozen=True, slots=True)
class HoldLine:
    """The hold that stands: until when, by whom, why."""

    until: Shown
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Frame:
    """`live` names what the page shows, so that its script knows which news are its own."""

    title: str
    csrf: str
    name: str
    zone: str
    here: str
    live: str
    incident: str
    back: str
    guest: bool
    notice: Notice | None
    hold: HoldLine | None
    trouble: Sequence[str]
    running: Sequence[str] = ()
    nav: tuple[tuple[str, str, str], ...] = NAV


def frame(
    visit: Visit,
    title: str,
    *,
    here: str = "",
    live: str = "",
    incident: str = "",
    told: Told | None = None,
    trouble: Sequence[str] = (),
    running: Sequence[str] = (),
) -> Frame:
    """The frame around a page for somebody who is signed in. `here` is the page's name in the navigation."""

    knock = visit.knock
    return Frame(
        title=title,
        csrf=visit.session.csrf,
        name=visit.who.name,
        zone=visit.zone.key,
        here=here,
        live=live,
        incident=incident,
        back=knock.path if knock.method == "GET" else f"/i/{incident}" if incident else "/",
        guest=visit.guest,
        notice=notice(visit, told) if told else None,
        hold=_hold(visit),
        trouble=() if visit.guest else trouble,
        running=running,
    )


def notice(visit: Visit, told: Told) -> Notice:
    """A line for the top of the page."""
    return Notice(told.text, shown(told.until, visit.now, visit.zone) if told.until else None, told.refused)


def _hold(visit: Visit) -> HoldLine | None:
    hold = visit.team.hold
    if hold is None or visit.now >= hold.until:
        return None
    return HoldLine(shown(hold.until, visit.now, visit.zone), visit.team.name(hold.by), hold.why)
