"""What a server says, read without a server: odd ones, hostile ones, and those that are not Mastodon."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.platforms.mastodon_parse import (
    leading_mentions,
    mention,
    names,
    noticed,
    ours,
    same_words,
    status,
    visibility,
)
from bot.nouns.mention import Edited, Said, Unreadable

RAW: dict[str, Any] = {
    "id": "01HZX0ULID",
    "content": "<p>@shop broken</p><p>again<br/>and again</p>",
    "spoiler_text": "rant",
    "url": None,
    "uri": "https://gts.example/users/a/statuses/01HZX0ULID",
    "created_at": "2026-03-02T09:00:00.000Z",
    "edited_at": None,
    "in_reply_to_id": "01PARENT",
    "in_reply_to_account_id": "me",
    "visibility": "unlisted",
    "language": "en",
    "media_attachments": [{}, {}],
    "mentions": [{"id": "me", "acct": "shop"}],
    "account": {"id": "a", "acct": "ann@gts.example", "username": "ann", "display_name": "", "followers_count": 7},
}


def changed(**fields: Any) -> dict[str, Any]:
    """The post, changed."""
    return RAW | fields


def test_a_post_becomes_a_mention() -> None:
    """Every field finds its place; the content warning comes first."""
    post = status(RAW)
    assert post is not None
    read = mention(post, RAW)
    assert read.text == "rant\n\n@shop broken\n\nagain\nand again"
    assert (read.author.handle, read.author.name, read.author.followers) == ("ann@gts.example", "ann", 7)
    assert (read.url, read.visibility, read.media, read.lang) == (RAW["uri"], "unlisted", 2, "en")
    assert (read.key.id, read.in_reply_to, read.raw) == ("01HZX0ULID", "01PARENT", RAW)


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ({"id": "1", "type": "mention", "status": RAW}, Said),
        ({"id": 1, "type": "update", "status": RAW}, Edited),
        ({"id": "1", "type": "mention", "status": {"id": "2"}}, Unreadable),
        ({"id": "1"}, Unreadable),
        ("nonsense", Unreadable),
        ({"id": "1", "type": "favourite", "status": RAW}, type(None)),
        ({"id": "1", "type": "mention", "status": None}, type(None)),
        ({"id": "1", "type": "one.nobody.knows"}, type(None)),
    ],
)
def test_a_notification_is_news_or_not(raw: Any, kind: type) -> None:
    """Mentions and edits are news, what cannot be read is kept aside, the rest is nothing to us."""
    assert type(noticed(raw)) is kind


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda x: st.lists(x) | st.dictionaries(st.sampled_from(sorted(RAW)), x),
    )
)
def test_nothing_a_server_says_can_raise(raw: Any) -> None:
    """A hostile answer is unreadable, not an exception."""
    status(raw)
    noticed({"id": "1", "type": "mention", "status": raw})


def test_only_answers_to_others_are_answers_by_us() -> None:
    """Our own threads, boosts and posts of others are none."""
    own = changed(account={"id": "me"}, in_reply_to_account_id="a")
    for raw, told in [
        (own, True),
        (own | {"in_reply_to_account_id": "me"}, False),
        (own | {"in_reply_to_id": None}, False),
        (own | {"reblog": RAW}, False),
        (RAW, False),
    ]:
        post = status(raw)
        assert post is not None
        assert (ours(post, "me") is not None) is told


@pytest.mark.parametrize("url", ["javascript:alert(1)", "", "ftp://x", None])
def test_only_web_addresses_are_links(url: str | None) -> None:
    """A server cannot make us show any other."""
    post = status(changed(url=url, uri="data:x"))
    assert post is not None
    assert post.link == ""


@pytest.mark.parametrize(
    ("posted", "sent", "same"),
    [
        ("@ann Hello  there", "Hello there", True),
        ("@ann Hello\n\nthere", "@ann@gts.example Hello there", True),
        ("very important", "*very* **important**", True),
        ("Hello there", "Hello here", False),
        ("", "Hello", False),
    ],
)
def test_same_words(posted: str, sent: str, same: bool) -> None:
    """Mentions, white space and emphasis may change on the way; words may not."""
    assert same_words(posted, sent) is same


def test_names_are_whole() -> None:
    """A longer name, another server, or an address within a link is somebody else."""
    assert names("thanks @Ann@gts.example!", "ann@gts.example")
    assert not names("thanks @ann", "ann@gts.example")
    assert not names("thanks @anna", "ann")
    assert not names("https://x.example/@ann", "ann")
    assert not names("mail x@ann", "ann")


def test_leading_mentions() -> None:
    """Only those that a post begins with."""
    assert leading_mentions("@a @b@c.example hello @d") == "@a @b@c.example "
    assert leading_mentions("hello @d") == ""


def test_an_unknown_audience_is_the_narrowest() -> None:
    """Whatever a server calls it."""
    assert visibility("public") == "public"
    assert visibility("mutuals_only") == "direct"
