"""Sending to Slack as the bot, where a team switched that on: one attempt, marked so that it can be found again."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from adapters.connections.slack_answers import LIMITED, TOKEN, Answer, Answered, Refused
from adapters.connections.slack_budget import Rank
from adapters.connections.slack_markup import escaped
from adapters.platforms.community_attempts import send
from adapters.platforms.community_network import Gone
from adapters.platforms.community_post import Post, key
from adapters.platforms.community_slack_look import EVENT, mark
from adapters.platforms.community_slack_parse import NAME, link, pair
from adapters.platforms.community_slack_wire import SlackWire
from bot.nouns.delivery import Cleared, Delivery, NotSent, Posted, Unknown
from bot.nouns.mention import MentionKey
from bot.nouns.time import Now

_NO_ID: Final = NotSent(because="That is no message of Slack's.")
_PATIENCE: Final = 5.0
_BY_HAND: Final = "It was posted by a person, so only they can change it."
_SHUT: Final = "Our app may not write in that channel."

#: Errors of chat.postMessage, chat.update and chat.delete that are a definite no, and what each means. Slack's own
#: sentences (docs.slack.dev/reference/methods) follow in the comment.
REFUSED: Final[Mapping[str, str]] = {
    "cannot_dm_bot": "That is a program; it takes no direct messages.",  # Cannot send a direct message to a bot.
    "cant_delete_message": _BY_HAND,  # Authenticated user does not have permission to delete this message.
    "cant_update_message": _BY_HAND,  # Authenticated user does not have permission to update this message.
    "channel_not_found": "The channel is no longer there for us.",  # Value passed for channel was invalid.
    "edit_window_closed": "Slack no longer lets it be changed.",  # can't be edited due to workspace settings.
    "is_archived": "The channel is archived.",  # Channel has been archived.
    "message_not_found": "Our message is no longer there.",  # No message exists with the requested timestamp.
    "missing_scope": "Our app was not given the permission to write. Install it again.",  # lacks a required scope
    "msg_too_long": "It is too long for Slack.",  # Message text is too long.
    "no_permission": _SHUT,  # The workspace token used does not have the permissions necessary.
    "no_text": "Slack takes no empty message.",  # No message text provided.
    "not_in_channel": "Our app is not in that channel any more. Invite it again.",  # not in the channel
    "restricted_action": _SHUT,  # A workspace preference prevents the user from posting.
    "restricted_action_read_only_channel": _SHUT,  # Cannot post any message into a read-only channel.
    "restricted_action_thread_locked": "The thread is locked.",  # Cannot post replies to a locked thread.
    "restricted_action_thread_only_channel": _SHUT,  # Cannot post top-level messages into a thread-only channel.
    "user_not_found": "They are no longer there.",  # Value(s) passed for users was invalid.
    "users_not_found": "They are no longer there.",  # Value passed for users was empty or invalid.
}  # fmt: skip


class SlackSend:
    """`send` is one attempt; the SDK's own retries are off."""

    def __init__(self, wire: SlackWire) -> None:
        self._wire = wire

    async def send(self, cleared: Cleared, now: Now) -> Delivery:
        """One attempt."""
        if not await self._wire.introduce():
            return NotSent(because="Slack does not answer, so nothing was sent.")
        return await send(self, cleared, now)

    async def reply(self, cleared: Cleared, about: MentionKey, text: str, now: Now) -> Delivery:
        """In the thread."""
        at = pair(about.id)
        if at is None:
            return _NO_ID
        found = await self._wire.fetch(*at)
        if isinstance(found, Gone):
            return NotSent(because="The message we wanted to answer is no longer there.")
        if not isinstance(found, Post):
            return NotSent(because=f"It was not sent: {found.because}")
        return await self._post(at[0], text, cleared.attempt_key, now, found.thread)

    async def private(self, cleared: Cleared, text: str, now: Now) -> Delivery:
        """A direct message."""
        person = cleared.about.author.id if cleared.about is not None else ""
        if not person:
            return NotSent(because="We do not know who wrote it, so nobody can be written to.")
        opened = await self._wire.slack.call(
            "conversations.open", {"users": person}, rank=Rank.SEND, patience=_PATIENCE
        )
        if not isinstance(opened, Answered):
            refused = verdict(opened, None, now)
            return refused if isinstance(refused, NotSent) else NotSent(because="Slack opened no direct message.")
        told = opened.body.get("channel")
        channel = str(told.get("id", "")) if isinstance(told, Mapping) else ""
        return await self._post(channel, text, cleared.attempt_key, now, "")

    async def _post(self, channel: str, text: str, attempt: str, now: Now, thread: str) -> Delivery:
        args = {
            "channel": channel,
            "thread_ts": thread or None,
            "text": escaped(text),
            "mrkdwn": False,
            "link_names": False,
            "unfurl_links": False,
            "unfurl_media": False,
            "metadata": {"event_type": EVENT, "event_payload": {"key": mark(attempt)}},
        }
        answer = await self._call("chat.postMessage", args, channel)
        if not isinstance(answer, Answered):
            return verdict(answer, None, now)
        ts = str(answer.body.get("ts", ""))
        where = str(answer.body.get("channel") or channel)
        return Posted(key=key(NAME, where, ts), url=link(self._wire.base, where, ts, thread))

    async def change(self, ours: MentionKey, text: str, now: Now) -> Delivery:
        """A message of ours: other words, or none."""
        at = pair(ours.id)
        if at is None:
            return _NO_ID
        channel, ts = at
        if text:
            answer = await self._call("chat.update", {"channel": channel, "ts": ts, "text": escaped(text)}, channel)
        else:
            answer = await self._call("chat.delete", {"channel": channel, "ts": ts}, channel)
        if not text and isinstance(answer, Refused) and answer.error == "message_not_found":
            return Unknown(because="It is no longer there; nobody can tell who took it away.")
        return verdict(answer, Posted(key=ours, url=link(self._wire.base, channel, ts)), now)

    async def _call(self, method: str, args: Mapping[str, Any], channel: str) -> Answer:
        return await self._wire.slack.call(method, args, channel=channel, rank=Rank.SEND, patience=_PATIENCE, tries=1)


def verdict(answer: Answer, done: Posted | None, now: Now) -> Delivery:
    """What an answer means. A definite no: the errors of `REFUSED`, a token that is no good, and "slow down", which Slack
    says before it does anything. What is not listed, and what was lost, is Unknown."""
    match answer:
        case Answered() if done is not None:
            return done
        case Refused(error=error, wait=wait) if error in LIMITED:
            return NotSent(because="Slack asks us to slow down.", until=now.wall + timedelta(seconds=wait or 30.0))
        case Refused(error=error) if error in TOKEN:
            return NotSent(because="Slack does not accept our token. Somebody must install the app again.")
        case Refused(error=error) if error in REFUSED:
            return NotSent(because=REFUSED[error])
        case _:
            return Unknown(because="Slack did not say whether it went out.")
