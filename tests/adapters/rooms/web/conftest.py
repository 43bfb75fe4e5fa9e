"""One browser for these tests, a house and its server for each."""

import pytest

from tests.adapters.rooms.web.browser import browser, chromium_shared, share_the_loop

__all__ = ["browser", "chromium_shared"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser belongs to one loop."""
    share_the_loop(items)
