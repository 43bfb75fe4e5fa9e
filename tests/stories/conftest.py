"""What the stories meet: a square of its own process, and one browser for all of them."""

import pytest

from tests.adapters.rooms.web.browser import browser, chromium_shared, share_the_loop
from tests.square import square, square_process

__all__ = ["browser", "chromium_shared", "square", "square_process"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser belongs to one loop."""
    share_the_loop(items)
