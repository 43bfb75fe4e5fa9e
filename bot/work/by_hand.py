"""What teammates are about to post by their own hand: the words a source may recognise when they appear in public."""

from collections.abc import Sequence

from bot.nouns.conversation import AttemptState
from bot.nouns.delivery import ToMention
from bot.nouns.mention import MentionKey
from bot.ports import Whereabouts
from bot.work.act import Act


class Awaited:
    """Called with a mention, hands back the cleared words somebody said they would post under it. Raises StoreAway."""

    def __init__(self, act: Act, whereabouts: Whereabouts) -> None:
        self._act = act
        self._whereabouts = whereabouts

    async def __call__(self, key: MentionKey) -> Sequence[str]:
        """Mostly none."""
        where = (await self._whereabouts.mentions([key])).get(key, "")
        if not where:
            return ()
        found = (await self._act.look((), (where,))).conversations.get(where)
        attempts = found.attempts if found is not None else ()
        return tuple(
            each.words.text
            for each in attempts
            if each.state is AttemptState.BY_HAND
            and each.target == ToMention(key=key)
            and isinstance(each.words.text, str)
        )
