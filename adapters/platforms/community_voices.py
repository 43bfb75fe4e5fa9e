"""Whose words are whose: a member's are news, our own answers are facts, and what programs say is neither.

An answer is ours when our bot wrote it, a moderator whom the settings list, or somebody whose words are those that a
teammate said they would post by hand there: then it was that teammate, from their own account.
"""

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from adapters.platforms.community_post import Post, key
from bot.nouns.community import Community
from bot.nouns.mention import AnsweredByUs, Edited, MentionKey, News, Said

#: The cleared words that a teammate said they would post under a mention.
AwaitedWords = Callable[[MentionKey], Awaitable[Sequence[str]]]

#: So many threads are remembered, with the last so many mentions in each.
_THREADS: Final = 512
_EACH: Final = 8


class Voices:
    """`me` is our bot's own user id, '' while nobody knows it."""

    def __init__(self, awaited: AwaitedWords) -> None:
        self._awaited = awaited
        self._lately: OrderedDict[tuple[str, str], list[Post]] = OrderedDict()
        self.me = ""

    async def news(self, post: Post, community: Community) -> Sequence[News]:
        """What a message is to us. Raises StoreAway.

        One that was edited before we read it is told as both: it may have been heard with its first words.
        """
        answer = await self.answer(post, community)
        if answer is not None:
            return (answer,)
        if not self._theirs(post, community):
            return ()
        self._remember(post)
        mention = post.mention(direct=self.direct(post, community))
        return (Said(mention=mention), Edited(mention=mention)) if post.edited else (Said(mention=mention),)

    def changed(self, post: Post, community: Community) -> Sequence[News]:
        """What an edit is to us. Our own edits change nothing we would say."""
        if not self._theirs(post, community):
            return ()
        return (Edited(mention=post.mention(direct=self.direct(post, community))),)

    async def answer(self, post: Post, community: Community, about: MentionKey | None = None) -> AnsweredByUs | None:
        """The fact that we answered, by whatever hand; None where it is no answer of ours.

        `about`: the mention that is asked about, where one is. Raises StoreAway.
        """
        answered = [about] if about is not None else self._answered(post)
        if not answered or (not post.human and post.author.id != self.me):
            return None
        told = await self._which(post, answered)
        ours = post.author.id == self.me or post.author.id in community.moderators
        if told is None and not ours:
            return None
        of = told or answered[0]
        return AnsweredByUs(key=of, ours=post.key, words=post.text, url=post.url, at=post.at)

    def direct(self, post: Post, community: Community) -> bool:
        """Whether it speaks to us: names our bot or a moderator, or answers our bot."""
        us = {self.me, *community.moderators} - {""}
        return bool(us & post.named) or (bool(self.me) and post.answered == self.me)

    def _theirs(self, post: Post, community: Community) -> bool:
        return post.human and post.author.id not in {self.me, *community.moderators}

    async def _which(self, post: Post, answered: Sequence[MentionKey]) -> MentionKey | None:
        """The mention under which a teammate said they would post these very words."""
        said = plain(post.text)
        for each in answered:
            if any(words and words in said for words in map(plain, await self._awaited(each))):
                return each
        return None

    def _answered(self, post: Post) -> list[MentionKey]:
        """What it may answer, the likeliest first: in a thread the last that others said, then what it began with."""
        if not post.answers:
            return []
        root = key(post.platform, post.channel, post.answers)
        lately = self._lately.get((post.channel, post.thread), []) if post.thread else []
        before = [each.key for each in reversed(lately) if each.author.id != post.author.id and each.id != post.id]
        return list(dict.fromkeys([*before, root]))

    def _remember(self, post: Post) -> None:
        if not post.thread:
            return
        spot = (post.channel, post.thread)
        posts = [each for each in self._lately.pop(spot, []) if each.id != post.id]
        self._lately[spot] = [*posts, post][-_EACH:]
        while len(self._lately) > _THREADS:
            self._lately.popitem(last=False)


def plain(text: str) -> str:
    """Words without regard to white space, as the rules compare them."""
    return " ".join(text.split())
