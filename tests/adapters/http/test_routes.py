"""Which door a path leads to."""

import pytest

from adapters.http.routes import Routes
from bot.errors import WrongUse
from bot.ports import Door, Knock, Response


async def _open(knock: Knock) -> Response:
    return 200, {}, knock.path.encode()


def _door(method: str, path: str) -> Door:
    return Door(method, path, _open)


def test_a_plain_path_wins() -> None:
    """A path without parts is found before one that would fit it too."""
    routes = Routes([_door("GET", "/i/{incident}"), _door("GET", "/i/new")])
    found = routes.find("/i/new")
    assert found is not None
    assert found.values == {}


def test_parts_are_decoded_and_keep_their_slash() -> None:
    """`%2F` does not end a part, and every part holds what was meant."""
    found = Routes([_door("GET", "/i/{incident}/{conversation}")]).find("/i/a%2Fb/c%20d")
    assert found is not None
    assert found.values == {"incident": "a/b", "conversation": "c d"}


@pytest.mark.parametrize("path", ["/i/", "/i/a/b", "/I/a", "//i/a", "/i/a/"])
def test_nothing_else_fits(path: str) -> None:
    """A part is never empty and never spans two."""
    assert Routes([_door("GET", "/i/{incident}")]).find(path) is None


def test_head_is_answered_by_get() -> None:
    """HEAD finds GET's door, and Allow says so."""
    found = Routes([_door("GET", "/a"), _door("POST", "/a")]).find("/a")
    assert found is not None
    assert found.door("HEAD") is found.door("GET")
    assert found.door("PUT") is None
    assert found.allow == "GET, HEAD, POST"


def test_two_doors_at_one_place_are_a_mistake() -> None:
    """The same method and path twice is refused at the start."""
    with pytest.raises(WrongUse, match="GET /a"):
        Routes([_door("GET", "/a"), _door("GET", "/a")])
