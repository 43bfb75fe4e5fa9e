"""What was typed, carried by the message that shows it.

Discord keeps nothing of a form's window once it is sent, and nothing of ours would outlive a restart but what stands in
the message itself. So the words stand there, quoted so that they can be read back sign by sign, and the buttons carry a
seal over them: what is finished is exactly what its writer saw.
"""

from collections.abc import Mapping

from adapters.rooms.discord import text
from adapters.rooms.discord.blocks import Block

#: The id of a carried text is this and the place of its name. Append only: messages with these numbers live on.
_FIRST = 1000
NAMES: tuple[str, ...] = (
    "words", "what", "account", "until", "beyond", "due", "next", "contact", "way", "reached", "made_good", "promise",
    "state", "review", "disposition", "conversations", "to", "lead", "into", "marked", "name", "public_name", "zone",
    "email", "on_duty", "shield", "roles", "role", "outcome", "owner", "url", "author", "platform", "code", "looked", "q",
)  # fmt: skip
#: Together they may take so much of a message; what is longer is shown in messages of its own and not carried.
MOST = 2500


def plain(words: str) -> str:
    """Words as they can be carried: without unseen signs, and without space at the ends of lines."""
    return "\n".join(line.rstrip() for line in text.clean(words).split("\n")).strip("\n")


def block(name: str, label: str, words: str, note: str = "") -> Block:
    """A text under its label, with a note of ours below it. ValueError where the name has no number."""
    head = f"**{text.escape_within(text.one_line(label), 120)}**\n" if label else ""
    foot = f"\n-# {note}" if note else ""
    return Block(f"{head}{text.quoted(text.escape(plain(words)))}{foot}", id=_FIRST + NAMES.index(name))


def carried(texts: Mapping[int, str]) -> Mapping[str, str]:
    """What a message carries, by name. `texts` are its texts by their ids."""
    return {
        name: text.reveal(text.unquoted(texts[_FIRST + place]))
        for place, name in enumerate(NAMES)
        if _FIRST + place in texts
    }
