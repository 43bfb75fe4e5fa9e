"""How mentions and conversations end."""

from collections.abc import Mapping

from bot.nouns.commands.command import Command
from bot.nouns.mention import Disposition, MentionKey
from bot.nouns.words import Words


class Dispose(Command):
    """Sign how mentions ended. No `mentions`: all of the conversation's."""

    disposition: Disposition
    mentions: tuple[MentionKey, ...] = ()
    words: Words | None = None


class Close(Command):
    """Close a conversation, or a fixed list of one incident's; what is not signed yet is signed with `disposition`.

    `seen`: what `Conversation.seen` counted of each when it was shown to the presser. One that it does not name is closed as
    it stands.
    """

    conversations: tuple[str, ...] = ()
    seen: Mapping[str, int] = {}
    disposition: Disposition | None = None
    outcome: str = ""
    words: Words | None = None


class Reopen(Command):
    """It is not over."""

    because: str = ""
