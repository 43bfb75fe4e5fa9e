"""The pictures of the README: `python -m tests.stories.pictures` plays a small morning and saves docs/pictures/*.png.

Each picture shows one page at a desk's width beside the same page on a phone and in the dark.
"""

import asyncio
import base64
import struct
import sys
import tempfile
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from playwright.async_api import async_playwright

from tests.adapters.rooms.web.browser import launch
from tests.stories.desk import Person
from tests.stories.house import Lived, lived_in
from tests.stories.ways import ANSWER, HEARD, cools, incident_of, joins, stands, writes

SHOWN = Path(__file__).parents[2] / "docs" / "pictures"
CONTACTS = '[contacts]\nemail = "help@shop.example"\nphone = "+44 20 7946 0000"\n'
LOST = "Eleven days, three chats, still no parcel. The last one hung up on me. I have had it with this shop."
WRITTEN = (
    "Mara, I'm sorry you were kept waiting for eleven days. As we told you, a driver was ill. "
    "I found your parcel at the depot, and it will be with you tomorrow before noon. Ana"
)
#: A desk's width, and a phone's.
WIDE, NARROW, HIGH = 1200, 400, 900


async def play(into: Path) -> None:
    """One morning, four pictures, in a folder that is there."""
    with tempfile.TemporaryDirectory(prefix="coolhead-pictures-") as folder:
        data = Path(folder)
        (data / "coolhead.toml").write_text(CONTACTS)
        async with async_playwright() as playwright, lived_in(data) as house:
            browser = await launch(playwright)
            try:
                ana = await Person.comes_in(browser, house)
                await _morning(ana, await joins(ana, browser, "Ben", "teammate"), into)
            finally:
                await browser.close()


async def _morning(ana: Person, ben: Person, into: Path) -> None:
    house = ana.house
    others: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
        ("kay", "Kay", "The lamp came broken and the photo I sent got no answer.", {}),
        ("jo", "Jo", "One thing they do well: the woman on the phone was lovely. Thank you!", {}),
        ("r1", "Lee", "", {"rating": 1, "platform": "reviews"}),
    )
    for name, called, text, more in others:
        author = {"id": name, "name": called}
        await house.mention({"id": name, "text": text, "platform": "square", "author": author} | more)
    lamp = await incident_of(house, "lamp")
    await ben.goes(f"/i/{lamp}")
    await ben.presses("I have this")
    await writes(ben, lamp, "Say we heard", "Kay, I have your photo in front of me. I will be back here by noon. Ben")
    mara = {"id": "mara", "name": "Mara", "handle": "@mara", "followers": 1200}
    await house.mention({"id": "m1", "text": LOST, "platform": "square", "author": mara})
    incident = await incident_of(house, "Eleven")
    await _picture(ana, "/", into / "now.png")
    await ana.goes(f"/i/{incident}")
    await ana.presses("I have this")
    await _sent(ana, house, incident)
    await ana.presses("Write a reply")
    await ana.fills(words=WRITTEN)
    await ana.page.wait_for_selector(".cautions")
    await _picture(ana, "", into / "write.png")
    await ana.fills(words=ANSWER)
    await ana.finishes()
    await stands(house, incident, "cooling")
    await ana.page.get_by_label("To the team only").fill("The depot found it. I will call them once it is out.")
    await ana.page.get_by_role("button", name="Say it").click()
    await _picture(ana, f"/i/{incident}", into / "thread.png")
    await cools(house, incident, 45)
    await ana.goes(f"/i/{incident}")
    await ana.presses("Read once more and send")
    await _picture(ana, "", into / "ready.png")


async def _sent(ana: Person, house: Lived, incident: str) -> None:
    """The first word, written, cooled, and carried by hand."""
    await writes(ana, incident, "Say we heard", HEARD)
    await cools(house, incident, 5)
    await ana.goes(f"/i/{incident}")
    await ana.presses("Read once more and send")
    await ana.page.get_by_label("I looked, nothing changed").check()
    await ana.sends()
    await ana.sees("By hand")
    await ana.presses("Copy and open")
    await ana.finishes()
    await ana.sees("We said we heard")


