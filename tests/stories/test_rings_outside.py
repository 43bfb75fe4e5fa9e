"""What can't wait and nobody takes leaves the house: one call to the number outside the chat, without anybody's words."""

from pathlib import Path
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.stories.house import lived_in, until
from tests.stories.ways import happened, incident_of, mara

BURNT = "Your kettle caught fire while my son held it, he has burns on both hands. We are in hospital."


async def test_one_that_nobody_takes_rings_outside_the_chat(tmp_path: Path) -> None:
    """Told in the house first; then the webhook is told that somebody could be hurt, and where, and no word of hers."""
    rung: list[dict[str, Any]] = []

    async def answer(request: web.Request) -> web.Response:
        rung.append(await request.json())
        return web.Response()

    app = web.Application()
    app.router.add_post("/bell", answer)
    async with TestServer(app, host="127.0.0.1") as bell:
        (tmp_path / "coolhead.toml").write_text(f'[alarm]\nwebhook = "{bell.make_url("/bell")}"\n')
        async with lived_in(tmp_path) as house:
            await house.mention(mara(BURNT))
            incident = await incident_of(house, BURNT)
            for told in (1, 2):
                await happened(house, incident, "reminded", told)
                assert rung == []
                house.shift.advance(10 * 60 + 5)

            async def outside() -> bool:
                return bool(rung)

            await until(outside)
            assert rung[0] == {
                "text": "Somebody could be hurt, and nobody has it.",
                "incidents": [f"{house.base_url}/i/{incident}"],
            }
