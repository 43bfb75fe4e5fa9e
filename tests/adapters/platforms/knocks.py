"""Requests as a door sees them."""

import base64
import hashlib
import hmac
import json
from datetime import datetime
from typing import Any

from pydantic import SecretStr

from adapters.platforms.inbox import Inbox
from bot.nouns.mention import Hear
from bot.ports import Clock, Knock

TOKEN = "a-token"
KEY = b"0123456789abcdef0123456789abcdef"
WHSEC = "whsec_" + base64.b64encode(KEY).decode()


def inbox(clock: Clock, **limits: float) -> Inbox:
    """An inbox with a source `local` that bears a token and a source `signed` that signs."""
    return Inbox({"local": SecretStr(TOKEN), "signed": SecretStr(WHSEC)}, clock, **limits)


def knock(body: bytes, source: str = "local", **headers: str) -> Knock:
    """A POST with a good token, unless `authorization` says otherwise."""
    given = {"authorization": f"Bearer {TOKEN}", "content-type": "application/json"}
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    return Knock("POST", f"/hooks/inbox/{source}", {"source": source}, {}, given, body)


def signed(body: bytes, at: datetime, *, name: str = "msg_1", key: bytes = KEY, source: str = "signed") -> Knock:
    """A POST with a Standard Webhooks signature."""
    stamp = str(int(at.timestamp()))
    mac = hmac.new(key, f"{name}.{stamp}.".encode() + body, hashlib.sha256).digest()
    headers = {
        "content-type": "application/json",
        "webhook-id": name,
        "webhook-timestamp": stamp,
        "webhook-signature": f"v1,{base64.b64encode(mac).decode()}",
    }
    return Knock("POST", f"/hooks/inbox/{source}", {"source": source}, {}, headers, body)


async def give(door: Inbox, hear: Hear, asked: Knock) -> tuple[int, dict[str, Any], dict[str, str]]:
    """Knock; status, decoded body and headers of the answer."""
    status, headers, body = await door.doors(hear)[0].open(asked)
    assert isinstance(body, bytes)
    return status, json.loads(body), dict(headers)
