"""Reading a store's address."""

import pytest

from adapters.stores.address import Access, Address, Local, Single, Spread, Watched, read_address
from bot.errors import WrongSettings

_TLS = {"ssl_check_hostname": True}


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("redis://h", Single(("h", 6379), Access())),
        ("redis://h:7/2", Single(("h", 7), Access(db=2))),
        ("redis://[::1]:7", Single(("::1", 7), Access())),
        ("redis://u:p%40ss@h", Single(("h", 6379), Access({"username": "u", "password": "p@ss"}))),
        ("redis://:pass@h", Single(("h", 6379), Access({"password": "pass"}))),
        ("rediss://h", Single(("h", 6379), Access(tls=_TLS))),
        (
            "rediss://h?ssl_ca_certs=/ca.pem&ssl_check_hostname=false",
            Single(("h", 6379), Access(tls={"ssl_ca_certs": "/ca.pem", "ssl_check_hostname": False})),
        ),
        ("unix:///run/my%20redis.sock", Local("/run/my redis.sock", Access())),
        ("unix:///s?db=3&password=x", Local("/s", Access({"password": "x"}, db=3))),
        ("redis+sentinel://a,b:5/main", Watched((("a", 26379), ("b", 5)), "main", Access())),
        (
            "rediss+sentinel://:x@a/main/4?sentinel_password=y",
            Watched((("a", 26379),), "main", Access({"password": "x"}, _TLS, 4), {"password": "y"}),
        ),
        ("redis+cluster://a:1,b", Spread((("a", 1), ("b", 6379)), Access())),
        ("rediss+cluster://u:p@a/0", Spread((("a", 6379),), Access({"username": "u", "password": "p"}, _TLS))),
    ],
)
def test_every_form(url: str, address: Address) -> None:
    """Each documented form is read as documented."""
    assert read_address(url) == address


@pytest.mark.parametrize(
    ("url", "because"),
    [
        ("localhost:6379", "must begin with"),
        ("http://:s3cret@h", "must begin with"),
        ("unix://", "path of a socket"),
        ("redis://", "names no host"),
        ("redis://:s3cret@h:s3cret", "port must be a number"),
        ("redis://h:99999", "port must be a number"),
        ("redis://:6379", "host is missing"),
        ("redis://:s3cret@h/one", "whole number"),
        ("redis://h/1/2", "too many parts"),
        ("redis+cluster://h/1", "only the database 0"),
        ("redis+sentinel://h", "name they know the store by"),
        ("redis://:s3cret@h?socket_timeout=1", "no option 'socket_timeout'"),
        ("rediss://h?ssl_check_hostname=perhaps", "true or false"),
        ("rediss://h?ssl_cert_reqs=sometimes", "required, optional or none"),
        ("redis://[::1", "COOLHEAD_REDIS_URL"),
    ],
)
def test_what_cannot_be_read(url: str, because: str) -> None:
    """The error names the setting and the fault, and holds no secret."""
    with pytest.raises(WrongSettings, match=because) as raised:
        read_address(url)
    assert "COOLHEAD_REDIS_URL" in str(raised.value)
    assert "s3cret" not in str(raised.value)


def test_secrets_are_not_shown() -> None:
    """An address may be printed or logged."""
    shown = repr(read_address("redis+sentinel://u:s3cret@a/main?sentinel_password=s3cret"))
    assert "s3cret" not in shown
