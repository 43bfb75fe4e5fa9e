"""Every page can be painted in every look; the pictures lie in the test's folder for people to see."""

from pathlib import Path

import pytest
from playwright.async_api import Browser

from tests.adapters.rooms.web.pictures import LOOKS, take


@pytest.mark.parametrize("look", list(LOOKS))
async def test_every_page_has_its_picture(browser: Browser, tmp_path: Path, look: str) -> None:
    """One file for each page, none of them empty."""
    taken = await take(browser, tmp_path, (look,))
    assert len({file.name for file in taken}) == len(taken) >= 14
    assert all(file.stat().st_size > 5_000 for file in taken)
