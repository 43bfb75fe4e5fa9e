"""Whose address it is: a `X-Forwarded-For` counts only as far as proxies we were told to trust have written it."""

from collections.abc import Sequence
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from bot.errors import WrongSettings

Network = IPv4Network | IPv6Network
Address = IPv4Address | IPv6Address

#: Nobody writes a longer chain in earnest.
_LONGEST_CHAIN = 32


def trusted(proxies: Sequence[str]) -> tuple[Network, ...]:
    """Addresses and networks as the setting TRUSTED_PROXIES names them. Raises WrongSettings."""
    return tuple(_network(proxy.strip()) for proxy in proxies if proxy.strip())


def _network(proxy: str) -> Network:
    try:
        return ip_network(proxy, strict=False)
    except ValueError:
        raise WrongSettings(
            f"COOLHEAD_TRUSTED_PROXIES: {proxy!r} is neither an address nor a network such as 10.0.0.0/8."
        ) from None


@lru_cache(maxsize=1024)
def peer(socket: str, forwarded: str, proxies: tuple[Network, ...]) -> str:
    """The client's address. `socket` is who connected ('' on a unix socket), `forwarded` the header as it came.

    Read from the right, each hop counts while the one that wrote it is trusted. Something unreadable ends the walk.
    """
    believed = _address(socket)
    if believed is None:
        return socket
    for hop in reversed(forwarded.split(",")[-_LONGEST_CHAIN:]):
        if not any(believed in network for network in proxies):
            break
        named = _address(hop.strip())
        if named is None:
            break
        believed = named
    return str(believed)


def _address(text: str) -> Address | None:
    try:
        found = ip_address(text.split("%")[0])
    except ValueError:
        return None
    return found.ipv4_mapped or found if isinstance(found, IPv6Address) else found
