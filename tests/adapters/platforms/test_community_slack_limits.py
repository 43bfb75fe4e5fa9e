"""A community in Slack where Slack is short of answers: pages, limits, lost answers, and every no it has."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from pydantic import SecretStr

from adapters.connections.slack import Secret, Slack
from adapters.connections.slack_answers import LIMITED, TOKEN, UNSURE, Answer, Answered, Lost, Refused
from adapters.platforms.community_attempts import DEADLINE
from adapters.platforms.community_ground import Ground
from adapters.platforms.community_network import Away, Closed, Gone, Page
from adapters.platforms.community_slack import CommunitySlack
from adapters.platforms.community_slack_look import EVENT, mark
from adapters.platforms.community_slack_send import REFUSED, verdict
from adapters.platforms.community_slack_wire import SlackWire
from bot.nouns.delivery import Absent, Cleared, NotSent, Posted, ToAuthor, ToMention, ToPost, Unknown
from bot.nouns.mention import CannotTell, Deleted, MentionKey
from tests.adapters.platforms.communities import nobody_waits, nowhere, slack_message, slack_table
from tests.adapters.platforms.ears import QuickClock
from tests.adapters.platforms.test_community_discord_send import cleared
from tests.fakes.clock import FakeClock

TS = "1700000000.000100"
KEY = MentionKey(platform="slack", id=f"C0CARE-{TS}")
ME: Answer = Answered({"ok": True, "user_id": "UBOT", "url": "https://shop.slack.com/"})
Script = Callable[[Mapping[str, Any]], Answer]


class Patient(QuickClock):
    """Nobody waits long for a turn, and nothing times out."""

    async def sleep(self, seconds: float) -> None:
        """A deadline never comes."""
        await (asyncio.Event().wait() if seconds == DEADLINE else super().sleep(seconds))


class Scripted(Slack):
    """Answers by method: one answer, or a function of what was asked. `asked` is all that was."""

    def __init__(self, answers: Mapping[str, Answer | Script]) -> None:
        super().__init__(token=SecretStr("t"), clock=Patient())
        self.answers = {"auth.test": ME, **answers}
        self.asked: list[tuple[str, Mapping[str, Any]]] = []

    async def once(self, method: str, args: Mapping[str, Any], token: Secret) -> Answer:
        """No network."""
        del token
        self.asked.append((method, args))
        answer = self.answers.get(method, Refused("unknown_method"))
        return answer(args) if callable(answer) else answer


def messages(*found: Mapping[str, Any], cursor: str = "") -> Answered:
    """A page of them."""
    return Answered({"ok": True, "messages": list(found), "response_metadata": {"next_cursor": cursor}})


def scripted(**answers: Answer | Script) -> Scripted:
    """A connection by that script; dots are written as two underscores."""
    return Scripted({name.replace("__", "."): each for name, each in answers.items()})


def wire(**answers: Answer | Script) -> SlackWire:
    """A wire over a script."""
    return SlackWire(scripted(**answers), Ground("slack", [slack_table()], nowhere))


def platform(**answers: Answer | Script) -> CommunitySlack:
    """A platform over a script, posting as the app."""
    return over(scripted(**answers))


def over(slack: Scripted) -> CommunitySlack:
    """The same over a connection that the test goes on to look at."""
    tables = [slack_table(post_as_bot=True)]
    return CommunitySlack(slack=slack, tables=tables, places=nowhere, awaited=nobody_waits, clock=slack.ticks._clock)


def words(text: str = "We look.", target: object = None, **more: str) -> Cleared:
    """A reply."""
    return cleared(text, target or ToMention(key=KEY), **more)


async def test_a_channel_is_read_back_to_the_mark() -> None:
    """Page by page, newest first as Slack has it; handed over oldest first, threads below among them."""

    def history(args: Mapping[str, Any]) -> Answer:
        newest = slack_message(ts="1700000009.000000", text="newest")
        root = slack_message(ts="1700000005.000000", text="root", reply_count=1, latest_reply="1700000007.000000")
        old = slack_message(ts="1700000001.000000", text="old")
        return messages(root, old) if args.get("cursor") else messages(newest, cursor="next")

    reply = slack_message(ts="1700000007.000000", thread_ts="1700000005.000000", text="reply")
    found = await wire(conversations__history=history, conversations__replies=messages(reply)).page(
        "C0CARE", "1700000004.000000"
    )
    assert isinstance(found, Page)
    assert [each.text for each in found.posts] == ["root", "reply", "newest"]
    assert (found.last, found.cut) == ("1700000009.000000", False)


async def test_more_than_we_read_is_said() -> None:
    """A history that goes on and on is cut off, and that is told."""
    endless = messages(slack_message(), cursor="more")
    found = await wire(conversations__history=endless).page("C0CARE", "1.0")
    assert isinstance(found, Page)
    assert found.cut


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Refused("not_in_channel"), Closed),
        (Refused("missing_scope"), Closed),
        (Refused("invalid_auth"), Away),
        (Refused("something_new"), Away),
        (Refused("thread_not_found"), Away),
        (Lost("broke"), Away),
    ],
)
async def test_why_a_channel_cannot_be_read(answer: Answer, kind: type) -> None:
    """What a person must change is told apart from what time changes."""
    assert isinstance(await wire(conversations__history=answer).page("C0CARE", "1.0"), kind)


async def test_one_message_is_there_or_gone_or_nobody_can_tell() -> None:
    """A tombstone is gone; an answer that shows other messages tells nothing."""
    for answer, kind in (
        (Refused("thread_not_found"), Gone),
        (messages(), Gone),
        (messages(slack_message(subtype="tombstone")), Gone),
        (messages(slack_message(ts="1700000000.000200")), Away),
        (messages(slack_message(subtype="channel_join")), Closed),
        (Lost("broke"), Away),
    ):
        assert isinstance(await wire(conversations__replies=answer).fetch("C0CARE", TS), kind), answer
    assert isinstance(await platform(conversations__replies=Refused("thread_not_found")).look_again(KEY), Deleted)
    assert isinstance(await platform(conversations__replies=Lost("broke")).look_again(KEY), CannotTell)


async def test_a_lost_answer_is_unknown_and_found_by_its_mark() -> None:
    """The same attempt is known again among other words of ours; another one is not it."""
    mine = slack_message(
        ts="1700000003.000000",
        user="UBOT",
        thread_ts=TS,
        text="We look.",
        metadata={"event_type": EVENT, "event_payload": {"key": mark("attempt-1")}},
    )
    slack = scripted(conversations__replies=messages(slack_message(), mine), chat__postMessage=Lost("broke"))
    there = over(slack)
    assert isinstance(await there.send(words()), Unknown)
    found = await there.find(words())
    assert isinstance(found, Posted)
    assert found.url == f"https://shop.slack.com/archives/C0CARE/p1700000003000000?thread_ts={TS}&cid=C0CARE"
    assert isinstance(await there.find(words(attempt="attempt-2")), Absent)
    posts = [method for method, _ in slack.asked if method == "chat.postMessage"]
    assert len(posts) == 1


async def test_without_a_mark_the_words_and_the_time_decide() -> None:
    """Slack may keep no metadata; a person's same words are not ours."""
    bare = slack_message(ts="1700000003.000000", user="UBOT", text="We &lt;look&gt;.", thread_ts=TS)
    theirs = {**bare, "user": "U0KIM"}
    assert isinstance(
        await platform(conversations__replies=messages(slack_message(), bare)).find(words("We <look>.")), Posted
    )
    assert isinstance(
        await platform(conversations__replies=messages(slack_message(), theirs)).find(words("We <look>.")), Absent
    )
    endless = messages(slack_message(), cursor="more")
    assert isinstance(await platform(conversations__replies=endless).find(words()), CannotTell)
    assert isinstance(await platform(conversations__replies=Lost("broke")).find(words()), CannotTell)


