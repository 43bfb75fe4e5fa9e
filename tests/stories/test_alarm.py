"""What can't wait: told again and again until somebody has it, in the room and outside."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

from aiohttp import web
from playwright.async_api import Browser

from tests.stories.desk import Person
from tests.stories.house import Lived, lived_in, until
from tests.stories.ways import happened, incident_of, mara

BURNT = "Your kettle caught fire while my son held it, he has burns on both hands. We are in hospital."
SHOCK = "The lamp I bought gave my mother an electric shock, she collapsed. Take them off the shelf."


@asynccontextmanager
async def _bell() -> AsyncIterator[tuple[str, list[dict[str, Any]]]]:
    """A webhook of somebody's phone: its address and what it was told."""
    rung: list[dict[str, Any]] = []

    async def answer(request: web.Request) -> web.Response:
        rung.append(await request.json() | {"key": request.headers["Idempotency-Key"]})
        return web.Response()

    app = web.Application()
    app.router.add_post("/bell", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/bell", rung
    finally:
        await runner.cleanup()


async def _alarms(house: Lived) -> int:
    assert house.session is not None
    async with house.session.get(f"{house.base_url}/metrics") as got:
        lines = (await got.text()).splitlines()
    found = next((line for line in lines if line.startswith('coolhead_happened_total{what="alarms"}')), "0 0")
    return int(float(found.rpartition(" ")[2]))


async def test_critical_ones_ring_until_somebody_has_each(browser: Browser, tmp_path: Path) -> None:
    """Two at once make one alarm that lists both; it comes again every ten minutes, outside too, until each is taken."""
    async with _bell() as (address, rung):
        (tmp_path / "coolhead.toml").write_text(f'[alarm]\nwebhook = "{address}"\n')
        async with lived_in(tmp_path) as house:
            await house.mention(mara(BURNT), mara(SHOCK, id="m2", author={"id": "kay", "name": "Kay"}))
            fire, shock = await incident_of(house, BURNT), await incident_of(house, SHOCK)
            ana = await Person.comes_in(browser, house)
            await ana.sees("nobody has")  # told in the room at once
            await ana.sees("Somebody could be hurt")
            assert rung == []
            for _ in range(3):
                before = await _alarms(house)
                house.shift.advance(10 * 60 + 5)
                await until(partial(_more, house, before))

            async def outside() -> bool:
                return bool(rung)

            await until(outside)
            assert "2 critical ones" in rung[0]["text"]
            assert len({each["key"] for each in rung}) == len(rung)  # no alarm rang twice
            assert len(rung[0]["incidents"]) == 2
            assert BURNT not in str(rung)  # nobody's words leave the house

            for incident in (fire, shock):
                await ana.goes(f"/i/{incident}")
                await ana.presses("I have this")
                await ana.sees("Ana has this")
            rang, alarms = len(rung), await _alarms(house)
            house.shift.advance(31 * 60)
            await happened(house, fire, "reminded", 2)  # the clockwork has looked: Ana is asked for a draft
            await happened(house, shock, "reminded", 2)
            assert (len(rung), await _alarms(house)) == (rang, alarms)


async def _more(house: Lived, than: int) -> bool:
    return await _alarms(house) > than
