"""A send, from the press to what became of it."""

from datetime import datetime
from enum import StrEnum

from bot.nouns.base import Noun
from bot.nouns.caution import Stage
from bot.nouns.delivery import Account, Audience, Target, platform_of
from bot.nouns.mention import MentionKey
from bot.nouns.time import Moment
from bot.nouns.words import Words


class AttemptState(StrEnum):
    """Where one send stands. ASKED, INTENDED, BY_HAND and UNKNOWN are open; the others are ends."""

    ASKED = "asked"
    INTENDED = "intended"
    BY_HAND = "by_hand"
    POSTED = "posted"
    NOT_SENT = "not_sent"
    UNKNOWN = "unknown"
    SENT_BACK = "sent_back"
    SET_ASIDE = "set_aside"


OPEN_ATTEMPTS = frozenset({AttemptState.ASKED, AttemptState.INTENDED, AttemptState.BY_HAND, AttemptState.UNKNOWN})


class Attempt(Noun):
    """One send, asked for by a named person. `key` is what the platform is given; *Try again* keeps it.

    `looked`: the presser said they looked where no API can. `account`: the one we spoke from where it was pressed, then
    the one it was cleared for. `round` counts asks under this key. `pressed` is the instant of `asked` as that machine
    counts it, from which an ask counts (None: an older version's). `intended` is when the call was about to be made,
    `began` the same instant as that machine counts it, which every settle time counts from; `mentions` is how many lay
    here then: a later one is not answered by these words. `doubted`: since when a person is asked what became of it.
    """

    key: str
    draft: str
    version: int
    stage: Stage
    audience: Audience
    target: Target
    account: Account | None = None
    words: Words
    by: str
    asked: datetime
    pressed: Moment | None = None
    state: AttemptState = AttemptState.ASKED
    looked: bool = False
    round: int = 1
    intended: datetime | None = None
    began: Moment | None = None
    doubted: datetime | None = None
    mentions: int | None = None
    binding: str = ""
    because: str = ""
    until: datetime | None = None
    post: MentionKey | None = None
    url: str = ""
    ended: datetime | None = None
    invites: bool = False

    @property
    def standing(self) -> MentionKey | None:
        """What names the post it became: the platform's key, else its address; None where there is neither."""
        if self.state is not AttemptState.POSTED:
            return None
        if self.post is not None or not self.url:
            return self.post
        return MentionKey(platform=platform_of(self.target), id=self.url)
