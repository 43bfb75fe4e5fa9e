"""Reading what Discord and Slack say of a message: pure, whatever comes."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.connections import slack_markup
from adapters.platforms import community_discord_parse as discord_parse
from adapters.platforms import community_mark as marks
from adapters.platforms import community_slack_parse as slack_parse
from adapters.platforms.community_discord_parse import Where
from bot.nouns.mention import Cursor, MentionKind
from tests.adapters.platforms.communities import discord_message, slack_message

HERE = Where("11", guild="7")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)
DISCORD_KEYS = st.sampled_from(
    [*discord_message(), "message_reference", "referenced_message", "message_snapshots", "poll"]
)
SLACK_KEYS = st.sampled_from([*slack_message(), "subtype", "thread_ts", "user_profile", "files", "edited", "metadata"])


def test_a_discord_message_is_read_as_people_read_it() -> None:
    """Names for ids, emoji by name, and who is spoken to."""
    raw = discord_message(
        content="<@5> and <@!9>, see <:sad:123> <#77>", mentions=[{"id": "9", "username": "ana", "global_name": "Ana"}]
    )
    post = discord_parse.post(raw, HERE)
    assert post is not None
    assert post.text == "@5 and @Ana, see :sad: <#77>"
    assert post.named == {"5", "9"}
    assert post.url == "https://discord.com/channels/7/11/22"
    assert (post.author.name, post.author.handle) == ("Mara", "mara")
    assert post.at.tzinfo is not None


@pytest.mark.parametrize(
    ("more", "name", "value"),
    [
        ({"message_reference": {"message_id": "21", "channel_id": "11"}}, "answers", "21"),
        ({"message_reference": {"message_id": "21", "channel_id": "99"}}, "answers", ""),
        ({"message_reference": {"type": 1, "message_id": "21", "channel_id": "11"}}, "answers", ""),
        ({"webhook_id": "5"}, "human", False),
        ({"author": {"id": "5", "username": "b", "bot": True}}, "human", False),
        ({"edited_timestamp": "2026-03-02T12:01:00+00:00"}, "edited", True),
        ({"attachments": [{}, {}], "sticker_items": [{}]}, "media", 3),
        ({"content": ""}, "blind", True),
        ({"content": "", "attachments": [{}]}, "blind", False),
        ({"content": "", "poll": {"question": {}}}, "blind", False),
        ({"content": "", "message_snapshots": [{"message": {"content": "kept"}}]}, "text", "kept"),
    ],
)
def test_what_stands_in_a_discord_message(more: dict[str, Any], name: str, value: object) -> None:
    """Answers within the channel, programs, edits, pictures, what was forwarded, and what we may not read."""
    post = discord_parse.post(discord_message(**more), HERE)
    assert post is not None
    assert getattr(post, name) == value


def test_notices_of_discords_are_no_posts() -> None:
    """Somebody joined, something was pinned; nor is a message without an author."""
    assert discord_parse.post(discord_message(type=7), HERE) is None
    assert discord_parse.post(discord_message(author=None), HERE) is None
    assert discord_parse.post("nonsense", HERE) is None


def test_the_first_message_of_a_forum_post_bears_its_title() -> None:
    """Its thread has its id."""
    thread = Where("11", guild="7", parent="3", title="Banned", forum=True)
    first = discord_parse.post(discord_message(id="11"), thread)
    below = discord_parse.post(discord_message(), thread)
    assert first is not None
    assert below is not None
    assert (first.kind, first.text) == (MentionKind.POST, "Banned\n\nMy appeal was refused.")
    assert (below.kind, below.text) == (MentionKind.CHAT, "My appeal was refused.")


def test_a_channel_is_read_with_what_it_lies_in() -> None:
    """Only a thread has a parent that counts: a category is none."""
    thread = discord_parse.where({"id": "5", "type": 11, "guild_id": "7", "parent_id": "3", "name": "t"})
    assert thread == Where("5", "7", "3", "t")
    assert discord_parse.where({"id": "5", "type": 0, "guild_id": "7", "parent_id": "3", "name": "t"}) == Where(
        "5", "7"
    )
    assert discord_parse.where({"id": "x"}) is None
    assert discord_parse.where([]) is None


def test_a_slack_message_is_read_as_people_read_it() -> None:
    """Its markup back into plain words."""
    raw = slack_message(
        text="&lt;b&gt; <@U1> <@U2|ben> <#C1|care> <!here> <https://a.example|here> <mailto:a@b.example>"
    )
    post = slack_parse.post(raw, "C0CARE", {"U1": "Ana"}, "https://shop.slack.com/")
    assert post is not None
    assert post.text == "<b> @Ana @ben #care @here here (https://a.example) a@b.example"
    assert post.named == {"U1", "U2"}
    assert post.url == "https://shop.slack.com/archives/C0CARE/p1700000000000100"


@pytest.mark.parametrize(
    ("more", "name", "value"),
    [
        ({"thread_ts": "1700000000.000100"}, "answers", ""),
        ({"thread_ts": "1699999999.000100", "parent_user_id": "UBOT"}, "answered", "UBOT"),
        ({"thread_ts": "1699999999.000100"}, "answers", "1699999999.000100"),
        ({"subtype": "bot_message", "bot_id": "B1"}, "human", False),
        ({"subtype": None, "bot_id": None}, "human", True),
        ({"files": [{}]}, "media", 1),
        ({"edited": {"ts": "1.0"}}, "edited", True),
    ],
)
def test_what_stands_in_a_slack_message(more: dict[str, Any], name: str, value: object) -> None:
    """Threads, programs, files, edits."""
    post = slack_parse.post(slack_message(**more), "C0CARE", {})
    assert post is not None
    assert getattr(post, name) == value


@pytest.mark.parametrize("more", [{"subtype": "channel_join"}, {"ts": "x"}, {"user": ""}, {"text": 5}])
def test_notices_of_slacks_are_no_posts(more: dict[str, Any]) -> None:
    """Nor is what cannot be read."""
    assert slack_parse.post(slack_message(**more), "C0CARE", {}) is None


@given(JSON, st.dictionaries(DISCORD_KEYS, JSON, max_size=6))
def test_no_discord_payload_breaks_us(raw: Any, more: dict[str, Any]) -> None:
    """Whatever comes, it is a post or none."""
    for each in (raw, more, discord_message(**more)):
        post = discord_parse.post(each, HERE)
        assert post is None or post.key.id.startswith("11-") or post.channel != "11"
        discord_parse.where(each)


@given(JSON, st.dictionaries(SLACK_KEYS, JSON, max_size=6))
def test_no_slack_payload_breaks_us(raw: Any, more: dict[str, Any]) -> None:
    """Whatever comes, it is a post or none."""
    for each in (raw, more, slack_message(**more)):
        post = slack_parse.post(each, "C0CARE", {})
        assert post is None or post.key.id.startswith("C0CARE-")


@given(st.text(max_size=40))
def test_an_id_is_ours_or_none(text: str) -> None:
    """What is put into a question to Discord or Slack is digits, or a channel's letters."""
    at = discord_parse.pair(text)
    assert at is None or f"{at[0]}-{at[1]}".isascii()
    there = slack_parse.pair(text)
    assert there is None or "-".join(there) == text
    stored = marks.read(Cursor(source="discord", at=text))
    assert stored is None or marks.order(stored.floor)


@given(st.text(max_size=60))
def test_words_of_ours_survive_slack(text: str) -> None:
    """Escaped and back they are the same, and hold nothing that Slack reads as a ping."""
    assert "<" not in slack_markup.escaped(text)
    assert slack_markup.unescaped(slack_markup.escaped(text)) == text


def test_a_mark_that_cannot_be_read_is_none() -> None:
    """A cursor of somebody else's, or with ids that are none."""
    assert marks.read(None) is None
    assert marks.read(_stored(floor="x")) is None
    assert marks.read(_stored(floor="1.2", channels={"C": "y"})) is None
    good = marks.read(_stored(floor="1.2", channels={"C": "3.1"}))
    assert good is not None
    assert (good.after("C"), good.after("D")) == ("3.1", "1.2")


def _stored(**mark: object) -> Cursor:
    return Cursor(source="slack", at=json.dumps({"at": "2026-03-02T12:00:00Z", **mark}))


def test_a_moment_out_of_the_calendar_is_none() -> None:
    """A message that claims to be from before all time cannot be read."""
    assert discord_parse.post(discord_message(timestamp="0001-01-01T00:00:00+23:00"), HERE) is None
    assert slack_parse.post(slack_message(ts="99999999999.0"), "C0CARE", {}) is None
