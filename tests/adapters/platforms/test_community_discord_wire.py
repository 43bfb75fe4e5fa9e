"""A community on Discord over real sockets: what a repeated create does, and what a lost session leads to."""

import pytest
from pydantic import SecretStr

from adapters.connections.discord import Connection, least_intents
from adapters.connections.discord import community_intents as intents
from adapters.platforms.community_discord_ears import DiscordEars
from adapters.platforms.community_discord_send import DiscordSend
from adapters.platforms.community_discord_wire import DiscordWire
from adapters.platforms.community_ground import Ground
from bot.nouns.delivery import NotSent, Posted, ToMention, Unknown
from bot.nouns.mention import MentionKey
from bot.work.waiting import first
from tests.adapters.platforms.communities import discord_table, nowhere
from tests.adapters.platforms.test_community_discord_send import cleared
from tests.adapters.rooms.discord.wire import Failing, wired
from tests.adapters.rooms.slack.house import FakeHealth, real_clock

POST = "POST /channels/11/messages"
WORDS = cleared("We look.", ToMention(key=MentionKey(platform="discord", id="11-22")))


class Line:
    """Our side of the wire."""

    def __init__(self) -> None:
        self.clock = real_clock()
        wanted = least_intents() | intents()
        self.connection = Connection(token=SecretStr("t"), clock=self.clock, intents=wanted, health=FakeHealth())
        ground = Ground("discord", [discord_table()], nowhere)
        self.wire = DiscordWire(self.connection, ground, self.clock)
        self.ears = DiscordEars(self.connection, self.wire, ground)
        self.send = DiscordSend(self.wire)


async def test_the_same_attempt_again_makes_no_second_message(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its nonce is made from the attempt's key; another attempt with the same words is another message."""
    async with wired(monkeypatch) as discord:
        line = Line()
        now = await line.clock.now()
        sent, again = await line.send.send(WORDS, now), await line.send.send(WORDS, now)
        assert isinstance(sent, Posted)
        assert again == sent
        other = await line.send.send(WORDS.model_copy(update={"attempt_key": "attempt-2"}), now)
        assert other != sent
        assert len(discord.messages["11"]) == 2


async def test_a_lost_answer_makes_no_second_message(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Discord took it and failed to say so, the library asks again, and it is the same message."""
    async with wired(monkeypatch) as discord:
        discord.next[POST] = [Failing(502, effect=True)]
        line = Line()
        assert isinstance(await line.send.send(WORDS, await line.clock.now()), Posted)
        assert len(discord.messages["11"]) == 1


async def test_a_no_after_a_lost_answer_is_no_definite_no(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first try may have worked, so a person is asked; a no at once is one."""
    async with wired(monkeypatch) as discord:
        discord.next[POST] = [Failing(502, effect=True), Failing(403, code=50013)]
        line = Line()
        now = await line.clock.now()
        assert isinstance(await line.send.send(WORDS, now), Unknown)
        discord.next[POST] = [Failing(403, code=50013)]
        assert isinstance(await line.send.send(WORDS, now), NotSent)


@pytest.mark.parametrize("resumable", [True, False])
async def test_a_broken_session_calls_for_a_walk(monkeypatch: pytest.MonkeyPatch, resumable: bool) -> None:
    """After op 7, whose events Discord tells again, and after op 9, whose events are gone."""
    async with wired(monkeypatch) as discord:
        line, lost = Line(), []
        line.ears.lost = lambda: lost.append(True)

        async def story() -> None:
            await discord.until(lambda: len(lost) == 1)
            await discord.send_op(7 if resumable else 9, False)
            await discord.until(lambda: len(lost) == 2)

        await first(line.connection.attend(), story())
        assert len(lost) == 2
        assert discord.sessions == (1 if resumable else 2)


def test_message_content_is_asked_for_by_a_community_alone() -> None:
    """Message Content is asked for where a community is a source, and nowhere else."""
    assert intents().message_content
    assert not least_intents().message_content
    assert not intents().members
    assert not intents().presences
