"""Words on their way to Mastodon: the request they become, and what an answer to it means."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from adapters.platforms import counting
from adapters.platforms.mastodon_parse import NAME, names, status, visibility
from adapters.platforms.mastodon_wire import Got, Lost, resets
from bot.nouns.delivery import (
    Audience,
    Cleared,
    Delivery,
    NotSent,
    Posted,
    ToAccount,
    ToAuthor,
    ToMention,
    ToPost,
    Unknown,
)
from bot.nouns.mention import MentionKey

_STATUSES = "/api/v1/statuses"


@dataclass(frozen=True, slots=True)
class Room:
    """How long a post may be on this server, and what it counts for a link."""

    limit: int = 500
    link: int = counting.LINK

    def used(self, text: str) -> int:
        """`text` as this server counts it."""
        return counting.mastodon(text, self.link)


@dataclass(frozen=True, slots=True)
class Request:
    """What goes over the wire, once."""

    method: str
    path: str
    json: Mapping[str, Any] | None
    headers: Mapping[str, str]


def request(cleared: Cleared, room: Room, opening: str = "") -> Request | NotSent:
    """What sending `cleared` asks of the server, or why it is not even tried.

    `opening`: for a correction, the mentions our post begins with; they stay, or those people would be cut off.
    """
    text = cleared.words.text if isinstance(cleared.words.text, str) else None
    if text is None:
        return NotSent(because="The words are gone, so there is nothing to send.")
    match cleared.target:
        case ToPost(key=key) if not text:
            return Request("DELETE", f"{_STATUSES}/{key.id}", None, {})
        case ToPost(key=key):
            body = {"status": text if text.startswith("@") else f"{opening}{text}"}
            return _fits(Request("PUT", f"{_STATUSES}/{key.id}", body, {}), room)
        case ToAccount():
            return _fits(_post(cleared, {"status": text, "visibility": "public"}), room)
        case ToMention(key=key) | ToAuthor(key=key):
            return _answer(cleared, key, text, room)


def _answer(cleared: Cleared, key: MentionKey, text: str, room: Room) -> Request | NotSent:
    about = cleared.about
    if about is None or not about.author.handle:
        return NotSent(because="We no longer know whom to address.")
    private = cleared.audience is Audience.PRIVATE or isinstance(cleared.target, ToAuthor)
    if not private and not about.visibility:
        return NotSent(because="We do not know who could read the mention, and an answer must not reach more people.")
    handle = about.author.handle
    body = {
        "status": text if names(text, handle) else f"@{handle} {text}",
        "in_reply_to_id": key.id,
        "visibility": "direct" if private else visibility(about.visibility),
    }
    return _fits(_post(cleared, body), room)


def _post(cleared: Cleared, body: Mapping[str, Any]) -> Request:
    return Request("POST", _STATUSES, body, {"Idempotency-Key": cleared.attempt_key})


def _fits(asked: Request, room: Room) -> Request | NotSent:
    over = room.used(str((asked.json or {}).get("status", ""))) - room.limit
    return NotSent(because=f"It is {over} characters too long for this server.") if over > 0 else asked


def verdict(asked: Request, got: Got | Lost, now: datetime) -> Delivery:
    """What an answer means. A definite no is one of these, each given before anything is written; all else is Unknown:

    - 401 `The access token is invalid` (docs.joinmastodon.org, methods/statuses, "401: Unauthorized")
    - 403 `This action is not allowed`, `This action is outside the authorized scopes` (mastodon/mastodon,
      api/error_handling.rb and doorkeeper: both run before the action)
    - 404 `The post you are trying to reply to does not appear to exist.` for a reply (statuses_controller.rb, set_thread)
      and `Record not found` for an edit; for a withdrawal a 404 may mean that it worked before, so we look
    - 422 `Validation failed: …` (docs, "422: Unprocessable entity"; the record was not saved). Another 422, such as
      `Duplicate record`, is Unknown
    - 429 `Too many requests` (rack_attack.rb answers before the application does)
    """
    if isinstance(got, Lost):
        return Unknown(because=got.because)
    match got.status:
        case 200 | 202:
            return _posted(got)
        case 401 if got.error:
            return NotSent(because="Mastodon no longer accepts our token. Somebody must make a new one.")
        case 403 if got.error:
            return NotSent(because=f"Mastodon does not allow it: {_quote(got.error)}")
        case 404 if got.error and asked.method == "POST":
            return NotSent(because="The post we wanted to answer is no longer there.")
        case 404 if got.error and asked.method == "PUT":
            return NotSent(because="Our post is no longer there.")
        case 422 if got.error.startswith("Validation failed"):
            return NotSent(because=f"Mastodon did not accept it: {_quote(got.error)}")
        case 429 if got.error:
            return NotSent(because="Mastodon asks us to slow down.", until=resets(got.headers, now))
        case _:
            return Unknown(because=f"Mastodon answered {got.status}, which does not tell whether it went out.")


def _posted(got: Got) -> Delivery:
    post = status(got.body)
    if post is None:
        return Unknown(because="Mastodon said yes, but its answer could not be read.")
    return Posted(key=MentionKey(platform=NAME, id=post.id), url=post.link)


def _quote(said: str) -> str:
    return " ".join(said.split())[:200]