async def test_what_keeps_a_private_word_from_going_out() -> None:
    """Nobody to write to, and a direct message that does not open, are definite: nothing was written."""
    about = ToAuthor(key=KEY)
    assert isinstance(await platform().send(words(target=about)), NotSent)
    shut = platform(conversations__open=Refused("cannot_dm_bot"))
    assert await shut.send(words(target=about, author="U1")) == NotSent(because=REFUSED["cannot_dm_bot"])
    lost = platform(conversations__open=Lost("broke"))
    assert isinstance(await lost.send(words(target=about, author="U1")), NotSent)
    assert isinstance(await lost.find(words(target=about, author="U1")), CannotTell)
    assert isinstance(await lost.find(words(target=about)), CannotTell)
    opened = {"conversations__open": Answered({"channel": {"id": "D1"}})}
    assert isinstance(
        await platform(**opened, conversations__history=messages()).find(words(target=about, author="U1")), Absent
    )
    assert isinstance(
        await platform(**opened, conversations__history=Lost("x")).find(words(target=about, author="U1")), CannotTell
    )


async def test_before_anything_is_written() -> None:
    """Slack away, the message gone, or unreadable: definite, and nothing was asked to be posted."""
    silent = platform(auth__test=Lost("broke"))
    assert isinstance(await silent.send(words()), NotSent)
    assert isinstance(await platform(conversations__replies=messages()).send(words()), NotSent)
    assert isinstance(await platform(conversations__replies=Lost("broke")).send(words()), NotSent)


