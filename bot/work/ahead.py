"""What the sorter asks before it places news: asked once for all that arrived together, and what is decided is laid over."""

from collections.abc import Mapping, Sequence

from bot.nouns.conversation import Conversation
from bot.nouns.events import Event, Opened, WroteAgain
from bot.nouns.mention import Mention, MentionKey
from bot.ports import Query, Timelines, Whereabouts, Work
from bot.work.act import Act
from bot.work.batch import Batch, Names

#: So many of an author's conversations are looked at.
STANDING = 20

#: A piece of news with the mention it brings.
Arrival = tuple[Work, Mention]


class Ahead:
    """Where mentions lie, what their authors said before, and the rows of `batch`, all as if what is noted were written.

    `lies` is '' for a mention that lies nowhere; `authors` has an author's conversations, newest first.
    """

    def __init__(
        self,
        batch: Batch,
        whereabouts: Whereabouts,
        lies: Mapping[MentionKey, str],
        authors: Mapping[str, Sequence[str]],
    ) -> None:
        self.batch = batch
        self._whereabouts = whereabouts
        self._lies = dict(lies)
        self._authors = dict(authors)
        self._occasions: dict[MentionKey, str] = {}

    async def lies(self, key: MentionKey) -> str:
        """The conversation a mention lies in, or ''."""
        if key not in self._lies:
            self._lies[key] = (await self._whereabouts.mentions([key])).get(key, "")
        return self._lies[key]

    async def occasion(self, key: MentionKey) -> str:
        """The incident about this post of ours, or ''."""
        if key not in self._occasions:
            self._occasions[key] = await self._whereabouts.occasion(key)
        return self._occasions[key]

    async def standing(self, person: str) -> Sequence[Conversation]:
        """The author's conversations, newest first; none of an author nobody knows."""
        names = self._authors.get(person, ())
        if not names:  # as with nearly everybody in a storm
            return ()
        known = (await self.batch.look((), names)).conversations
        return tuple(known[name] for name in names if name in known)

    def note(self, events: Sequence[Event]) -> None:
        """From here on it is as these leave it."""
        for event in events:
            if isinstance(event, Opened | WroteAgain) and event.conversation is not None:
                kept, talk = event.mention, event.conversation
                self._lies[kept.key] = talk
                before = self._authors.get(kept.person, ())
                self._authors[kept.person] = (talk, *(name for name in before if name != talk))[:STANDING]
            if isinstance(event, Opened) and event.occasion and event.incident is not None:
                answered = MentionKey(platform=event.mention.key.platform, id=event.occasion)
                self._occasions[answered] = event.incident


async def ahead(
    act: Act, timelines: Timelines, whereabouts: Whereabouts, arrivals: Sequence[Arrival], names: Names = ((), ())
) -> Ahead:
    """All that is known around these, in three round trips. `names`: incidents and conversations to be looked at too."""
    keys = dict.fromkeys(key for _, mention in arrivals for key in _named_in(mention))
    lies = await whereabouts.mentions(list(keys))
    coming = dict.fromkeys(work.person for work, mention in arrivals if work.person and mention.key not in lies)
    found = await timelines.find_all([Query(index=f"author:{person}", limit=STANDING) for person in coming])
    authors = {person: one.ids for person, one in zip(coming, found, strict=True)}
    talks = dict.fromkeys((*names[1], *(name for one in found for name in one.ids)))
    batch = await act.batch(tuple(names[0]), tuple(talks))
    return Ahead(batch, whereabouts, {key: lies.get(key, "") for key in keys}, authors)


def answered(mention: Mention) -> MentionKey | None:
    """The post a mention answers."""
    return MentionKey(platform=mention.key.platform, id=mention.in_reply_to) if mention.in_reply_to else None


def _named_in(mention: Mention) -> tuple[MentionKey, ...]:
    other = answered(mention)
    return (mention.key,) if other is None else (mention.key, other)
