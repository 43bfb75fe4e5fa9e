"""What a blob holds once it is open: JSON with a salt and either a plain text or a whole piece of news.

{"salt": …, "text": …}        words of ours, a contact, a name
{"salt": …, "news": {…}}      a mention as it came; its text is found in there, so it is stored only once
"""

import json
import os
from typing import NamedTuple

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

from bot.errors import Tampered
from bot.nouns.base import Noun
from bot.nouns.mention import About, AnsweredByUs, Edited, Mention, News, Said
from bot.nouns.words import seal
from bot.ports import Opened

_SALT = 16
_NEWS: TypeAdapter[News] = TypeAdapter(News)
Spoken = Said | Edited | AnsweredByUs


class _Holds(Noun):
    news: News


class Plain(NamedTuple):
    """A text before it is locked: its seal, and the bytes to lock."""

    seal: str
    body: bytes


def plain_text(text: str) -> Plain:
    """A text of no mention."""
    salt = os.urandom(_SALT).hex()
    return Plain(seal(salt, text), json.dumps({"salt": salt, "text": text}, separators=(",", ":")).encode())


def plain_news(news: Spoken) -> Plain:
    """News with words in it."""
    salt = os.urandom(_SALT).hex()
    text = news.words if isinstance(news, AnsweredByUs) else news.mention.text
    return Plain(seal(salt, text), b'{"salt":"%b","news":%b}' % (salt.encode(), _whole(news)))


def dump(noun: BaseModel) -> bytes:
    """As JSON. Lone surrogates, which have no UTF-8, are written as escapes."""
    try:
        return noun.__pydantic_serializer__.to_json(noun)  # model_dump_json would decode it first
    except PydanticSerializationError:
        return json.dumps(noun.model_dump(mode="python"), default=_plainly, separators=(",", ":")).encode()


def _whole(news: Spoken) -> bytes:
    """News as JSON; without its payload where that has no JSON (a nesting without end, say)."""
    try:
        return dump(news)
    except (ValueError, TypeError, RecursionError):
        if isinstance(news, AnsweredByUs):
            raise
        return dump(news.model_copy(update={"mention": news.mention.model_copy(update={"raw": None})}))


def load_news(body: bytes) -> News:
    """The news that `dump` wrote."""
    return _NEWS.validate_python(json.loads(body))


def about(mention: Mention) -> About:
    """A mention's personal fields."""
    return About(author=mention.author, url=mention.url, visibility=mention.visibility)


def opened(body: bytes) -> Opened:
    """What a view is filled with."""
    match json.loads(body):
        case {"salt": str(salt), "text": str(text)}:
            return Opened(text=text, salt=salt)
        case {"salt": str(salt), "news": {"news": "answered_by_us", "words": str(text)}}:
            return Opened(text=text, salt=salt)
        case {"salt": str(salt), "news": {"mention": dict(mention)}}:
            spoken = Mention.model_validate(mention)
            return Opened(text=spoken.text, salt=salt, about=about(spoken), raw=spoken.raw)
        case _:
            raise Tampered("A text in the vault has a form we do not know.")


def news_in(body: bytes) -> News:
    """The news a blob was made of."""
    try:
        return _Holds.model_validate_json(body).news
    except ValidationError:  # what has no UTF-8 is read by hand, and what is no news refused
        pass
    match json.loads(body):
        case {"news": dict(news)}:
            return _NEWS.validate_python(news)
        case _:
            raise Tampered("A text in the vault has a form we do not know.")


def mention_in(body: bytes) -> Mention | None:
    """The mention a blob was made of; None where it is about none."""
    match json.loads(body):
        case {"news": {"mention": dict(mention)}}:
            return Mention.model_validate(mention)
        case _:
            return None


def _plainly(value: object) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
