"""What the words of a mention say: the verdict, the watches that hear it, its fingerprint. Copies are listened to once."""

from collections.abc import Hashable, Sequence
from datetime import timedelta
from hashlib import blake2b
from typing import NamedTuple

from bot.listening.causes import fingerprint_for_copies
from bot.listening.flagging import flag
from bot.listening.severity import REACH
from bot.listening.watches import Watches
from bot.nouns.conversation import Conversation
from bot.nouns.flag import Flag
from bot.nouns.mention import Mention
from bot.nouns.watch import Watch
from bot.ports import Work

DAY = timedelta(hours=24)

#: So many texts are known again; when full, all are let go.
COPIES = 2_000


class Listened(NamedTuple):
    """What the words of one mention say."""

    verdict: Flag
    heard: tuple[Watch, ...]
    fingerprint: int


class Hearing:
    """In a storm many say the same, word for word. It keeps none of the words: a text is known again by its hash."""

    def __init__(self, watches: Sequence[Watch]) -> None:
        self._watches = Watches(watches)
        self._watching = bool(watches)
        self._known: dict[tuple[Hashable, ...], Listened] = {}

    def __call__(self, work: Work, mention: Mention, standing: Sequence[Conversation]) -> Listened:
        """What `mention` says, whose author's conversations are `standing`."""
        before = sum([m.arrived >= work.arrived - DAY for each in standing for m in each.mentions])
        followers = mention.author.followers or 0
        reach = followers if followers >= REACH else 0  # fewer make no difference, and would tell copies apart
        text = blake2b(mention.text.encode(errors="surrogatepass"), digest_size=16).digest()
        how = (mention.source, mention.key.platform, mention.kind, mention.lang, mention.rating, mention.media)
        said = (text, reach, before, mention.direct, *how)
        found = self._known.get(said)
        if found is None:
            if len(self._known) >= COPIES:
                self._known.clear()
            found = self._known[said] = self._listen(mention, reach, before)
        return found

    def _listen(self, mention: Mention, reach: int, before: int) -> Listened:
        """What speaks to us and what rates us always concerns us; the rest where a watch hears it, or where nobody set
        one up.
        """
        source = mention.source or mention.key.platform
        heard = self._watches.hear(mention.text, source=source, kind=mention.kind, lang=mention.lang)
        verdict = flag(
            mention.text,
            platform=mention.key.platform,
            followers=reach,
            lang=mention.lang,
            rating=mention.rating,
            kind=mention.kind,
            direct=mention.direct,
            media=mention.media,
            author_before=before,
        )
        if not (mention.direct or mention.rating is not None or heard or not self._watching):
            verdict = verdict.model_copy(update={"forward": False})
        return Listened(verdict, heard, fingerprint_for_copies(mention.text))
