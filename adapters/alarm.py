"""The alarm outside the chat: a webhook, an e-mail. One attempt each, five seconds; whoever rings may ring again."""

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Final
from urllib.parse import unquote, urlsplit

import aiosmtplib
from aiohttp import ClientError, ClientSession, ClientTimeout
from pydantic import SecretStr

from bot.errors import WrongSettings
from bot.ports import Alarm, Clock, Finding

#: The whole of one attempt, in seconds.
DEADLINE: Final = 5.0


class WebhookAlarm:
    """POSTs `{"text", "incidents"}` as JSON, with the key as Idempotency-Key. 2xx: somebody took it."""

    def __init__(self, url: SecretStr, session: ClientSession) -> None:
        if urlsplit(url.get_secret_value()).scheme not in ("http", "https"):
            raise WrongSettings("[alarm] webhook must begin with https:// or http://.")
        self._url = url
        self._session = session

    async def ring(self, headline: str, lines: Sequence[str], key: str) -> bool:
        """True once the other side said 2xx. A redirect is not followed."""
        try:
            async with self._session.post(
                self._url.get_secret_value(),
                json={"text": headline, "incidents": list(lines)},
                headers={"Idempotency-Key": key},
                timeout=ClientTimeout(total=DEADLINE, ceil_threshold=60),
                allow_redirects=False,
            ) as response:
                return 200 <= response.status < 300
        except (ClientError, TimeoutError, ValueError):
            return False

    async def check(self) -> Sequence[Finding]:
        """That it is set; it is not rung to find out."""
        return (Finding(ok=True, what="alarm: a webhook is set"),)


class MailAlarm:
    """Sends a plain e-mail to `to`. `smtp`: `smtp://user:password@host:587`, or `smtps://` for TLS from the start.

    With `smtp://` TLS is begun where the server offers it; with a password it must, for it would be read otherwise.
    """

    def __init__(self, to: str, smtp: SecretStr, clock: Clock) -> None:
        parts = urlsplit(smtp.get_secret_value())
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            raise WrongSettings("[alarm] smtp must look like smtp://host:587 or smtps://user:password@host.")
        if "@" not in to or any(c in to for c in "\r\n"):
            raise WrongSettings("[alarm] email must be an e-mail address.")
        self._to = to
        self._host = parts.hostname
        self._tls = parts.scheme == "smtps"
        self._port = parts.port or (465 if self._tls else 587)
        self._user = unquote(parts.username) if parts.username else None
        self._password = SecretStr(unquote(parts.password)) if parts.password else None
        self._clock = clock

    async def ring(self, headline: str, lines: Sequence[str], key: str) -> bool:
        """True once the server took the letter."""
        letter = await self._letter(headline, lines, key)
        try:
            async with asyncio.timeout(DEADLINE):
                await self._send(letter)
        except (aiosmtplib.SMTPException, OSError, TimeoutError, ValueError):
            return False
        return True

    async def check(self) -> Sequence[Finding]:
        """Whether the server answers and accepts us; no letter is sent."""
        try:
            async with asyncio.timeout(DEADLINE), self._client():
                pass
        except (aiosmtplib.SMTPException, OSError, TimeoutError, ValueError) as error:
            what = f"alarm: the mail server did not let us in ({type(error).__name__})"
            return (Finding(ok=False, what=what, fix="See smtp under [alarm]."),)
        return (Finding(ok=True, what="alarm: the mail server lets us in"),)

    async def _send(self, letter: EmailMessage) -> None:
        async with self._client() as server:
            await server.send_message(letter)

    def _client(self) -> aiosmtplib.SMTP:
        password = self._password.get_secret_value() if self._password is not None else None
        return aiosmtplib.SMTP(
            hostname=self._host,
            port=self._port,
            username=self._user,
            password=password,
            use_tls=self._tls,
            start_tls=None if self._tls or password is None else True,
            timeout=DEADLINE,
        )

    async def _letter(self, headline: str, lines: Sequence[str], key: str) -> EmailMessage:
        letter = EmailMessage()
        letter["Subject"] = " ".join(headline.split())[:200]
        letter["From"] = self._to
        letter["To"] = self._to
        letter["Date"] = format_datetime((await self._clock.now()).wall)
        letter["Message-ID"] = f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@coolhead>"
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content("\n".join([headline, "", *lines]) + "\n")
        return letter


class Alarms:
    """Several alarms as one: all ring together, and one that was heard is enough."""

    def __init__(self, alarms: Sequence[Alarm]) -> None:
        self._alarms = tuple(alarms)

    async def ring(self, headline: str, lines: Sequence[str], key: str) -> bool:
        """True once any of them was heard. Without any: False."""
        return any(await asyncio.gather(*(each.ring(headline, lines, key) for each in self._alarms)))

    async def check(self) -> Sequence[Finding]:
        """What each of them finds; none set is said, and is no fault."""
        if not self._alarms:
            return (Finding(ok=True, what="alarm: none is set outside the chat"),)
        found = await asyncio.gather(*(each.check() for each in self._alarms))
        return [finding for each in found for finding in each]


def open_alarm(table: Mapping[str, SecretStr], session: ClientSession, clock: Clock) -> Alarms:
    """The alarm of the settings' `[alarm]`: `webhook`, and `email` with `smtp`, each where it is set."""
    alarms: list[Alarm] = []
    if "webhook" in table:
        alarms.append(WebhookAlarm(table["webhook"], session))
    if "email" in table and "smtp" in table:
        alarms.append(MailAlarm(table["email"].get_secret_value(), table["smtp"], clock))
    return Alarms(alarms)
