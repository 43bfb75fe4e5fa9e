"""A secret, or where to read it: a token may be changed while we run."""

from collections.abc import Callable

from pydantic import SecretStr

Secret = SecretStr | Callable[[], SecretStr]


def reveal(secret: Secret) -> str:
    """What it is now."""
    return (secret if isinstance(secret, SecretStr) else secret()).get_secret_value()
