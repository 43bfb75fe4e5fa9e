"""`coolhead demo` as somebody curious meets it: the real process, its square, its page, and nothing left afterwards."""

import re
import signal
import subprocess
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path
from urllib.request import urlopen

from tests.servers import temporary
from tests.stories.process import MODULE, ROOT, House, a_house, until


def test_an_afternoon_begins_and_leaves_nothing_behind() -> None:
    """The first mention stands on the square and on the page, which says that this is a demonstration. Ctrl-C: gone."""
    with temporary() as folder:
        environment = a_house(folder).environment | {"TMPDIR": str(folder)}
        with (folder / "out").open("wb") as out, (folder / "err").open("wb") as err:
            process = subprocess.Popen(
                [*MODULE, "demo"], stdout=out, stderr=err, cwd=ROOT, env=environment, start_new_session=True
            )
        try:
            _lives(process, folder)
            process.send_signal(signal.SIGINT)
            assert process.wait(30) == 0
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
                for thrown in folder.glob("coolhead-demo-*"):
                    House(thrown, 0).kill_store()
        assert sorted(each.name for each in folder.iterdir()) == ["err", "out"]
        assert (folder / "err").read_text() == ""


def _lives(process: "subprocess.Popen[bytes]", folder: Path) -> None:
    def said() -> str:
        return (folder / "out").read_text()

    until(lambda: said().count("\n") >= 5 or process.poll() is not None, said)
    square, link = re.search(r"http\S+/square\b", said()), re.search(r"http\S+/sign-in/\S+", said())
    assert square is not None
    assert link is not None
    assert str(next(folder.glob("coolhead-demo-*"))) in said()
    _shows(lambda: _got(square[0]), "Eleven days, three chats")
    host = link[0].split("/")[2]
    cookie = _comes_in(link[0])
    _shows(lambda: _page(host, "/", cookie), "Eleven days, three chats")
    assert "This is a demonstration: cooling-off takes seconds here" in _page(host, "/health", cookie)


def _shows(page: Callable[[], str], words: str) -> None:
    until(lambda: words in page(), lambda: f"{words} is not on the page")


def _got(url: str) -> str:
    with urlopen(url, timeout=10) as answer:
        return str(answer.read(), "utf-8")


def _comes_in(link: str) -> str:
    """Press *Sign in*; the cookies it gave."""
    host, path = link.removeprefix("http://").split("/", 1)
    connection = HTTPConnection(host, timeout=10)
    try:
        connection.request("POST", f"/{path}", b"", {"content-type": "application/x-www-form-urlencoded"})
        answer = connection.getresponse()
        assert answer.status == 303
        return "; ".join(each.partition(";")[0] for each in answer.headers.get_all("set-cookie", []))
    finally:
        connection.close()


def _page(host: str, path: str, cookie: str) -> str:
    connection = HTTPConnection(host, timeout=10)
    try:
        connection.request("GET", path, headers={"cookie": cookie})
        answer = connection.getresponse()
        assert answer.status == 200, path
        return str(answer.read(), "utf-8")
    finally:
        connection.close()
