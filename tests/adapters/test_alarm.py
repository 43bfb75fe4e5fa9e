"""The alarm outside the chat: a webhook and a mail server that are really there, or really not."""

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest
from aiohttp import ClientSession, web
from pydantic import SecretStr

from adapters.alarm import Alarms, MailAlarm, WebhookAlarm, open_alarm
from bot.errors import WrongSettings
from bot.ports import Alarm, Finding
from tests.fakes.clock import FakeClock

HEADLINE = "2 critical incidents wait for somebody"
LINES = ["i1: A safety report", "i2: A data leak\r\n.\r\nQUIT"]


@asynccontextmanager
async def hook(status: int, rung: list[tuple[object, str]]) -> AsyncIterator[str]:
    """A webhook that answers `status` and remembers what it was told."""

    async def answer(request: web.Request) -> web.Response:
        rung.append((await request.json(), request.headers["Idempotency-Key"]))
        return web.Response(status=status, headers={"Location": "/elsewhere"})

    app = web.Application()
    app.router.add_post("/{path:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/secret"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def post_office(letters: list[str], *, takes: bool = True) -> AsyncIterator[str]:
    """A mail server; one that does not take letters says 554."""
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: StreamReader, writer: StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        writer.write(b"220 here\r\n")
        while line := (await reader.readline()).decode():
            match line[:4].upper():
                case "DATA":
                    writer.write(b"354 go on\r\n")
                    letter = (await reader.readuntil(b"\r\n.\r\n")).decode()
                    if takes:
                        letters.append(letter)
                    writer.write(b"250 taken\r\n" if takes else b"554 no\r\n")
                case "QUIT":
                    writer.write(b"221 bye\r\n")
                    break
                case _:
                    writer.write(b"250 well\r\n")
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"smtp://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        await asyncio.gather(*tasks)


@pytest.mark.parametrize(("status", "taken"), [(200, True), (204, True), (302, False), (404, False), (500, False)])
async def test_a_webhook_was_heard_or_not(status: int, taken: bool) -> None:
    """2xx is heard, everything else is not, and a redirect is not followed."""
    rung: list[tuple[object, str]] = []
    async with ClientSession() as session, hook(status, rung) as url:
        assert await WebhookAlarm(SecretStr(url), session).ring(HEADLINE, LINES, "k1") is taken
    assert rung == [({"text": HEADLINE, "incidents": LINES}, "k1")]


async def test_a_webhook_that_is_away_was_not_heard() -> None:
    """An error is a calm no."""
    async with ClientSession() as session:
        assert not await WebhookAlarm(SecretStr("http://127.0.0.1:9/x"), session).ring(HEADLINE, LINES, "k1")


async def test_a_letter_arrives() -> None:
    """It says the headline and the incidents; nothing in them can end it early or add a header."""
    letters: list[str] = []
    async with post_office(letters) as smtp:
        alarm = MailAlarm("team@shop.example", SecretStr(smtp), FakeClock())
        assert await alarm.ring(HEADLINE + "\r\nBcc: all@shop.example", LINES, "k1")
        assert [each.ok for each in await alarm.check()] == [True]
    (letter,) = letters
    head, _, body = letter.partition("\r\n\r\n")
    assert "Subject: 2 critical incidents wait for somebody Bcc: all@shop.example" in head
    assert "\r\nBcc:" not in head
    assert "Date: Mon, 02 Mar 2026 09:00:00 +0000" in head
    assert "i1: A safety report" in body
    assert "QUIT" in body


async def test_a_letter_that_is_not_taken_was_not_heard() -> None:
    """A server that refuses, one that is away, and one without TLS where a password would be shown."""
    async with post_office([], takes=False) as smtp:
        assert not await MailAlarm("a@shop.example", SecretStr(smtp), FakeClock()).ring(HEADLINE, LINES, "k")
        secret = smtp.replace("://", "://user:canary@")
        closed = MailAlarm("a@shop.example", SecretStr(secret), FakeClock())
        assert not await closed.ring(HEADLINE, LINES, "k")
        (finding,) = await closed.check()
        assert not finding.ok
        assert "canary" not in finding.model_dump_json()
    gone = MailAlarm("a@shop.example", SecretStr("smtp://127.0.0.1:9"), FakeClock())
    assert not await gone.ring(HEADLINE, LINES, "k")


async def test_wrong_settings_are_said_at_the_start() -> None:
    """An address that is none is named."""
    for to, smtp in [("team", "smtp://a"), ("a@b\r\nBcc: c@d", "smtp://a"), ("a@b", "http://a"), ("a@b", "smtp://")]:
        with pytest.raises(WrongSettings):
            MailAlarm(to, SecretStr(smtp), FakeClock())
    async with ClientSession() as session:
        with pytest.raises(WrongSettings):
            WebhookAlarm(SecretStr("file:///x"), session)


class Bell:
    """An alarm that is heard or not."""

    def __init__(self, heard: bool) -> None:
        self._heard = heard
        self.rung = 0

    async def ring(self, headline: str, lines: Sequence[str], key: str) -> bool:
        """Counted."""
        self.rung += 1
        return self._heard

    async def check(self) -> Sequence[Finding]:
        """As heard."""
        return (Finding(ok=self._heard, what="bell"),)


@pytest.mark.parametrize(("heard", "one"), [([], False), ([False], False), ([False, True], True)])
async def test_one_that_was_heard_is_enough(heard: list[bool], one: bool) -> None:
    """All ring, and none is left out because another was heard."""
    bells = [Bell(each) for each in heard]
    alarms: Alarm = Alarms(bells)
    assert await alarms.ring(HEADLINE, LINES, "k") is one
    assert [bell.rung for bell in bells] == [1] * len(bells)
    assert len(await alarms.check()) == max(1, len(bells))


async def test_the_settings_become_an_alarm() -> None:
    """Each bell where it is set; an e-mail address without a mail server is none."""
    async with ClientSession() as session:
        for names, count in [((), 0), (("webhook",), 1), (("email",), 0), (("webhook", "email", "smtp"), 2)]:
            values = {"webhook": "http://127.0.0.1:9/x", "email": "a@shop.example", "smtp": "smtp://127.0.0.1:9"}
            alarms = open_alarm({name: SecretStr(values[name]) for name in names}, session, FakeClock())
            assert len(await alarms.check()) == max(1, count)
