"""Slack as a room: cards and lines in its channels, private notes, presses, forms and pages."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from adapters.connections.slack import API_URL, Secret, Slack
from adapters.connections.slack_answers import Lost, Refused
from adapters.connections.slack_events import SlackEvents
from adapters.rooms.slack.answers import Answers
from adapters.rooms.slack.catching_up import CatchingUp
from adapters.rooms.slack.channels import Channels
from adapters.rooms.slack.check import check, how, mistaken
from adapters.rooms.slack.doors import Doors
from adapters.rooms.slack.events import House
from adapters.rooms.slack.healing import Troubles
from adapters.rooms.slack.hearing import Ears, Hear
from adapters.rooms.slack.homes import Homes
from adapters.rooms.slack.introduction import Introduction
from adapters.rooms.slack.manifest import SCOPES
from adapters.rooms.slack.people import People
from adapters.rooms.slack.pressing import Signer
from adapters.rooms.slack.refs import ROOM, Workspace
from adapters.rooms.slack.sockets import Sockets
from adapters.rooms.slack.stage import Stage
from adapters.rooms.slack.threads import Threads
from adapters.rooms.slack.typed import Scratch, Typed
from adapters.rooms.slack.watch import Watch
from adapters.rooms.slack.wishes import Wishes
from bot.errors import StoreAway
from bot.nouns.team import Handle, Place, Team
from bot.ports import Broken, Clock, Door, Finding, Gone, LineRef, Member, Stranger, ThreadRef
from bot.screens.facts import on_hold
from bot.screens.shapes import Card, Fact, Line
from bot.work.waiting import together


class SlackRoom:
    """The port Room. With an app token it listens by Socket Mode, else by signed HTTP.

    Its doors are served where nobody attends, too: who we are and who pressed is asked there when it is first needed. What
    is remembered only where it was told or done is missing elsewhere, and docs/rooms.md says what that is.
    """

    def __init__(
        self,
        *,
        bot_token: Secret,
        app_token: Secret | None = None,
        signing_secret: Secret | None = None,
        api_url: str = API_URL,
        clock: Clock,
        secret: bytes,
        scratch: Scratch,
        places: Callable[[], Awaitable[Sequence[Place]]],
        team: Callable[[], Awaitable[Team]],
        health: Troubles,
        connect: Callable[..., Slack] = Slack,
        events: SlackEvents | None = None,
    ) -> None:
        self._clock = clock
        self._health = health
        self._token = bot_token
        self._app_token = app_token
        self._signing_secret = signing_secret
        self._watch: Watch | None = None
        self._slack = connect(token=bot_token, clock=clock, api_url=api_url)
        self._places = places
        self._team = team
        self._channels = Channels(self._slack)
        self._signer = Signer(secret)
        self._workspace = Workspace()
        self._introduction = Introduction(self._slack, self._workspace, health)
        self._people = People(self._slack, self._workspace, self._introduction)
        self._stage = Stage(
            slack=self._slack,
            signer=self._signer,
            secret=secret,
            clock=clock,
            channels=self._channels,
            places=places,
            health=health,
            workspace=self._workspace,
        )
        self._homes = Homes(self._slack, self._signer, self._people, self._stage.incidents, self._workspace, self._held)
        self._house = House(
            slack=self._slack,
            stage=self._stage,
            channels=self._channels,
            people=self._people,
            workspace=self._workspace,
            signer=self._signer,
            health=health,
            catch_up=self._catch_up,
            places=places,
        )
        typed = Typed(scratch, self._slack.ticks)
        answers = Answers(self._slack, self._signer, typed)
        self._threads = threads = Threads(self._slack, self._signer, self._stage.incidents)
        self._ears = Ears(
            ticks=self._slack.ticks,
            signer=self._signer,
            answers=answers,
            typed=typed,
            wishes=Wishes(threads, answers, self._people, self._signer),
            homes=self._homes,
            house=self._house,
            urgency=self._stage.urgency,
            events=events,
        )

    @property
    def name(self) -> str:
        """How handles and places name this room."""
        return ROOM

    def doors(self, hear: Hear) -> Sequence[Door]:
        """Three signed ones where there is no app token; none in Socket Mode."""
        if self._app_token is not None or self._signing_secret is None:
            return ()

        async def take(kind: str, payload: Mapping[str, Any], envelope: str) -> Mapping[str, Any] | None:
            return await self._ears.take(kind, payload, envelope, hear)

        return Doors(self._signing_secret, self._clock, take).all()

    async def attend(self, hear: Hear) -> None:
        """Until cancelled: listen, look after our token, and catch up on what was said while nobody listened."""
        watch = Watch(
            slack=self._slack,
            house=self._house,
            introduction=self._introduction,
            ears=self._ears,
            catching_up=CatchingUp(self._slack, self._places, lambda: self._workspace.me, self._threads.learn),
            posts=self._stage.posts,
            clock=self._clock,
            hear=hear,
        )
        self._watch = watch
        try:
            if self._app_token is None:
                await together(watch.run(), watch.start())
            else:
                sockets = Sockets(self._slack, self._app_token, watch.take, watch.up, self._health)
                watch.connected = lambda: sockets.connected
                await together(watch.run(), sockets.run())
        finally:
            self._watch = None
            await self._ears.close()
            await self.close()

    async def close(self) -> None:
        """Let go of the connection. `attend` does so at its end."""
        self._stage.edits.close()
        await self._slack.close()

    async def open_thread(self, place: Place, card: Card, key: str) -> ThreadRef | Broken:
        """A card in its channel, or where that is not to be had in the team's next."""
        return await self._stage.open_thread(place, card, key)

    async def repaint(self, thread: ThreadRef, card: Card) -> ThreadRef | Broken:
        """The card as it is now. One that is gone, or not to be changed any more, comes back as another."""
        return await self._stage.repaint(thread, card)

    async def say(self, thread: ThreadRef, line: Line, key: str) -> LineRef | Broken:
        """One line under the card."""
        return await self._stage.say(thread, line, key)

    async def tell(self, to: Handle, note: Card, key: str) -> LineRef | Broken:
        """A direct message."""
        return await self._stage.tell(to, note, key)

    async def withdraw(self, ref: ThreadRef | LineRef) -> Gone | Broken:
        """It is no longer shown."""
        return await self._stage.withdraw(ref)

    async def who(self, handle: Handle) -> Member | Broken:
        """As Slack knows them this instant: whoever asks keeps their own copy, and a send must not rest on one."""
        found = await self._people.anew(handle.id)
        match found:
            case Refused(error="user_not_found" | "users_not_found" | "user_not_visible"):
                return Stranger(because="Nobody of that name is in this workspace.")
            case Refused() | Lost():
                return await self._stage.healer.broken(found, "")
            case _:
                return found

    async def check(self) -> Sequence[Finding]:
        """The token, its scopes, how it listens, and each place."""
        if found := mistaken(self._token, self._app_token):
            return found
        try:
            listening = await how(self._slack, self._app_token, self._signing_secret)
            return await check(self._slack, self._channels, self._places, SCOPES, listening)
        finally:
            if self._watch is None:
                await self._slack.close()

    async def _held(self) -> Fact | None:
        """The hold that stands, as every card says it."""
        try:
            return on_hold(await self._team(), await self._clock.now())
        except StoreAway:
            return None

    async def _catch_up(self) -> None:
        if self._watch is not None:
            await self._watch.catch_up()
