"""By what way somebody in a community is reached: a moderator's own hand, or the bot where a team switched that on."""

from typing import Final

from bot.nouns.community import Community
from bot.nouns.delivery import Account, How, Reach, Way
from bot.nouns.mention import Mention

_OWN: Final = "a moderator posts it there from their own account"
_ELSEWHERE: Final = "Coolhead does not post there, so a teammate does"
_STATEMENT: Final = "a moderator posts it in the channel it belongs to"


def reach(subject: Mention | Account, community: Community | None) -> Reach:
    """`community`: the one the mention was said in, None where it is none of ours."""
    if isinstance(subject, Account):
        nobody = Way(how=How.NONE, because="an account of ours has no private side")
        return Reach(public=Way(how=How.HAND, because=_STATEMENT), private=nobody)
    public = Way(how=How.HAND, because=_ELSEWHERE if community is None else _OWN)
    if community is not None and community.post_as_bot:
        public = Way(how=How.API)
    author = subject.author
    if not (author.id or author.handle or author.name):
        return Reach(public=public, private=Way(how=How.NONE, because="we do not know who wrote it"))
    if public.how is How.API and not author.id:
        return Reach(public=public, private=Way(how=How.HAND, because="we know their name, not their account"))
    return Reach(public=public, private=public)
