"""What the sorter asks before it places news: asked once for all that arrived together, and what is decided is laid over."""

from collections.abc import Mapping, Sequence

from bot.nouns.conversation import Conversation
from bot.nouns.events import Event, Opened, WroteAgain
from bot.nouns.mention import Mention, MentionKey, post
from bot.ports import Query, Timelines, Whereabouts, Work
from bot.work.act import Act
from bot.work.batch import Batch, Names

#: So many of an author's conversations are looked at.
STANDING = 20

#: A piece of news with the mention it brings.
Arrival = tuple[Work, Mention]


class Ahead:
    """Where mentions lie, what their authors said before, and the rows of `batch`, all as if what is noted were written.

    `authors` has an author's conversations, newest first; `occasions` the incident about each post that is answered.
    """

    def __init__(
        self,
        batch: Batch,
        lies: Mapping[MentionKey, str],
        occasions: Mapping[MentionKey, str],
        authors: Mapping[str, Sequence[str]],
    ) -> None:
        self.batch = batch
        self._lies = dict(lies)
        self._occasions = dict(occasions)
        self._authors = dict(authors)

    def lies(self, key: MentionKey) -> str:
        """The conversation a mention lies in, or ''."""
        return self._lies.get(key, "")

    def occasion(self, key: MentionKey) -> str:
        """The incident about this post of ours, or ''."""
        return self._occasions.get(key, "")

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
                self._occasions[post(event.mention.key.platform, event.occasion)] = event.incident


async def ahead(
    act: Act, timelines: Timelines, whereabouts: Whereabouts, arrivals: Sequence[Arrival], names: Names = ((), ())
) -> Ahead:
    """All that is known around these. `names`: incidents and conversations that are looked at too."""
    keys = dict.fromkeys(key for _, mention in arrivals for key in (mention.key, answered(mention)) if key is not None)
    lies = await whereabouts.mentions(list(keys))
    coming = [(work, mention) for work, mention in arrivals if mention.key not in lies]
    posts = dict.fromkeys(key for _, mention in coming if (key := answered(mention)) is not None)
    occasions = {key: await whereabouts.occasion(key) for key in posts}
    persons = dict.fromkeys(work.person for work, _ in coming if work.person)
    found = await timelines.find_all([Query(index=f"author:{person}", limit=STANDING) for person in persons])
    authors = {person: one.ids for person, one in zip(persons, found, strict=True)}
    incidents = dict.fromkeys((*names[0], *(name for name in occasions.values() if name)))
    beside = [lies[key] for key, name in occasions.items() if not name and key in lies]
    talks = dict.fromkeys((*names[1], *beside, *(name for one in found for name in one.ids)))
    return Ahead(await act.batch(tuple(incidents), tuple(talks)), lies, occasions, authors)


def answered(mention: Mention) -> MentionKey | None:
    """The post a mention answers."""
    return post(mention.key.platform, mention.in_reply_to) if mention.in_reply_to else None
