"""A community in Slack on a replica that does not listen: what Slack hands to its doors is kept all the same."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from adapters.connections.slack_answers import Answer, Answered, Lost
from adapters.connections.slack_events import SlackEvents
from adapters.platforms.community_slack import CommunitySlack
from adapters.platforms.community_slack_ears import NOT_HERE, NOT_NOW, THANKS
from bot.errors import StoreAway
from bot.nouns.mention import Deleted, Edited, Said
from bot.nouns.team import Place, Refusal
from tests.adapters.platforms.communities import nobody_waits, slack_message, slack_table
from tests.adapters.platforms.ears import Ears
from tests.adapters.platforms.test_community_slack_limits import KEY, TS, Scripted, messages

CARE, EYES = "C0CARE", "eyes"
AWAY = Refusal(because="The store cannot be reached.")
MARA: Answer = Answered({"ok": True, "user": {"id": "U0MARA", "name": "mara"}})
REACTION = {"type": "reaction_added", "user": "U0KIM", "reaction": EYES, "item": {"channel": CARE, "ts": TS}}
REMOVAL = {"type": "message", "subtype": "message_deleted", "channel": CARE, "deleted_ts": TS}
EDIT = {
    "type": "message",
    "subtype": "message_changed",
    "channel": CARE,
    "message": slack_message(text="It is worse now.", edited={"user": "U0MARA", "ts": "1700000009.000000"}),
    "previous_message": slack_message(),
}


class _Replica(Scripted):
    """Nobody listens here, and the doors are open. `told` is what whoever reported something reads."""

    def __init__(self, **answers: Answer) -> None:
        standing = {"users.info": MARA, "conversations.replies": messages(slack_message())}
        super().__init__(standing | {name.replace("__", "."): each for name, each in answers.items()})
        self.events, self.ears = SlackEvents(), Ears()
        self.told: list[str] = []
        self.sits: list[Place] = []
        self.away = False
        self.platform = CommunitySlack(
            slack=self,
            tables=[slack_table(CARE, report_emoji=EYES)],
            places=self._places,
            awaited=nobody_waits,
            clock=self.ticks._clock,
            events=self.events,
        )

    async def respond(self, url: str, body: Mapping[str, Any]) -> bool:
        """An answer for one person alone."""
        self.told.append(str(body["text"]))
        return True

    async def reports(self, channel: str = CARE) -> None:
        """A member, from the menu of Mara's message."""
        report = {"type": "message_action", "callback_id": "coolhead_report", "channel": {"id": channel}}
        assert await self.events.tell("interactive", {**report, "message": slack_message()})

    async def happens(self, event: Mapping[str, Any]) -> None:
        """Slack tells of it."""
        assert not await self.events.tell("events_api", {"type": "event_callback", "event": event})

    async def _places(self) -> Sequence[Place]:
        if self.away:
            raise StoreAway
        return self.sits


def _replica(**answers: Answer) -> _Replica:
    made = _Replica(**answers)
    assert made.platform.doors(made.ears) == ()
    return made


async def test_a_report_is_kept_and_thanked() -> None:
    """From the menu: stored before it is thanked for, with its author's name and its link."""
    replica = _replica()
    await replica.reports()
    (said,) = replica.ears.of(Said)
    assert (said.mention.key, said.mention.direct, said.mention.author.name) == (KEY, True, "mara")
    assert said.mention.url.startswith("https://shop.slack.com/archives/C0CARE/")
    assert replica.told == [THANKS]


async def test_reports_by_reaction_edits_and_deletions_are_kept() -> None:
    """As where somebody listens; one that was heard before is told as an edit."""
    replica = _replica()
    for event in (REACTION, EDIT, REMOVAL):
        await replica.happens(event)
    await replica.reports()
    assert [type(each) for each in replica.ears.news] == [Said, Edited, Deleted, Edited]


async def test_what_is_said_is_heard_and_answers_are_left_to_who_listens() -> None:
    """Whom an answer in a thread is for is known only to the replica that listens; its walks find it there."""
    replica = _replica()
    await replica.happens({**slack_message(), "channel": CARE})
    answer = slack_message(ts="1700000009.000000", thread_ts=TS, text="We look into it.")
    await replica.happens({**answer, "channel": CARE})
    (said,) = replica.ears.of(Said)
    assert said.mention.key == KEY
    assert len(replica.ears.news) == 1


@pytest.mark.parametrize("event", [REACTION, EDIT, REMOVAL], ids=["reaction", "edit", "removal"])
async def test_what_cannot_be_kept_is_delivered_again(event: Mapping[str, Any]) -> None:
    """While the store is away, Slack does not answer, or our doors are not open yet, it is not confirmed."""
    store, silent, early = _replica(), _replica(auth__test=Lost("broke")), _Replica()
    store.ears.deaf = AWAY
    for replica in (store, silent, early):
        with pytest.raises(StoreAway):
            await replica.happens(event)
        assert replica.ears.news == []
    store.ears.deaf = None
    await store.happens(event)
    assert len(store.ears.news) == 1


async def test_whoever_reports_is_told_how_it_is() -> None:
    """That it was not kept just now; that nobody listens there only where that is so."""
    replica = _replica()
    replica.ears.deaf = AWAY
    await replica.reports()
    replica.ears.deaf = None
    replica.away = True
    await replica.reports()
    replica.away = False
    await replica.reports("C0ELSEWHERE")
    replica.sits = [Place(room="slack", id=CARE, name="care")]
    await replica.reports()
    assert replica.told == [NOT_NOW, NOT_NOW, NOT_HERE, NOT_HERE]
    assert replica.ears.news == []


async def test_where_nobody_listens_slack_is_asked_nothing() -> None:
    """Edits and reactions in other channels, or with other emoji, are no business of ours."""
    replica = _replica()
    for event in (
        {**EDIT, "channel": "C0ELSEWHERE"},
        {**REACTION, "item": {"channel": "C0ELSEWHERE", "ts": TS}},
        {**REACTION, "item": "?"},
    ):
        await replica.happens(event)
    assert replica.asked == []
    await replica.happens({**REACTION, "reaction": "tada"})
    assert replica.ears.news == []
