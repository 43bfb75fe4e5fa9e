"""The fake public square: a platform of its own, in memory, with a page to look at. Only for `coolhead demo`."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.demo.afternoon import AFTERNOON, Turn
from bot.demo.square_page import LOOK, Post, page
from bot.nouns.caution import Length
from bot.nouns.delivery import (
    Absent,
    Account,
    Audience,
    Cleared,
    Delivery,
    How,
    NotSent,
    Posted,
    Reach,
    ToAuthor,
    ToMention,
    ToPost,
    Way,
)
from bot.nouns.mention import (
    Author,
    CannotTell,
    Cursor,
    Deleted,
    Edited,
    Hear,
    Mention,
    MentionKey,
    MentionKind,
    News,
    Said,
    Seen,
)
from bot.ports import Clock, Door, Finding, Knock, Response

NAME = "square"
LIMIT = 500


@dataclass
class Square:
    """Implements `bot.ports.Platform`. Remembers the attempt key of every post, as a good platform would."""

    clock: Clock
    base_url: str
    posts: dict[str, Post] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """`square`."""
        return NAME

    def trouble(self) -> str | None:
        """Nothing here can fail by itself."""
        return None

    def doors(self, hear: Hear) -> Sequence[Door]:
        """The page on which everything said on the square can be read, and what it looks like."""
        del hear
        return (Door("GET", "/square", self._page), Door("GET", "/square/look.css", self._look))

    async def listen(self, since: Cursor | None, hear: Hear) -> None:
        """Play the afternoon, from where it was left."""
        played = int(since.at) if since is not None else 0
        if not self.posts:  # the square was opened anew: what was said before stands there again
            at = (await self.clock.now()).wall
            for turn in AFTERNOON[:played]:
                self._play(turn, at)
        began = (await self.clock.now()).elapsed - (AFTERNOON[played - 1].second if played else 0)
        for number, turn in enumerate(AFTERNOON[played:], start=played + 1):
            await self.clock.sleep(max(0.0, began + turn.second - (await self.clock.now()).elapsed))
            news = self._play(turn, (await self.clock.now()).wall)
            await hear([news], Cursor(source=NAME, at=str(number)))

    def _play(self, turn: Turn, at: datetime) -> News:
        if turn.what == "deleted":
            self.posts[turn.post] = replace(self.posts[turn.post], deleted=True)
            return Deleted(key=_key(turn.post), at=at)
        if turn.what == "edited":
            self.posts[turn.post] = replace(self.posts[turn.post], text=turn.text)
            return Edited(mention=self._mention(self.posts[turn.post]))
        self.posts[turn.post] = Post(
            id=turn.post,
            who=turn.who,
            handle=turn.handle,
            text=turn.text,
            at=at,
            answers=turn.answers,
            followers=turn.followers,
            rating=turn.rating,
        )
        return Said(mention=self._mention(self.posts[turn.post]))

    def _mention(self, post: Post) -> Mention:
        return Mention(
            key=_key(post.id),
            text=post.text,
            author=Author(id=post.handle or post.id, name=post.who, handle=post.handle, followers=post.followers),
            url=f"{self.base_url}/square#{post.id}",
            at=post.at,
            in_reply_to=post.answers,
            rating=post.rating,
            kind=MentionKind.POST if post.rating is None else MentionKind.REVIEW,
            source=NAME,
            visibility="public",
        )

    async def look_again(self, key: MentionKey) -> Seen | Deleted | CannotTell:
        """The post as it stands now. The script tells later posts by itself, so nothing is listed after it."""
        post = self.posts.get(key.id)
        if post is None:
            return CannotTell(because="The square was opened anew and has forgotten this post.")
        if post.deleted:
            return Deleted(key=key, at=(await self.clock.now()).wall)
        return Seen(mention=self._mention(post))

    def reach(self, subject: Mention | Account) -> Reach:
        """Everybody can be reached in public and in private."""
        del subject
        return Reach(public=Way(how=How.API), private=Way(how=How.API))

    def measure(self, words: str) -> Length:
        """Code points, at most 500."""
        return Length(used=len(words), limit=LIMIT)

    async def send(self, cleared: Cleared) -> Delivery:
        """Put it on the square. The same attempt key posts once."""
        found = await self.find(cleared)
        if isinstance(found, Posted):
            return found
        if isinstance(cleared.target, ToPost):
            return self._correct(cleared.target, cleared.words.read(""))
        number = f"shop-{len(self.posts) + 1}"
        answers = cleared.target.key.id if isinstance(cleared.target, ToMention | ToAuthor) else ""
        self.posts[number] = Post(
            id=number,
            who="The shop",
            handle="shop",
            text=cleared.words.read(""),
            at=(await self.clock.now()).wall,
            answers=answers,
            ours=True,
            private=cleared.audience is Audience.PRIVATE,
            attempt=cleared.attempt_key,
        )
        return self._posted(number)

    def _correct(self, target: ToPost, words: str) -> Delivery:
        if target.key.id not in self.posts:
            return NotSent(because="The square has no such post.")
        self.posts[target.key.id] = replace(self.posts[target.key.id], text=words, deleted=not words)
        return self._posted(target.key.id)

    async def find(self, cleared: Cleared) -> Posted | Absent | CannotTell:
        """By attempt key."""
        found = next((p.id for p in self.posts.values() if p.attempt == cleared.attempt_key), None)
        return Absent() if found is None else self._posted(found)

    def _posted(self, number: str) -> Posted:
        return Posted(key=_key(number), url=f"{self.base_url}/square#{number}")

    async def check(self) -> Sequence[Finding]:
        """Nothing can be missing."""
        return (Finding(ok=True, what="The square is open."),)

    async def _page(self, knock: Knock) -> Response:
        del knock
        heads = {"content-type": "text/html; charset=utf-8"}
        return 200, heads, page(tuple(self.posts.values())).encode("utf-8", "backslashreplace")

    async def _look(self, knock: Knock) -> Response:
        del knock
        return 200, {"content-type": "text/css; charset=utf-8"}, LOOK.encode()


def _key(number: str) -> MentionKey:
    return MentionKey(platform=NAME, id=number)
