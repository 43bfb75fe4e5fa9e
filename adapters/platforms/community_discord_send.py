"""Sending to Discord as the bot, where a team switched that on: one create with a nonce, and what each answer means."""

from datetime import timedelta

import discord

from adapters.connections.discord_calls import Problem, nonce
from adapters.platforms.community_attempts import send
from adapters.platforms.community_discord_parse import NAME, Where, link, pair
from adapters.platforms.community_discord_wire import DiscordWire
from adapters.platforms.community_post import key
from bot.nouns.delivery import Cleared, Delivery, NotSent, Posted, Unknown
from bot.nouns.mention import MentionKey
from bot.nouns.time import Now

_NOBODY = discord.AllowedMentions.none()
_NO_ID = NotSent(because="That is no message of Discord's.")

#: Codes that are a definite no, given before anything is written (topics/opcodes-and-status-codes), and what it means.
REFUSED = {
    10003: "The channel is no longer there.",  # Unknown Channel
    10008: "The message is no longer there.",  # Unknown Message
    10013: "Discord knows nobody of that id.",  # Unknown User
    50001: "Discord does not let our bot into that channel.",  # Missing Access
    50005: "It was posted by a person, so only they can change it.",  # Cannot edit a message authored by another user
    50006: "Discord takes no empty message.",  # Cannot send an empty message
    50007: "They take no direct messages from us.",  # Cannot send messages to this user
    50008: "Nobody can write in that channel.",  # Cannot send messages in a non-text channel
    50013: "Our bot may not write in that channel.",  # You lack permissions to perform that action
    50035: "Discord did not accept it: the message it answers is gone, or the words are too long.",  # Invalid Form Body
    50083: "The thread is archived.",  # Thread is archived
    50278: "They share no server with our bot any more, so it cannot write to them.",  # no mutual guilds
    160005: "The thread is locked.",  # Thread is locked
    200000: "The server's own AutoMod did not let it through. Read its rules, or change the words.",  # Message was blocked
}  # fmt: skip
#: The same where time changes it. 20016: slowmode; 20028, 20029: "has hit the write rate limit"; 40062: rate limited.
SLOWER = frozenset({20016, 20028, 20029, 40062})


class DiscordSend:
    """`send` is one attempt. discord.py tries again by itself after 500, 502, 504 and 524; the nonce made from the
    attempt key keeps that from becoming a second message."""

    def __init__(self, wire: DiscordWire) -> None:
        self._wire = wire

    async def send(self, cleared: Cleared, now: Now) -> Delivery:
        """One attempt."""
        return await send(self, cleared, now)

    async def reply(self, cleared: Cleared, about: MentionKey, text: str, now: Now) -> Delivery:
        """Under the message it answers."""
        at = pair(about.id)
        if at is None:
            return _NO_ID
        channel, id = at
        where = await self._wire.where(str(channel)) or Where(str(channel))

        async def post(client: discord.Client) -> Posted:
            there = client.get_partial_messageable(channel)
            answered = discord.MessageReference(message_id=id, channel_id=channel, fail_if_not_exists=True)
            sent = await there.send(
                text,
                reference=answered,
                nonce=nonce(cleared.attempt_key),
                allowed_mentions=_NOBODY,
                suppress_embeds=True,
            )
            return Posted(key=key(NAME, str(channel), str(sent.id)), url=link(where, str(sent.id)))

        return verdict(*await self._wire.watched(post), now)

    async def private(self, cleared: Cleared, text: str, now: Now) -> Delivery:
        """A direct message."""
        person = cleared.about.author.id if cleared.about is not None else ""
        if not (person.isascii() and person.isdigit()):
            return NotSent(because="We do not know who wrote it, so nobody can be written to.")

        async def post(client: discord.Client) -> Posted:
            there = await client.create_dm(discord.Object(int(person)))
            sent = await there.send(
                text, nonce=nonce(cleared.attempt_key), allowed_mentions=_NOBODY, suppress_embeds=True
            )
            return Posted(key=key(NAME, str(there.id), str(sent.id)), url=sent.jump_url)

        return verdict(*await self._wire.watched(post), now)

    async def change(self, ours: MentionKey, text: str, now: Now) -> Delivery:
        """A message of ours: other words, or none."""
        at = pair(ours.id)
        if at is None:
            return _NO_ID
        where = await self._wire.where(str(at[0])) or Where(str(at[0]))

        async def change(client: discord.Client) -> Posted:
            message = client.get_partial_messageable(at[0]).get_partial_message(at[1])
            if text:
                await message.edit(content=text, allowed_mentions=_NOBODY)
            else:
                await message.delete()
            return Posted(key=ours, url=link(where, str(at[1])))

        told = await self._wire.ask(lambda client: client.http.get_message(*at))
        author = told.get("author", {}).get("id") if isinstance(told, dict) else None
        if author is not None and str(author) != self._wire.me:
            return NotSent(because=REFUSED[50005])
        found, twice = await self._wire.watched(change)
        if not text and isinstance(found, Problem) and found.code == 10008:
            return Unknown(because="It is no longer there; nobody can tell who took it away.")
        return verdict(found, twice, now)


def verdict(found: Posted | Problem, twice: bool, now: Now) -> Delivery:
    """What an answer means. A definite no: the codes of `REFUSED`, the waits of `SLOWER`, 401 (`Unauthorized`) and 429
    (`You are being rate limited`), each given before anything is written, and no connection at all. Everything else,
    and a no to a request that may have been made before, is Unknown."""
    if isinstance(found, Posted):
        return found
    if twice or found.doubtful:
        return Unknown(because="Discord did not say whether it went out.")
    if found.status == 0:
        return NotSent(because="Discord cannot be reached just now. Nothing went out.")
    if found.status == 401:
        return NotSent(because="Discord does not accept our token. Somebody must set a new one.")
    if found.status == 429 or found.code in SLOWER:
        until = now.wall + timedelta(seconds=found.wait or 10.0)
        return NotSent(because="Discord asks us to slow down.", until=until)
    if found.code in REFUSED and 400 <= found.status < 500:
        return NotSent(because=REFUSED[found.code])
    return Unknown(because=f"Discord answered {found.status} ({found.code}), which does not tell whether it went out.")