async def test_a_withdrawal_that_finds_nothing_is_not_taken_for_done() -> None:
    """Somebody else may have taken it away."""
    gone = platform(chat__delete=Refused("message_not_found"), conversations__replies=messages())
    assert isinstance(await gone.send(words("", ToPost(key=KEY))), Unknown)
    assert isinstance(await gone.find(words("", ToPost(key=KEY))), Posted)
    assert isinstance(await gone.find(words("By six.", ToPost(key=KEY))), Absent)
    away = platform(conversations__replies=Lost("broke"))
    assert isinstance(await away.find(words("By six.", ToPost(key=KEY))), CannotTell)


@pytest.mark.parametrize("error", sorted({*REFUSED, *TOKEN, *LIMITED}))
def test_what_is_listed_is_a_definite_no(error: str) -> None:
    """With a sentence; slowing down ends by itself."""
    told = verdict(Refused(error, 5.0), None, FakeClock().at)
    assert isinstance(told, NotSent)
    assert told.because
    assert (told.until is not None) == (error in LIMITED)


@pytest.mark.parametrize("error", sorted({*UNSURE, "something_new", "duplicate_message_not_found"}))
def test_everything_else_asks_a_person(error: str) -> None:
    """Also what Slack itself calls possibly done."""
    assert isinstance(verdict(Refused(error), None, FakeClock().at), Unknown)
    assert isinstance(verdict(Lost("broke"), None, FakeClock().at), Unknown)


async def test_the_check_says_what_to_do() -> None:
    """No answer, a scope that is missing, a channel that is not to be read or that nobody invited us to."""
    scopes = frozenset({"channels:history", "users:read", "reactions:read", "chat:write"})
    body = {"user_id": "UBOT"}
    for answers in (
        {"auth__test": Refused("invalid_auth")},
        {"auth__test": Lost("broke")},
        {"auth__test": Answered(body, frozenset({"chat:write"}))},
        {"auth__test": Answered(body, scopes), "conversations__info": Refused("channel_not_found")},
        {"auth__test": Answered(body, scopes), "conversations__info": Answered({"channel": {"is_member": False}})},
    ):
        (found,) = await platform(**answers).check()
        assert not found.ok
        assert found.fix
    good = {"auth__test": Answered(body, scopes), "conversations__info": Answered({"channel": {"is_member": True}})}
    (found,) = await platform(**good).check()
    assert found.ok
    assert "as our app" in found.what
