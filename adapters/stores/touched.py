"""What a change touches beyond its rows and lines: fences, whereabouts, the blind index. Pure; asks nobody."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.nouns.delivery import Posted
from bot.nouns.events import AnsweredByHand, Delivered, Opened, TakenOffline, WroteAgain, words_of
from bot.nouns.mention import Kept, MentionKey, post
from bot.ports import Change, Sealed


def require_whole(change: Change) -> None:
    """Raise ValueError for a change whose lines do not follow the view it was decided on: a fault of ours."""
    for name, lines in change.lines.items():
        version, head = standing(change, name)
        row = change.incidents[name] if name else change.team
        for line in lines:
            version += 1
            if line["version"] != version or line["prev"] != head:
                raise ValueError("a change's lines do not follow its view")
            head = line["hash"]
        if (row.version, row.head) != (version, head):
            raise ValueError("a change's row does not show its last line")


def standing(change: Change, name: str) -> tuple[int, str]:
    """Version and head that a timeline must still have."""
    row = change.before.incidents.get(name) if name else change.before.team
    return (row.version, row.head) if row is not None else (0, "")


def fences(change: Change) -> frozenset[str]:
    """The fences that stand on the classes of its events."""
    return frozenset[str]().union(*(type(event).fences for event in change.events))


def arriving(change: Change) -> list[MentionKey]:
    """The mentions that must not lie anywhere yet."""
    return [e.mention.key for e in change.events if isinstance(e, Opened | WroteAgain)]


def lies(change: Change) -> Iterator[tuple[MentionKey, str]]:
    """What of the public, and of ours in public, lies in which conversation from now on."""
    for event in change.events:
        match event:
            case Opened(conversation=str(where), mention=Kept(key=key)):
                yield key, where
            case WroteAgain(conversation=str(where), mention=Kept(key=key)):
                yield key, where
            case AnsweredByHand(conversation=str(where), post=key):
                yield key, where
            case Delivered(conversation=str(where), delivery=Posted(key=MentionKey() as key)):
                yield key, where
            case _:
                pass


def occasions(change: Change) -> Iterator[tuple[MentionKey, str]]:
    """The posts of ours that incidents are about: what a mention answered, and statements once they are out."""
    for event in change.events:
        match event:
            case Opened(incident=str(incident), occasion=str(answered), mention=Kept(key=key)) if answered:
                yield post(key.platform, answered), incident
            case Delivered(incident=str(incident), conversation=str(where), delivery=Posted(key=MentionKey() as key)):
                row = change.conversations.get(where)
                if row is not None and row.statement:
                    yield key, incident
            case _:
                pass


@dataclass(frozen=True, slots=True)
class Finding:
    """These tokens of one person's words find `members` from now on."""

    person: str
    tokens: tuple[str, ...]
    members: tuple[str, ...]


def searchable(change: Change) -> Iterator[Finding]:
    """What a search finds from now on: conversations, wherever they move, and `i:<incident>` where none is named."""
    lain: dict[str, dict[str, None]] = {}
    for event in change.events:
        words, member = words_of(event), event.conversation or (f"i:{event.incident}" if event.incident else "")
        if words is not None and member and not isinstance(event, TakenOffline):  # no contact is found by its number
            lain.setdefault(words.ref, {})[member] = None
    for sealed in change.sealed:
        if sealed.tokens and (members := lain.get(sealed.words.ref)):
            yield Finding(sealed.person, sealed.tokens, tuple(members))


def told(change: Change) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """For each timeline touched: its incident ('' for the team), the conversations and the kinds of what happened."""
    for name in change.lines:
        here = [e for e in change.events if (e.incident or "") == name]
        names = dict.fromkeys(e.conversation for e in here if e.conversation)
        yield name, tuple(names), tuple(dict.fromkeys(e.kind for e in here))


def stored(sealed: Iterable[Sealed]) -> list[Sealed]:
    """Those whose blob does not lie in the vault yet."""
    return [one for one in sealed if one.blob]
