"""What is asked in words or by a mark: our name called in a thread, a reaction, a message handed over."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Final

from adapters.rooms.slack import commands
from adapters.rooms.slack.answers import Answers
from adapters.rooms.slack.card import now as paint_now
from adapters.rooms.slack.heard import Brought, Called, Do, Marked, Spot
from adapters.rooms.slack.people import People
from adapters.rooms.slack.pressing import Signer
from adapters.rooms.slack.reading import asking, key, noted
from adapters.rooms.slack.refs import At
from adapters.rooms.slack.saying import STALE
from adapters.rooms.slack.threads import Threads
from bot.nouns.team import Refusal
from bot.ports import Member
from bot.screens.shapes import Answer, Card, Done, Form, Gesture, Page

#: Somebody's id where Slack's markup named them; so many are looked up in one text.
_PERSON: Final = re.compile(r"@([UW][A-Z0-9]{4,})\b")
_NAMED: Final = 10
Hear = Callable[[Gesture], Awaitable[Answer]]


class Wishes:
    """Each is handed to the desk by `hear` and answered for whoever asked."""

    def __init__(self, threads: Threads, answers: Answers, people: People, signer: Signer) -> None:
        self._threads = threads
        self._answers = answers
        self._people = people
        self._signer = signer

    async def called(self, called: Called, hear: Hear, *, late: bool = False) -> None:
        """Our name and some words. Its id is the message's own, so that it is the same when it is read in the history.

        `late`: it was read there, at every start again; then only a no is said. What was done stands in the thread.
        """
        spot, id_ = called.spot, key(called.spot, "m", called.spot.channel, called.spot.message)
        wish = commands.wished(called.words)
        incident = await self._threads.incident(spot.channel, spot.thread)
        if wish is not None and wish.note and incident:
            noting = noted(spot, id_, incident, await self._worded(wish.note, spot.who.id, spot))
            await self._shown(await hear(noting), Do(noting, spot), late)
            return
        card = await self._card(spot, incident, hear)
        if isinstance(card, Refusal):
            await self._answers.said(card, spot)
            return
        choice = commands.granted(wish, card) if wish is not None and card is not None and not wish.note else None
        if card is None or choice is None:
            if not late:
                await self._answers.whisper(commands.helped(self._signer, card), spot)
        elif choice.form:
            await self._answers.whisper(commands.offered(choice, card, self._signer), spot)
        else:
            do = commands.pressed(choice, card, spot, id_)
            await self._shown(await hear(do.gesture), do, late)

    async def _shown(self, answer: Answer, do: Do, late: bool) -> None:
        if not (late and isinstance(answer, Done)):
            await self._answers.show(answer, do)

    async def stale(self, spot: Spot, hear: Hear) -> None:
        """A press that is none of ours, or no longer: said so, with the card as it is now where it is an incident's."""
        card = await self._card(spot, await self._threads.incident(spot.channel, spot.thread or spot.message), hear)
        if isinstance(card, Card):
            await self._answers.whisper(paint_now(card, STALE.because, self._signer), spot)
        else:
            await self._answers.said(STALE, spot)

    async def marked(self, marked: Marked, hear: Hear) -> None:
        """A reaction on a line under an incident: said only where it could not be noted."""
        spot = marked.spot
        line = await self._threads.line(At(spot.channel, spot.message))
        incident = await self._threads.incident(spot.channel, line.thread) if line is not None else ""
        if line is None or not incident or not line.text.strip():
            return
        there = replace(spot, thread=line.thread)
        id_ = key(spot, "r", spot.channel, spot.message)
        words = await self._worded(line.text, line.author, spot)
        answer = await hear(noted(spot, id_, incident, words, marked=True))
        if isinstance(answer, Refusal):
            await self._answers.said(answer, there)

    async def brought(self, brought: Brought, hear: Hear) -> None:
        """A message handed over: a note where its thread is an incident's, else the form that brings it in."""
        spot = brought.spot
        incident = await self._threads.incident(spot.channel, spot.thread)
        if incident:
            noting = noted(spot, brought.key, incident, await self._worded(brought.text, brought.author, spot))
            await self._answers.show(await hear(noting), Do(noting, replace(spot, trigger="")))
            return
        do = asking(spot, brought.key, "bring")
        answer = await hear(do.gesture)
        if isinstance(answer, Form):
            author = brought.name or await self._name(brought.author)
            known = {
                "words": await self._worded(brought.text, "", spot),
                "url": brought.url,
                "author": author,
                "platform": "slack",
            }
            answer = replace(answer, filled={**answer.filled, **known})
        await self._answers.show(answer, do, brought=True)

    async def _card(self, spot: Spot, incident: str, hear: Hear) -> Card | Refusal | None:
        """The card as it is now for whoever asks."""
        if not incident:
            return None
        answer = await hear(
            asking(spot, key(spot, "m", spot.channel, spot.message, "card"), "incident", incident).gesture
        )
        match answer:
            case Page(card=card):
                return card
            case Refusal():
                return answer
            case _:
                return None

    async def _worded(self, text: str, author: str, spot: Spot) -> str:
        """Words as the team reads them: people by their names, and whose they are where somebody else hands them over."""
        ids = tuple(dict.fromkeys(_PERSON.findall(text)))[:_NAMED]
        named = dict(zip(ids, await asyncio.gather(*map(self._name, ids)), strict=True))
        told = _PERSON.sub(lambda found: f"@{named.get(found[1]) or found[1]}", text)
        name = await self._name(author) if author != spot.who.id else ""
        return f"{name}: {told}" if name else told

    async def _name(self, author: str) -> str:
        found = await self._people.who(author) if author else None
        return found.name if isinstance(found, Member) else ""
