"""Every address of the web room."""

from collections.abc import Sequence

from adapters.rooms.web.hall import Hall, Hear
from adapters.rooms.web.pages import PAGES, Pages
from adapters.rooms.web.presses import Presses
from adapters.rooms.web.signin import SignIn
from adapters.rooms.web.static_files import StaticFiles
from bot.ports import Door


def doors(hall: Hall, hear: Hear, static: StaticFiles) -> Sequence[Door]:
    """All doors; GET only shows, POST only does."""
    pages, presses, signing = Pages(hall, hear), Presses(hall, hear), SignIn(hall)
    return (
        *(Door("GET", path, pages.show) for path in PAGES),
        Door("GET", "/i/{incident}", pages.incident),
        Door("GET", "/i/{incident}/{conversation}", pages.incident),
        Door("GET", "/here/{incident}", pages.here),
        Door("GET", "/events", pages.events),
        Door("POST", "/press", presses.press),
        Door("POST", "/fill", presses.fill),
        Door("POST", "/say", presses.say),
        Door("POST", "/here", presses.here),
        Door("POST", "/put-away", presses.put_away),
        Door("GET", "/sign-in/{token}", signing.show),
        Door("POST", "/sign-in/{token}", signing.redeem),
        Door("POST", "/sign-out", signing.leave),
        Door("GET", "/static/{file}", static.open),
    )
