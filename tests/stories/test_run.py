"""`coolhead run` as a newcomer meets it: the real process, its three lines, its signals, its neighbours."""

import asyncio
import signal
import subprocess
from pathlib import Path

import pytest

from adapters.stores.ground import prepare
from tests.chaos.round import a_round
from tests.chaos.round import until as until_it
from tests.chaos.story import HEARD, text_of
from tests.square import Square
from tests.stories.process import MODULE, SCRIPT, a_house, answers, cleaned, house, until

SIGNALS = (signal.SIGINT, signal.SIGTERM)


@pytest.mark.parametrize("program", [MODULE, SCRIPT], ids=["module", "command"])
def test_it_prints_three_things_and_the_curl_line_works(tmp_path: Path, program: tuple[str, ...]) -> None:
    """A link, the folder, and a line that a newcomer pastes into a shell: the mention is there a moment later."""
    with house(tmp_path / "my data", program) as made:
        link, folder, curl = made.out.splitlines()
        assert f"{made.base_url}/sign-in/" in link
        assert str(made.data) in folder
        assert made.err == ""
        line = "curl " + curl.partition("curl ")[2]
        said = subprocess.run(["sh", "-c", line], capture_output=True, text=True, timeout=30, check=True)
        assert '"accepted":1' in said.stdout
        until(lambda: made.incidents(), lambda: "no card came", within=10)
        (first,) = made.incidents()
        assert first["mentions"]["first"][0]["author"]["name"] == "Mara"
        assert answers(made, "/readyz") == 200
        assert made.stop() == 0


@pytest.mark.parametrize("how", SIGNALS, ids=["ctrl-c", "sigterm"])
def test_a_signal_ends_everything_and_nothing_is_lost(tmp_path: Path, how: signal.Signals) -> None:
    """The store's server goes too, the exit code is 0, and the next start finds everything."""
    data = tmp_path / "data"
    with house(data) as made:
        made.mention({"id": "m1", "text": "Where is my parcel?"})
        until(lambda: made.incidents(), lambda: "no card came")
        socket = made.socket
        assert socket.exists()
        assert made.store
        assert made.stop(how) == 0
        assert made.store == 0
        assert not socket.exists()
        assert made.err == ""
    with house(data) as again:
        (kept,) = again.incidents()
        assert kept["mentions"]["first"][0]["text"] == "Where is my parcel?"
        assert again.stop() == 0


def test_the_last_one_out_stops_the_server(tmp_path: Path) -> None:
    """A second one on another port shares the store's server; it ends with whoever leaves last."""
    data = tmp_path / "data"
    with house(data) as first, house(data) as second:
        server = first.store
        assert second.store == server
        first.mention({"id": "m1", "text": "Where is my parcel?"})
        until(lambda: second.incidents(), lambda: "the second one does not see it")
        assert first.stop() == 0
        assert second.store == server
        second.mention({"id": "m2", "text": "My lamp came broken."})
        # The first one's work goes over to the second.
        until(lambda: len(second.incidents()) == 2, lambda: f"nobody sorts any more: {second.incidents()}")
        assert second.stop() == 0
        assert second.store == 0


def test_a_port_in_use_is_said(tmp_path: Path) -> None:
    """It names the port and what to do, and leaves no server behind."""
    with house(tmp_path / "one") as made:
        other = a_house(tmp_path / "other", COOLHEAD_PORT=str(made.port))
        with cleaned(other):
            other.start()
            assert other.ends() == 2
            assert f"Port {made.port}" in other.err
            assert "COOLHEAD_PORT" in other.err
            assert "Traceback" not in other.err
            assert other.store == 0
        assert answers(made, "/healthz") == 200


def test_a_wrong_setting_is_named_with_its_fix(tmp_path: Path) -> None:
    """Exit 2, the file, the line and the nearest right key; nothing was started."""
    data = tmp_path / "data"
    data.mkdir()
    (data / "coolhead.toml").write_text('zone = "UTC"\n[policy]\nresponse_cool = "5m"\n')
    made = a_house(data)
    with cleaned(made):
        made.start()
        assert made.ends() == 2
        assert "coolhead.toml" in made.err
        assert "line 3" in made.err
        assert "response_cools" in made.err
        assert "Traceback" not in made.err
        assert made.out == ""
        assert made.store == 0


def test_a_store_that_cannot_be_reached_is_said(tmp_path: Path) -> None:
    """Exit 3, in a sentence, without the address's secrets."""
    made = a_house(
        tmp_path / "data",
        COOLHEAD_REDIS_URL=f"unix://:hush-hush@{tmp_path}/nobody.sock",
        COOLHEAD_SECRET="a long random text",
    )
    with cleaned(made):
        made.start()
        assert made.ends() == 3
        assert len(made.err.strip().splitlines()) == 1, made.err
        assert "hush" not in made.err
        assert "Traceback" not in made.err


def test_a_killed_one_is_followed_by_the_next(tmp_path: Path) -> None:
    """kill -9 of both; the next start needs nobody to tidy up."""
    data = tmp_path / "data"
    with house(data) as made:
        made.mention({"id": "m1", "text": "Where is my parcel?"})
        made.kill()
        made.kill_store()
        made.start()
        made.up()
        until(lambda: made.incidents(), lambda: "the mention is lost")
        assert prepare(data).socket.exists()
        assert made.stop() == 0


@pytest.mark.parametrize("how", SIGNALS, ids=["ctrl-c", "sigterm"])
async def test_a_signal_waits_for_a_send_on_the_wire(square: Square, tmp_path: Path, how: signal.Signals) -> None:
    """The square takes two seconds to answer; the signal comes meanwhile. It is posted once and written down."""
    async with a_round(tmp_path / "data", square, []) as one:
        square.fault("^/api/v1/statuses$", None, methods=("POST",), type="latency", delay_ms=2000)
        await one.story.begins()
        incident, _ = await one.story.find(one.story.posts[0])

        async def on_the_wire() -> bool:
            path = f"/api/v1/incidents/{incident}/timeline"
            lines = (await asyncio.to_thread(one.house.ask, path))["timeline"]
            return any(line["kind"] == "intended" for line in lines)

        story = asyncio.create_task(one.story.ends())
        await until_it(on_the_wire)
        story.cancel()
        assert square.ledger() == []
        assert await asyncio.to_thread(one.house.stop, how) == 0
        assert one.house.store == 0
        assert [text_of(each) for each in square.ledger()] == [HEARD]
        lines = [line for line in await one.export() if line["kind"] == "delivered"]
        assert [line["data"]["delivery"]["delivery"] for line in lines] == ["posted"]
