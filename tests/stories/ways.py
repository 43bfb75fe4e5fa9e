"""What every story asks again and again: which incident is whose, how it stands, and how a second person comes in."""

import asyncio
import contextlib
from typing import Any

from playwright.async_api import Browser

from tests.square import Square
from tests.stories.desk import Person
from tests.stories.house import Lived, until

HEARD = "Eleven days is far too long, Mara. I am looking for your parcel now and will be back here before four. Ana"
ANSWER = (
    "Mara, I'm sorry you waited eleven days. I found it at the depot and it is on the van for tomorrow before noon. "
    "If it is not there, I am here. Ana"
)
LOST = "Eleven days, three chats, still no parcel. I have had it with this shop."


def mara(text: str = LOST, **more: Any) -> dict[str, Any]:
    """A mention of hers, as the inbox takes it."""
    return {"id": "m1", "text": text, "platform": "somewhere", "author": {"id": "mara", "name": "Mara"}} | more


async def incident_of(house: Lived, words: str = "") -> str:
    """The incident in which somebody said `words`, once it is there."""

    async def found() -> str:
        listed = (await house.ask("/api/v1/incidents"))["incidents"]
        said = ((each["id"], first["text"]) for each in listed for first in each["mentions"]["first"])
        return next((str(name) for name, text in said if words in (text or "")), "")

    name: str = await until(found, within=20)
    return name


async def stands(house: Lived, incident: str, mood: str) -> None:
    """Wait until it is waiting, cooling, ready, settled or in a storm."""

    async def there() -> bool:
        return bool((await house.ask(f"/api/v1/incidents/{incident}"))["mood"] == mood)

    await until(there)


async def dispositions(house: Lived, incident: str) -> set[str | None]:
    """How its mentions ended."""
    found = (await house.ask(f"/api/v1/incidents/{incident}/mentions"))["mentions"]
    return {each["disposition"] for each in found}


async def happened(house: Lived, incident: str, kind: str, count: int = 1) -> list[dict[str, Any]]:
    """The events of that kind, once there are so many."""

    async def enough() -> list[dict[str, Any]]:
        lines = (await house.ask(f"/api/v1/incidents/{incident}/timeline"))["timeline"]
        found = [line for line in lines if line["kind"] == kind]
        return found if len(found) >= count else []

    lines: list[dict[str, Any]] = await until(enough, within=20)
    return lines


async def joins(who: Person, browser: Browser, name: str, role: str, width: int = 1200) -> Person:
    """`who` invites somebody, who comes in by the link they were given."""
    await who.goes("/people")
    await who.presses("Invite somebody")
    await who.fills(name=name)
    await who.ticks("role", role)
    await who.finishes()
    link = await who.page.locator("[data-copy]").inner_text()
    return await Person.comes_in(browser, who.house, link, width)


async def writes(who: Person, incident: str, press: str, words: str) -> None:
    """Open the form by that press, write, finish, and let it cool."""
    await who.goes(f"/i/{incident}")
    await who.presses(press)
    await who.fills(words=words)
    await who.finishes()
    await stands(who.house, incident, "cooling")


async def cools(house: Lived, incident: str, minutes: float) -> None:
    """Let the time pass until it is ready."""
    house.shift.advance(minutes * 60 + 5)
    await stands(house, incident, "ready")


async def listening(house: Lived, square: Square) -> None:
    """Wait until the house hears the square; only what is said after its first look is news.

    Somebody says hello until one of them is heard: seldom enough that a slow start makes no storm of it.
    """

    async def heard() -> bool:
        assert house.session is not None
        async with house.session.get(f"{house.base_url}/metrics") as got:
            return "news" in await got.text()

    for _ in range(6):
        await asyncio.to_thread(square.post, "bob", "@shop hello")
        with contextlib.suppress(AssertionError):
            await until(heard, within=4)
            return
    raise AssertionError("the house does not hear the square")
