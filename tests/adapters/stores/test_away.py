"""Failures in our own words."""

import pytest
from redis import exceptions as failed

from adapters.stores.away import away
from bot.errors import StoreAway, StoreFull


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        (failed.BusyLoadingError("LOADING"), StoreAway, "still reading"),
        (failed.ClusterDownError("CLUSTERDOWN"), StoreAway, "cluster is down"),
        (failed.ClusterError("TTL exhausted."), StoreAway, "cluster is down"),  # sent on sixteen times
        (failed.ConnectionError("Error 111 connecting to secret.host:1."), StoreAway, "does not answer"),
        (failed.TimeoutError("Timeout reading from secret.host:1"), StoreAway, "in time"),
        (ConnectionResetError(104, "reset"), StoreAway, "does not answer"),
        (failed.ResponseError("MISCONF Errors writing to the AOF file"), StoreFull, "cannot write to its disk"),
        (failed.ResponseError("NOREPLICAS Not enough good replicas"), StoreAway, "too few replicas"),
        (
            failed.ResponseError("Command # 1 (SET k secret) of pipeline caused error: ('NOREPLICAS Not enough',)"),
            StoreAway,
            "too few replicas",
        ),
        (failed.ResponseError("BUSY Redis is busy running a script"), StoreAway, "another script"),
        (failed.ResponseError("Error running script: @user_script:1: -OOM command not allowed"), StoreFull, "no room"),
        (failed.ResponseError("Error running script: 1: -READONLY You can't write"), StoreAway, "is a replica"),
    ],
)
async def test_each_failure_in_words(error: Exception, kind: type[StoreAway], words: str) -> None:
    """What goes wrong is told apart, and neither hosts nor the server's own text are passed on."""
    with pytest.raises(StoreAway, match=words) as raised:
        async with away():
            raise error
    assert type(raised.value) is kind
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize("error", [failed.ResponseError("ERR syntax error"), failed.DataError("x"), KeyError("x")])
async def test_a_fault_of_ours_passes(error: Exception) -> None:
    """It stays what it is, so that it is found."""
    with pytest.raises(type(error)):
        async with away():
            raise error
