"""Slack under load: the edit scheduler at documented limits, in virtual time."""

import asyncio
import random

import pytest

from bot.nouns.team import Refusal
from bot.ports import ThreadRef
from bot.screens.shapes import Answer, Card, Choice, Done, Gesture
from tests.adapters.rooms.slack.load import load
from tests.adapters.rooms.slack.signed import Sender
from tests.adapters.rooms.slack.virtual import CARE, Virtual, card
from tests.fakes import desk_pages as script


async def _send(presses: int, people: int) -> None:
    """So many presses of Send by so many people at once."""
    slack = Virtual()
    first: list[str] = []

    async def hear(gesture: Gesture) -> Answer:
        if not first:
            first.append(gesture.who.id)
            return Done("On its way.")
        return Refusal(because=f"{first[0]} was first.") if gesture.who.id != first[0] else Done("On its way.")

    ready = Card(
        "i1", "i1-1", "Parcel never came", "", script.COOLING.mood, (), (Choice("send", "Send", {"draft": "d1"}),)
    )
    ref = await slack.done(slack.room.open_thread(CARE, ready, "k1"))
    assert isinstance(ref, ThreadRef)
    message, sender = slack.world.messages[CARE.id, ref.id.partition("/")[2]], Sender(slack, hear)
    ids = [f"U{number % people}" for number in range(presses)]
    respond = _Responses(slack)
    presses_ = [
        sender.press(message, "Send", user={"id": id}, response_url=f"https://hooks.slack.com/{n}")
        for n, id in enumerate(ids)
    ]
    await slack.done(asyncio.gather(*presses_))
    await slack.clock.run(60)
    told = {args["user"] for _, method, args in slack.world.log if method == "chat.postEphemeral"}
    assert len(first) == 1
    told |= {ids[int(url.rpartition("/")[2])] for url in respond.urls}
    assert told == set(ids)
    assert sum(method == "chat.postEphemeral" for _, method, _ in slack.world.log) + len(respond.urls) == presses
    assert slack.world.limited.total() == 0


class _Responses:
    """What went to presses' own addresses."""

    def __init__(self, slack: Virtual) -> None:
        self.urls: list[str] = []

        async def respond(url: str, body: object) -> bool:
            self.urls.append(url)
            return True

        slack.room._slack.respond = respond  # type: ignore[method-assign]  # nothing goes over a network here


async def _shuffled(updates: int) -> None:
    """So many updates of ten cards in any order."""
    slack = Virtual()
    refs = []
    for number in range(10):
        ref = await slack.done(slack.room.open_thread(CARE, card(f"i{number}"), f"k{number}"))
        assert isinstance(ref, ThreadRef)
        refs.append(ref)
    last = updates // 10 + 1
    todo = [(number, version) for number in range(10) for version in range(2, last + 1)]
    random.Random(3).shuffle(todo)
    tasks = []
    for number, version in todo:
        tasks.append(
            asyncio.ensure_future(slack.room.repaint(refs[number], card(f"i{number}", f"State {version}.", version)))
        )
        if len(tasks) % 50 == 0:
            await slack.clock.run(0.5)
    await slack.all(*tasks)
    await slack.clock.run(60)
    for ref in refs:
        assert f"State {last}." in slack.world.messages[CARE.id, ref.id.partition("/")[2]]["text"]


async def test_nothing_is_lost_under_load() -> None:
    """Fifty cards with three thousand changes in three minutes: each ends as it should, presses are answered at once."""
    figures = await load(50, 3000, 3)
    assert (figures.lost, figures.limited) == (0, 0)
    assert figures.edits <= figures.least
    assert figures.answer_p99 < 1


async def test_everybody_learns_who_was_first() -> None:
    """Five hundred presses by fifty people: one sends, all are answered."""
    await _send(500, 50)


async def test_a_thousand_shuffled_updates() -> None:
    """The last card is the model's."""
    await _shuffled(1000)


@pytest.mark.chaos
async def test_nothing_is_lost_in_a_storm(capsys: pytest.CaptureFixture[str]) -> None:
    """Five hundred cards and a hundred thousand changes in ten minutes."""
    figures = await load(500, 100_000, 10)
    with capsys.disabled():
        print(figures)
    assert (figures.lost, figures.limited) == (0, 0)


@pytest.mark.chaos
async def test_ten_thousand_presses_of_send() -> None:
    """By fifty people at once."""
    await _send(10_000, 50)


@pytest.mark.chaos
async def test_ten_thousand_shuffled_updates() -> None:
    """The last card is the model's."""
    await _shuffled(10_000)
