"""Every pair of text and ground the page uses stands out enough, in light and in dark."""

import re
from pathlib import Path

import pytest

import adapters.rooms.web

_CSS = (Path(adapters.rooms.web.__file__).parent / "static" / "coolhead.css").read_text()
_ROOTS = re.findall(r":root \{(.*?)\n\s*\}", _CSS, re.DOTALL)
PALETTES = {
    name: dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", root))
    for name, root in zip(("light", "dark"), _ROOTS, strict=True)
}
TEXTS = [
    ("ink", "paper"), ("ink", "sheet"), ("ink", "tint"), ("soft", "paper"), ("soft", "sheet"), ("soft", "tint"),
    ("accent", "paper"), ("accent", "sheet"), ("accent", "tint"), ("on-accent", "accent"), ("amber", "paper"), ("amber", "sheet"),
]  # fmt: skip


def contrast(one: str, other: str) -> float:
    """The ratio as WCAG 2.2 defines it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_black_on_white() -> None:
    """The measure itself is right."""
    assert round(contrast("#000000", "#ffffff"), 6) == 21


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_text_can_be_read(name: str, text: str, ground: str) -> None:
    """At least 4.5 : 1."""
    assert contrast(PALETTES[name][text], PALETTES[name][ground]) >= 4.5


@pytest.mark.parametrize("name", ["light", "dark"])
def test_fields_have_an_edge(name: str) -> None:
    """What can be written in is seen to be so: its border stands out by 3 : 1."""
    for ground in ("paper", "sheet"):
        assert contrast(PALETTES[name]["edge"], PALETTES[name][ground]) >= 3


def test_no_red() -> None:
    """Red never: no colour of the page has red as its loudest part by far."""
    for palette in PALETTES.values():
        for colour in palette.values():
            red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
            assert red - max(green, blue) < 90
