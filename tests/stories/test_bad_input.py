"""Bad input, and a store that dies: refused in words a machine can read, or shown safely; the page stays calm."""

import json
import os
import signal
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser

from tests.stories.desk import Person
from tests.stories.house import Lived, lived_in, until
from tests.stories.ways import LOST, incident_of, mara

DEEP = b"[" * 100_000 + b"]" * 100_000
REFUSED: dict[str, bytes] = {
    "garbage": b"\x00\xff not json at all",
    "too deep": DEEP,
    "too deep inside": b'{"id": "d", "text": "x", "extra": ' + DEEP + b"}",
    "not an object": b'"hello"',
    "no id": b'{"text": "x"}',
    "no text": b'{"id": "n"}',
    "a rating of nine": b'{"id": "n", "text": "x", "rating": 9}',
    "nothing": b"",
    "an empty list": b"[]",
    "a huge number": b'{"id": "h", "text": "x", "author": {"followers": ' + b"9" * 5000 + b"}}",
}


async def _sends(house: Lived, body: bytes) -> tuple[int, dict[str, Any]]:
    assert house.session is not None
    headers = {"authorization": f"Bearer {house.token}", "content-type": "application/json"}
    async with house.session.post(f"{house.base_url}/hooks/inbox/local", data=body, headers=headers) as answer:
        return answer.status, json.loads(await answer.text())


async def test_what_cannot_be_read_is_refused_and_nobody_is_disturbed(browser: Browser, tmp_path: Path) -> None:
    """Every broken body is a 4xx with a reason; the page shows no trace of it and no mention is lost behind it."""
    async with lived_in(tmp_path) as house:
        ana = await Person.comes_in(browser, house)
        for name, body in REFUSED.items():
            status, said = await _sends(house, body)
            assert 400 <= status < 500, (name, status)
            assert said.get("title") or said.get("detail"), name
        assert "Nobody is waiting" in await ana.reads()
        assert await ana.page.locator(".band").count() == 0
        said = await house.mention(
            mara(id="good"), {"id": "", "text": "no id"}, {"id": "also", "text": "Thank you all."}
        )
        assert (said["accepted"], [each["index"] for each in said["rejected"]]) == (2, [1])
        await ana.sees("Eleven days, three chats")


STRANGE = {
    "an element": "<script>document.title='x'</script><img src=//evil.example/x onerror=alert(1)> no parcel",
    "NUL and controls": "no\x00 parcel\x07\x1b[31m, still",
    "a lone surrogate": "no parcel \ud83d at all",
    "right to left": "no parcel \u202egnirts a\u202c, really \u2066x",
    "many marks": "no p\u0301" + "\u0301" * 300 + "arcel",
    "a template": "no parcel {{ 7*7 }} {% raw %} ${x}",
}


@pytest.mark.parametrize("name", STRANGE)
async def test_strange_words_are_shown_as_words(browser: Browser, tmp_path: Path, name: str) -> None:
    """Whatever somebody writes is text on the page: it runs nothing, loads nothing and hides nothing of ours."""
    async with lived_in(tmp_path) as house:
        body = json.dumps(mara(STRANGE[name], at="2999-01-01T00:00:00Z", url="javascript:alert(1)")).encode()
        status, said = await _sends(house, body)
        if status != 200:
            assert status in {400, 422}
            assert said["detail"]
            return
        if not said["accepted"]:
            assert said["rejected"][0]["reason"]
            return
        incident = await incident_of(house, "no")
        ana = await Person.comes_in(browser, house)
        asked: list[str] = []
        ana.page.on("request", lambda request: asked.append(request.url))
        for page in ("/", f"/i/{incident}", "/search?q=parcel"):
            await ana.goes(page)
            assert await ana.page.locator("main img, main script").count() == 0
            assert "Coolhead" in await ana.page.title()
        await ana.goes(f"/i/{incident}")
        assert "2999" not in await ana.reads()  # nothing came in the future
        await ana.presses("I have this")
        await ana.sees("Ana has this")
        assert all(url.startswith(house.base_url) for url in asked)
        assert await ana.page.locator("main a[href^='javascript']").count() == 0


def _server(data: Path) -> int:
    (pid,) = [int(found.read_text()) for found in data.rglob("*.pid")]
    return pid


async def test_a_dead_store_is_said_and_comes_back_by_itself(browser: Browser, tmp_path: Path) -> None:
    """While the store is gone a sender is told to try again and the page says so; then everything goes on."""
    async with lived_in(tmp_path) as house:
        ana = await Person.comes_in(browser, house)
        await house.mention(mara())
        incident = await incident_of(house, LOST)
        await ana.goes(f"/i/{incident}")
        pid = _server(tmp_path)
        os.kill(pid, signal.SIGSTOP)  # alive and answering nothing: the worst kind of gone
        status, said = await _sends(house, json.dumps(mara("Another one", id="m2")).encode())
        assert status == 503, said
        await ana.page.reload(timeout=30_000)
        assert "The store cannot be reached" in await ana.reads()
        os.kill(pid, signal.SIGKILL)
        await ana.sees(LOST, within=40)  # the page came back without a hand on it

        async def taken() -> bool:
            status, _ = await _sends(house, json.dumps(mara("A third one", id="m3", author={"id": "k"})).encode())
            return status == 200

        await until(taken, within=30)
        await incident_of(house, "A third one")
        await ana.goes(f"/i/{incident}")
        assert LOST in await ana.reads()
