"""Looking: what a mention has become, and whether words of ours are there already."""

from datetime import datetime, timedelta
from typing import Any, Final

from adapters.platforms.mastodon_parse import Status, leading_mentions, mention, ours, same_words, status, utc
from adapters.platforms.mastodon_wire import Got, Lost, Wire
from bot.nouns.delivery import Absent, Audience, Cleared, Posted, ToAccount, ToPost
from bot.nouns.mention import AnsweredByUs, CannotTell, Deleted, MentionKey, Said, Seen

#: The server's clock may be behind ours by so much.
SLACK: Final = timedelta(seconds=60)
_PAGES: Final = 5


async def look_again(wire: Wire, key: MentionKey, me: str) -> Seen | Deleted | CannotTell:
    """The post as it stands, with its author's later words in the thread and ours. 404 and 410 mean deleted."""
    got = await wire.ask("GET", f"/api/v1/statuses/{key.id}")
    if isinstance(got, Got) and got.status in (404, 410):
        return Deleted(key=key, at=(await wire.clock.now()).wall)
    post = status(got.body) if isinstance(got, Got) and got.status == 200 else None
    if post is None:
        return CannotTell(because=_why(got))
    below = await _below(wire, key)
    if isinstance(below, str):
        return CannotTell(because=below)
    after = [found for each, raw in below if (found := _after(each, raw, post, me)) is not None]
    return Seen(mention=mention(post, got.body if isinstance(got, Got) else None), after=tuple(after))


def _after(each: Status, raw: Any, post: Status, me: str) -> Said | AnsweredByUs | None:
    if each.account.id == me:
        return ours(each, me)
    return Said(mention=mention(each, raw)) if each.account.id == post.account.id else None


async def find(wire: Wire, cleared: Cleared, me: str, since: datetime | None) -> Posted | Absent | CannotTell:
    """Whether these words stand there. `since`: when the attempt began, if anybody remembers.

    A reply or private word is looked for under its mention; a statement among our own posts; a correction is compared
    with our post (a withdrawn one is there no more). Without `since` the same words at any time count as found: better
    one reply too few than the same one twice.
    """
    text = cleared.words.text if isinstance(cleared.words.text, str) else None
    if text is None:
        return CannotTell(because="The words are gone, so nobody can compare them.")
    match cleared.target:
        case ToPost(key=key):
            return await _corrected(wire, key, text)
        case ToAccount():
            return await _stated(wire, me, text, since)
        case target:
            return await _replied(wire, cleared, target.key, text, me, since)


async def _replied(
    wire: Wire, cleared: Cleared, key: MentionKey, text: str, me: str, since: datetime | None
) -> Posted | Absent | CannotTell:
    below = await _below(wire, key)
    if isinstance(below, str):
        return CannotTell(because=below)
    for each, _ in below:
        right = each.account.id == me and each.in_reply_to_id == key.id
        private = cleared.audience is Audience.PRIVATE
        if right and (each.visibility == "direct" or not private) and _is(each, text, since):
            return Posted(key=each.key, url=each.link)
    return Absent(because="No such reply stands under the mention.")


async def _stated(wire: Wire, me: str, text: str, since: datetime | None) -> Posted | Absent | CannotTell:
    before = ""
    for _ in range(_PAGES):
        params = [("limit", "40"), ("exclude_replies", "true"), ("exclude_reblogs", "true")]
        got = await wire.ask(
            "GET", f"/api/v1/accounts/{me}/statuses", params=params + ([("max_id", before)] if before else [])
        )
        if not isinstance(got, Got) or got.status != 200 or not isinstance(got.body, list):
            return CannotTell(because=_why(got))
        posts = [post for raw in got.body if (post := status(raw)) is not None]
        for each in posts:
            if _is(each, text, since):
                return Posted(key=each.key, url=each.link)
        if not posts or (since is not None and utc(posts[-1].created_at) < since - SLACK):
            break
        before = posts[-1].id
    return Absent(because="No such statement stands among our posts.")


async def _corrected(wire: Wire, key: MentionKey, text: str) -> Posted | Absent | CannotTell:
    got = await wire.ask("GET", f"/api/v1/statuses/{key.id}")
    if isinstance(got, Got) and got.status in (404, 410):
        return Absent(because="Our post is no longer there.") if text else Posted(key=key)
    post = status(got.body) if isinstance(got, Got) and got.status == 200 else None
    if post is None:
        return CannotTell(because=_why(got))
    if text and same_words(post.text, text):
        return Posted(key=key, url=post.link)
    return Absent(because="Our post stands as it was.")


async def opening(wire: Wire, key: MentionKey) -> str | None:
    """The mentions our own post begins with, or None where it cannot be read."""
    got = await wire.ask("GET", f"/api/v1/statuses/{key.id}/source")
    if not isinstance(got, Got) or got.status != 200 or not isinstance(got.body, dict):
        return None
    text = got.body.get("text")
    return leading_mentions(text) if isinstance(text, str) else None


async def _below(wire: Wire, key: MentionKey) -> list[tuple[Status, Any]] | str:
    got = await wire.ask("GET", f"/api/v1/statuses/{key.id}/context")
    if not isinstance(got, Got) or got.status != 200 or not isinstance(got.body, dict):
        return _why(got)
    found = got.body.get("descendants")
    if not isinstance(found, list):
        return _why(got)
    return [(post, raw) for raw in found if (post := status(raw)) is not None]


def _is(post: Status, text: str, since: datetime | None) -> bool:
    recent = since is None or utc(post.created_at) >= since - SLACK
    return recent and same_words(post.text, text)


def _why(got: Got | Lost) -> str:
    return got.because if isinstance(got, Lost) else f"Mastodon answered {got.status}, which tells nothing."
