"""Style, script and mark, each under a name that holds a hash of its content, so that a browser may keep it for ever."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.ports import Knock, Response

_FOLDER = Path(__file__).parent / "static"
_KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
_FOR_EVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class StaticFiles:
    """All of them, read once. `urls` gives each file's address by its plain name."""

    urls: Mapping[str, str]
    _bodies: Mapping[str, tuple[str, bytes]]

    async def open(self, knock: Knock) -> Response:
        """The door `/static/{file}`."""
        found = self._bodies.get(knock.values["file"])
        if found is None:
            return 404, {"content-type": "text/plain; charset=utf-8"}, b"There is no such file.\n"
        kind, body = found
        return 200, {"content-type": kind, "cache-control": _FOR_EVER}, body


def read_static() -> StaticFiles:
    """Every file of a kind we serve."""
    urls, bodies = {}, {}
    for file in sorted(_FOLDER.iterdir()):
        if (kind := _KINDS.get(file.suffix)) is None:
            continue
        body = file.read_bytes()
        hashed = f"{file.stem}.{hashlib.sha256(body).hexdigest()[:16]}{file.suffix}"
        urls[file.name] = f"/static/{hashed}"
        bodies[hashed] = (kind, body)
    return StaticFiles(urls, bodies)
