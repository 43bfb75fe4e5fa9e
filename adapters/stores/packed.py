"""Connections that write commands with hiredis, in C: the library's asyncio connections do it argument by argument.

Measured: 5 µs in place of 50 for the step that stores 64 mentions, and half of what a mention's sorting spends on sending.
"""

from typing import Any

from hiredis import pack_command
from redis.asyncio import Connection, SSLConnection, UnixDomainSocketConnection


class _Packed:
    def pack_command(self, *args: Any) -> list[bytes]:
        """A command as it goes over the wire. Its name may be two words; an argument may be str, bytes, int or float."""
        if isinstance(args[0], str) and " " in args[0]:
            args = (*args[0].split(), *args[1:])
        return [pack_command(args)]


class Plain(_Packed, Connection):
    """Over TCP."""


class Sealed(_Packed, SSLConnection):
    """Over TLS."""


class Beside(_Packed, UnixDomainSocketConnection):
    """Over a unix socket."""