async def _picture(who: Person, path: str, into: Path) -> None:
    """The page as it stands, wide in the light, then narrow and wide in the dark, side by side."""
    moved = timedelta(seconds=who.house.shift.seconds)
    await who.page.clock.set_fixed_time(datetime.now(UTC) + moved)  # the browser's clock goes with the house's
    if path:
        await who.goes(path)
    shots = [await _shot(who, WIDE, "light"), await _shot(who, NARROW, "light"), await _shot(who, WIDE, "dark")]
    await who.page.emulate_media(color_scheme="light")
    await who.page.set_viewport_size({"width": WIDE, "height": HIGH})
    blank = await who.page.context.new_page()
    width, height, palette, dots = await blank.evaluate(_SIDE_BY_SIDE, shots)
    await blank.close()
    _save(into, _png(width, height, base64.b64decode(palette), base64.b64decode(dots)))


def _save(into: Path, picture: bytes) -> None:
    into.write_bytes(picture)
    sys.stdout.write(f"{into.name} {len(picture) // 1000} kB\n")


async def _shot(who: Person, width: int, scheme: str) -> str:
    await who.page.set_viewport_size({"width": width, "height": HIGH})
    await who.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    return base64.b64encode(await who.page.screenshot(full_page=True)).decode()


def _png(width: int, height: int, palette: bytes, dots: bytes) -> bytes:
    """One byte a dot, the colours in a palette: a screenshot of text needs no more."""
    rows = b"".join(b"\0" + dots[row * width : (row + 1) * width] for row in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = ((b"IHDR", head), (b"PLTE", palette), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


#: Draws the pictures beside one another and hands back (width, height, palette, one byte a dot) with the colours seen
#: most, each dot in the nearest of them.
_SIDE_BY_SIDE = """async (shots) => {
  const images = await Promise.all(shots.map(async (shot) => {
    const bytes = Uint8Array.from(atob(shot), (c) => c.charCodeAt(0));
    return createImageBitmap(new Blob([bytes], { type: "image/png" }));
  }));
  const gap = 24;
  const width = images.reduce((sum, one) => sum + one.width, gap * (images.length - 1));
  const height = Math.max(...images.map((one) => one.height));
  const pen = new OffscreenCanvas(width, height).getContext("2d");
  pen.fillStyle = "#8a8a86";
  pen.fillRect(0, 0, width, height);
  let left = 0;
  for (const one of images) { pen.drawImage(one, left, 0); left += one.width + gap; }
  const dots = new Uint32Array(pen.getImageData(0, 0, width, height).data.buffer);
  const seen = new Map();
  for (const dot of dots) seen.set(dot, (seen.get(dot) || 0) + 1);
  const kept = [...seen].sort((a, b) => b[1] - a[1]).slice(0, 20).map(([dot]) => [dot & 255, dot >> 8 & 255, dot >> 16 & 255]);
  const near = new Map();
  const nearest = (dot) => {
    let best = 0, far = Infinity;
    const [r, g, b] = [dot & 255, dot >> 8 & 255, dot >> 16 & 255];
    kept.forEach(([x, y, z], place) => {
      const off = (r - x) ** 2 + (g - y) ** 2 + (b - z) ** 2;
      if (off < far) { far = off; best = place; }
    });
    return best;
  };
  const found = new Uint8Array(dots.length);
  dots.forEach((dot, place) => {
    if (!near.has(dot)) near.set(dot, nearest(dot));
    found[place] = near.get(dot);
  });
  const text = (bytes) => {
    let said = "";
    for (let from = 0; from < bytes.length; from += 32768) said += String.fromCharCode(...bytes.subarray(from, from + 32768));
    return btoa(said);
  };
  return [width, height, text(Uint8Array.from(kept.flat())), text(found)];
}"""

if __name__ == "__main__":
    SHOWN.mkdir(parents=True, exist_ok=True)
    asyncio.run(play(Path(sys.argv[1]) if len(sys.argv) > 1 else SHOWN))
