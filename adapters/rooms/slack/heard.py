"""What a payload of Slack's comes to: a gesture for the desk, or the little that is done without it."""

from dataclasses import dataclass

from adapters.rooms.slack.fields import Seen
from adapters.rooms.slack.pressing import Menu, Pressed
from bot.nouns.team import Handle
from bot.screens.shapes import Gesture


@dataclass(frozen=True, slots=True)
class Spot:
    """Where it happened: all it takes to answer there.

    `trigger` opens one view, within three seconds. `message` is the message it stands under, `thread` that one's thread
    or ''. `view`, `hash` and `kind` (form, page, menu, said, home) tell the view it came from, if any. `respond` is the
    response_url.
    """

    who: Handle
    trigger: str = ""
    channel: str = ""
    message: str = ""
    thread: str = ""
    view: str = ""
    hash: str = ""
    kind: str = ""
    respond: str = ""

    @property
    def inside(self) -> bool:
        """Whether it was in a modal: Home is a view too, but an answer cannot take its place."""
        return bool(self.view) and self.kind != "home"


@dataclass(frozen=True, slots=True)
class Do:
    """Hand `gesture` to the desk and show its answer.

    A Form or Page goes into the view it came from; outside of views, on Home, and for a Page asked for from a form (so
    that what is typed there stays), it is opened anew. Paint a Form with `seen`, a Page with `asked` and its sheet.
    """

    gesture: Gesture
    spot: Spot
    asked: Pressed | None = None
    seen: Seen | None = None


@dataclass(frozen=True, slots=True)
class Show:
    """Open what lies behind *More*. Nobody is asked."""

    menu: Menu
    spot: Spot


@dataclass(frozen=True, slots=True)
class Typing:
    """They type: remember it by `spot.view`. When the view is closed, `gesture` keeps it as a draft where `keeps`; else
    `seen` may fill the same form when it is opened again."""

    gesture: Gesture
    spot: Spot
    seen: Seen
    keeps: bool


@dataclass(frozen=True, slots=True)
class Closed:
    """They closed a form without finishing it."""

    spot: Spot


@dataclass(frozen=True, slots=True)
class Home:
    """Publish their App Home."""

    spot: Spot


@dataclass(frozen=True, slots=True)
class Called:
    """They called us by name in a channel: see `commands.wished`. `key` is the event's own id."""

    words: str
    spot: Spot
    key: str


@dataclass(frozen=True, slots=True)
class Brought:
    """They hand us a message: to be noted where its thread is an incident's, else to be brought in by the form `bring`.

    `author` is Slack's id of who wrote it, `name` what the payload calls them, each '' where it does not say.
    """

    text: str
    url: str
    author: str
    name: str
    spot: Spot
    key: str


@dataclass(frozen=True, slots=True)
class Marked:
    """They marked a line for the look back, by a reaction on `spot.message`."""

    spot: Spot
    key: str


@dataclass(frozen=True, slots=True)
class Help:
    """Say what can be asked here."""

    spot: Spot


@dataclass(frozen=True, slots=True)
class Stale:
    """The press is not ours, or no longer: say so, and show what stands there now (`Wishes.stale`)."""

    spot: Spot


@dataclass(frozen=True, slots=True)
class Nothing:
    """It asks for nothing."""


Heard = Do | Show | Typing | Closed | Home | Called | Brought | Marked | Help | Stale | Nothing
