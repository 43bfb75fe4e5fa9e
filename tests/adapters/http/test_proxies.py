"""Whose address a request came from."""

import pytest

from adapters.http.proxies import peer, trusted
from bot.errors import WrongSettings

OURS = trusted(["10.0.0.0/8", " 192.0.2.7 ", "::1"])


@pytest.mark.parametrize(
    ("socket", "forwarded", "expected"),
    [
        ("203.0.113.5", "", "203.0.113.5"),
        ("203.0.113.5", "1.1.1.1", "203.0.113.5"),
        ("10.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "6.6.6.6, 203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "6.6.6.6, 203.0.113.9, 10.2.2.2, 192.0.2.7", "203.0.113.9"),
        ("10.0.0.1", "203.0.113.9, rubbish", "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("::ffff:10.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("::1", "2001:db8::5%eth0", "2001:db8::5"),
        ("", "203.0.113.9", ""),
    ],
)
def test_only_trusted_proxies_are_believed(socket: str, forwarded: str, expected: str) -> None:
    """A forwarded address counts as far as proxies of ours wrote it, read from the right."""
    assert peer(socket, forwarded, OURS) == expected


def test_a_wrong_proxy_is_named() -> None:
    """A setting that is no address says which setting, and what it held."""
    with pytest.raises(WrongSettings, match=r"COOLHEAD_TRUSTED_PROXIES: 'proxy\.local'"):
        trusted(["proxy.local"])
