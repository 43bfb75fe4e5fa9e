"""What is shown in Slack: cards, lines and notes, posted once, edited in place, mended where somebody took them away."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from adapters.connections.slack import PATIENCE, Slack
from adapters.connections.slack_answers import CHANNEL, MESSAGE_GONE, PERSON, THREAD, Answered, Refused
from adapters.connections.slack_budget import Rank
from adapters.rooms.slack.card import card as paint_card
from adapters.rooms.slack.card import went_on
from adapters.rooms.slack.channels import Channels
from adapters.rooms.slack.cures import Cure, cure
from adapters.rooms.slack.healing import Healer, Paint, Troubles, plain
from adapters.rooms.slack.kept import Kept
from adapters.rooms.slack.line import line as paint_line
from adapters.rooms.slack.message import Message
from adapters.rooms.slack.note import note as paint_note
from adapters.rooms.slack.painting import Edits
from adapters.rooms.slack.pressing import Signer
from adapters.rooms.slack.reconcile import Posts, painted
from adapters.rooms.slack.refs import ROOM, At, Workspace, at
from adapters.rooms.slack.urgency import Urgency, line_rank
from bot.nouns.team import Handle, Place
from bot.ports import Broken, Clock, Gone, LineRef, ThreadRef
from bot.screens.shapes import Card, Line

#: So many threads are remembered with their incident.
_MOST: Final = 20_000
_TAKEN_AWAY: Final = Message("This was taken away.", ())


class Stage:
    """The outgoing half of the port Room."""

    def __init__(
        self,
        *,
        slack: Slack,
        signer: Signer,
        secret: bytes,
        clock: Clock,
        channels: Channels,
        places: Callable[[], Awaitable[Sequence[Place]]],
        health: Troubles,
        workspace: Workspace,
    ) -> None:
        self._slack = slack
        self._signer = signer
        self._channels = channels
        self._workspace = workspace
        self.posts = Posts(slack, secret)
        self.edits = Edits(slack)
        self.healer = Healer(self.posts, slack.ticks, clock, places, health)
        self.urgency = Urgency(slack.ticks)
        self.incidents: Kept[At, str] = Kept(_MOST)
        self._moved: Kept[At, At] = Kept(_MOST)
        self._before: Kept[At, At] = Kept(_MOST)
        self._stuck: Kept[At, str] = Kept(1000)
        self._cards: Kept[At, Card] = Kept(1000)
        self._direct: Kept[str, str] = Kept(5000)

    async def open_thread(self, place: Place, card: Card, key: str) -> ThreadRef | Broken:
        """A card in its channel, or where that is not to be had in the team's next."""
        posted = await self.healer.post(place.id, self._painter(card), key, Rank.NEW)
        if isinstance(posted, Broken):
            return posted
        return await self._stands(ThreadRef(room=ROOM, place=place.id, id=posted.id), posted, card)

    async def repaint(self, thread: ThreadRef, card: Card) -> ThreadRef | Broken:
        """The card as it is now. One that is gone, or not to be changed any more, comes back as another."""
        where = self.now_at(at(thread.id))
        stuck = self._stuck.get(where) or await self.healer.is_out(where.channel)
        if stuck is not None:
            return await self._anew(thread, where, card, stuck)
        message = await self._painter(card, self._before.get(where))(where.channel)
        rank = await self.urgency.card(card)
        answer = await self.edits.paint(where, message, version=card.version, rank=rank, patience=PATIENCE)
        if isinstance(answer, Refused) and cure(answer.error) is Cure.PLAINER:
            answer = await self.edits.paint(where, plain(message), version=card.version, rank=rank, patience=PATIENCE)
        match answer:
            case Answered():
                self._cards.put(where, card)
                self.incidents.put(where, card.incident)
                return thread.model_copy(update={"id": where.id})
            case Refused(error=error) if cure(error) in (Cure.ANEW, Cure.ELSEWHERE):
                return await self._anew(thread, where, card, error)
            case _:
                return await self.healer.broken(answer, where.channel)

    async def say(self, thread: ThreadRef, line: Line, key: str) -> LineRef | Broken:
        """One line under the card. A thread that takes no more lines gets a new card at the next painting."""
        where = self.now_at(at(thread.id))
        message = paint_line(line, minimal=await self._channels.others_read(where.channel))
        said = await self.posts.post(where.channel, message, key, thread=where.ts, rank=line_rank(line))
        if isinstance(said, Refused) and cure(said.error) is Cure.PLAINER:
            said = await self.posts.post(where.channel, plain(message), key, thread=where.ts, rank=line_rank(line))
        if isinstance(said, At):
            return LineRef(room=ROOM, place=thread.place, id=said.id)
        if isinstance(said, Refused) and (said.error in THREAD or said.error in CHANNEL):
            self._stuck.put(where, said.error)
        return await self.healer.broken(said, where.channel)

    async def tell(self, to: Handle, note: Card, key: str) -> LineRef | Broken:
        """A direct message."""
        channel = await self._opened(to.id)
        if isinstance(channel, Broken):
            return channel
        message = paint_note(note, self._signer)
        told = await self.posts.post(channel, message, key, rank=Rank.SEND)
        if isinstance(told, Refused) and cure(told.error) is Cure.PLAINER:
            told = await self.posts.post(channel, plain(message), key, rank=Rank.SEND)
        if isinstance(told, At):
            self.incidents.put(told, note.incident)
            return LineRef(room=ROOM, place=to.id, id=told.id)
        self._direct.drop(to.id)
        return await self.healer.broken(told, "")

    async def withdraw(self, ref: ThreadRef | LineRef) -> Gone | Broken:
        """It is no longer shown. What Slack will not let us delete is emptied."""
        where = self.now_at(at(ref.id))
        self._cards.drop(where)  # Slack tells of this deletion too, and it is none to mend
        args = {"channel": where.channel, "ts": where.ts}
        answer = await self._slack.call("chat.delete", args, rank=Rank.SEND)
        if isinstance(answer, Refused) and cure(answer.error) is Cure.MEND and not self._slack.dead:
            answer = await self._slack.call("chat.update", {**args, **painted(_TAKEN_AWAY)}, rank=Rank.SEND)
        if isinstance(answer, Answered) or (
            isinstance(answer, Refused) and (answer.error in MESSAGE_GONE or answer.error in CHANNEL)
        ):
            self.gone(where)
            return Gone()
        return await self.healer.broken(answer, where.channel)

    def now_at(self, where: At) -> At:
        """Where the card that stood there stands now."""
        while (moved := self._moved.get(where)) is not None:
            where = moved
        return where

    def gone(self, where: At) -> None:
        """That message is there no more."""
        self._cards.drop(where)
        self.posts.forget(where)
        self.edits.forget(where)

    async def deleted(self, where: At) -> None:
        """Somebody deleted it: a card of ours comes back at once."""
        card = self._cards.get(where)
        self.gone(where)
        if card is not None and where not in self._moved:
            await self._anew(ThreadRef(room=ROOM, place=where.channel, id=where.id), where, card, "message_not_found")

    async def _anew(self, thread: ThreadRef, where: At, card: Card, error: str) -> ThreadRef | Broken:
        posted = await self.healer.repaint(where, self._painter(card, where), error)
        if isinstance(posted, Broken):
            return posted
        self._stuck.drop(where)
        self._moved.put(where, posted)
        self._before.put(posted, where)
        if error in THREAD and (later := self._workspace.link(posted)):
            args = {"channel": where.channel, "ts": where.ts, **painted(went_on(later))}
            await self._slack.call("chat.update", args, rank=Rank.SEND)
        return await self._stands(thread.model_copy(update={"id": posted.id}), posted, card)

    async def _stands(self, thread: ThreadRef, where: At, card: Card) -> ThreadRef | Broken:
        """Just posted it shows this card. One that stood there already may show an older state."""
        if where in self.incidents or self.posts.found(where):
            return await self.repaint(thread, card)
        message = await self._painter(card, self._before.get(where))(where.channel)
        self.edits.posted(where, message, card.version)
        self.incidents.put(where, card.incident)
        self._cards.put(where, card)
        return thread

    def _painter(self, card: Card, before: At | None = None) -> Paint:
        """`before`: where an earlier card of it stands, or stood; its thread is led to."""

        async def paint(channel: str) -> Message:
            minimal = await self._channels.others_read(channel)
            return paint_card(card, self._signer, minimal=minimal, before=self._workspace.link(before))

        return paint

    async def _opened(self, person: str) -> str | Broken:
        """The channel of direct messages with that person."""
        known = self._direct.get(person)
        if known is not None:
            return known
        answer = await self._slack.call("conversations.open", {"users": person}, rank=Rank.SEND)
        if isinstance(answer, Answered):
            return self._direct.put(person, str((answer.body.get("channel") or {}).get("id", "")))
        if isinstance(answer, Refused) and answer.error in PERSON:
            return Broken(because="Slack does not let us write to that person.")
        return await self.healer.broken(answer, "")
