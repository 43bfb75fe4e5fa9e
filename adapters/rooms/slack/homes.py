"""App Home: painted anew each time somebody opens it."""

from collections.abc import Awaitable, Callable
from typing import Final

from adapters.connections.slack import Slack
from adapters.connections.slack_budget import Rank
from adapters.rooms.slack.heard import Spot
from adapters.rooms.slack.home import home
from adapters.rooms.slack.kept import Kept
from adapters.rooms.slack.people import People
from adapters.rooms.slack.pressing import Signer
from adapters.rooms.slack.reading import asking, key
from adapters.rooms.slack.refs import At, Workspace
from bot.ports import Member
from bot.screens.shapes import Answer, Fact, Gesture, Page

Hear = Callable[[Gesture], Awaitable[Answer]]

#: What a teammate's Home shows, and a guest's; a page the desk refuses them is left out.
_PAGES: Final = ("mine", "now", "review")
_GUEST: Final = ("now",)


class Homes:
    """`incidents` is what the stage remembers; `held` tells of the hold that stands."""

    def __init__(
        self,
        slack: Slack,
        signer: Signer,
        people: People,
        incidents: Kept[At, str],
        workspace: Workspace,
        held: Callable[[], Awaitable[Fact | None]],
    ) -> None:
        self._slack = slack
        self._signer = signer
        self._people = people
        self._incidents = incidents
        self._workspace = workspace
        self._held = held

    async def publish(self, spot: Spot, hear: Hear) -> None:
        """Show their Home as it is now."""
        member = await self._people.who(spot.who.id)
        guest = not isinstance(member, Member) or member.guest
        pages: list[Page] = []
        for act in _GUEST if guest else _PAGES:
            answer = await hear(asking(spot, key(spot, "h", act), act).gesture)
            pages += [answer] if isinstance(answer, Page) else []
        # A note is known by its incident too, and is nobody's but theirs: Slack's ids of direct messages begin with D.
        cards = [(incident, at) for at, incident in self._incidents.items() if not at.channel.startswith("D")]
        threads = dict(cards)
        view = home(
            pages,
            self._signer,
            where=lambda incident: self._workspace.link(threads.get(incident)),
            presses_too=not guest,
            held=None if guest else await self._held(),
        )
        await self._slack.call("views.publish", {"user_id": spot.who.id, "view": view}, rank=Rank.ANSWER)
