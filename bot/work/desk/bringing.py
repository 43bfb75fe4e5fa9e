"""Bringing in: what was not forwarded, what somebody found elsewhere, and a sample to try it with."""

import hashlib
from dataclasses import replace

from bot.listening.flagging import flag
from bot.nouns import commands as c
from bot.nouns.flag import Flag, Severity
from bot.nouns.mention import Author, Kept, Mention, MentionKey, Said, Stored
from bot.nouns.team import Refusal
from bot.ports import Aside, Sealed
from bot.screens import called
from bot.screens.card_choices import SHOWN
from bot.screens.forms import shape
from bot.screens.plain import excerpt, plain
from bot.screens.shapes import Answer, Choice, Done, Fact, Page, Passage, Quote, Section
from bot.screens.shapes import Said as Sentence
from bot.screens.why import why
from bot.work.desk import filling
from bot.work.desk.incident_page import WHOLE
from bot.work.desk.naming import others
from bot.work.desk.turn import NO_INCIDENT, STALE, Turn

_KNOWN = Refusal(because="This is here already.")
_GONE = Refusal(because="It no longer lies there. Somebody may have brought it in.")
#: What is chosen where it belongs to no incident yet.
_NEW = "new"
_SAMPLE = (
    "Eleven days, three chats, still no parcel. The last one hung up on me. "
    "I have had it with this shop and I will tell everyone who asks."
)


async def unforwarded(turn: Turn) -> Answer:
    """What no watch forwarded, newest first. Anyone may bring it in."""
    found, after = await turn.tools.asides.page("unforwarded", turn.value("after"))
    parts = tuple(_aside(turn, aside) for aside in found)
    answer = "Nothing is hidden: what was not forwarded lies here." if parts else "Everything was forwarded."
    return Page("unforwarded", "What was not forwarded", answer, parts or (Section(""),), after=after)


def _aside(turn: Turn, aside: Aside) -> Section:
    mention = aside.mention
    if mention is None:
        return Section("", passages=(Fact("Came", called.platform(aside.source), aside.at),))
    text, more = excerpt(mention.text, _longest(turn))
    who = plain(mention.author.name or mention.author.handle)
    found: list[Passage] = [Quote(text, by=who, at=aside.at, url=mention.url, more=more)]
    if aside.flag is not None and aside.flag.reasons:
        found.append(Sentence(why(aside.flag)))
    title = f"{who or 'Somebody'} on {called.platform(mention.key.platform)}"
    return Section(title, passages=tuple(found), choices=(_bring_in(aside),))


def _bring_in(aside: Aside) -> Choice:
    return Choice("bring_in", "Bring it in", {"ref": aside.ref})


async def quarantine(turn: Turn) -> Answer:
    """What could not be read or sorted, and why. Anyone may bring in what has words of somebody."""
    found, after = await turn.tools.asides.page("quarantine", turn.value("after"))
    parts = tuple(_unread(turn, aside) for aside in found)
    answer = "These could not be read. Nothing of it is lost." if parts else "Nothing lies in quarantine."
    return Page("quarantine", "What could not be read", answer, parts or (Section(""),), after=after)


def _longest(turn: Turn) -> int:
    """How much of each is shown: its beginning, or all of it."""
    return WHOLE if turn.value("all") == "yes" else SHOWN


def _unread(turn: Turn, aside: Aside) -> Section:
    raw = aside.mention.text if aside.mention is not None else aside.raw
    text, more = excerpt(raw, _longest(turn))
    why = Fact("Why", aside.because.rstrip("."), aside.at)
    title = f"From {called.platform(aside.source) or 'an unknown source'}"
    choices = (_bring_in(aside),) if aside.mention is not None else ()
    return Section(title, passages=(Quote(text, more=more), why), choices=choices)


async def bring_in(turn: Turn) -> Answer:
    """Bring one of them in: it becomes an incident of its own, and no longer lies in its list."""
    ref = turn.value("ref")
    asides = turn.tools.asides
    aside = await asides.get("unforwarded", ref)
    which = "quarantine" if aside is None else "unforwarded"
    aside = aside or await asides.get(which, ref)
    if aside is None or aside.mention is None:
        return _GONE
    mention = aside.mention
    if await turn.tools.whereabouts.mentions([mention.key]):
        if which == "unforwarded":  # in quarantine it may be a later wording, which stands nowhere else
            await asides.take(which, ref)
        return _KNOWN
    sealed = await turn.tools.vault.seal_mention(mention)
    name = hashlib.sha256(f"brought:{ref}".encode()).hexdigest()[:16]
    command = c.Open(
        id=turn.gesture.id,
        incident=f"i{name}",
        conversation=f"c{name}",
        mention=_kept(turn, mention, sealed, aside.flag or Flag(forward=True, severity=Severity.LOW)),
        brought=True,
        occasion=mention.in_reply_to,
    )
    acted = await turn.do(command, sealed)
    if isinstance(acted, Refusal):
        return acted
    await turn.do(c.NoteBroughtIn(id=f"{turn.gesture.id}:noted", mention=mention.key, into=f"i{name}"))
    await asides.take(which, ref)
    return Done("Brought in.", f"i{name}", f"c{name}")


def _kept(turn: Turn, mention: Mention, sealed: Sealed, verdict: Flag) -> Kept:
    """The mention as the timeline keeps it; it came to us when it was brought in."""
    return Kept(
        key=mention.key,
        person=sealed.person,
        words=sealed.words,
        at=mention.at,
        arrived=turn.now.wall,
        kind=mention.kind,
        rating=mention.rating,
        media=mention.media,
        direct=mention.direct,
        in_reply_to=mention.in_reply_to,
        source=mention.source,
        flag=verdict.model_copy(update={"forward": True}),
    )


async def open_bring(turn: Turn) -> Answer:
    """What was said, where, by whom; and whether it belongs to an incident that stands open."""
    options = ((_NEW, "A new incident"), *await others(turn))
    return replace(filling.offer(shape("bring"), "into", options), filled={"into": _NEW})


async def bring(turn: Turn) -> Answer:
    """Something found elsewhere is put where all news comes in, so it is sorted like anything else; or into the incident that
    somebody named."""
    words, url = turn.value("words"), turn.value("url")
    if not words:
        return filling.back(turn.gesture, "What was said?") or STALE
    platform = "_".join(turn.value("platform").lower().split()) or "elsewhere"
    name = turn.value("author")
    mention = Mention(
        key=MentionKey(
            platform=platform, id=url or hashlib.sha256(f"{name}:{words}".encode("utf-8", "replace")).hexdigest()[:32]
        ),
        text=words,
        author=Author(name=name),
        url=url if url.startswith(("https://", "http://")) else "",
        at=turn.now.wall,
        source="brought",
    )
    into = turn.value("into")
    if into and into != _NEW:
        return await _added(turn, mention, into)
    return await _heard(turn, mention, "Brought in. It stands in the list in a moment.")


async def _added(turn: Turn, mention: Mention, into: str) -> Answer:
    """A conversation of its own in an incident that stands there."""
    if into not in (await turn.tools.act.look((into,))).incidents:
        return NO_INCIDENT
    if await turn.tools.whereabouts.mentions([mention.key]):
        return _KNOWN
    sealed = await turn.tools.vault.seal_mention(mention)
    verdict = flag(mention.text, platform=mention.key.platform, direct=mention.direct)
    name = f"c{hashlib.sha256(f'brought:{turn.gesture.id}'.encode()).hexdigest()[:16]}"
    command = c.Open(
        id=turn.gesture.id,
        incident=into,
        conversation=name,
        mention=_kept(turn, mention, sealed, verdict),
        brought=True,
    )
    acted = await turn.do(command, sealed)
    return acted if isinstance(acted, Refusal) else Done("Brought in. It stands there now.", into, name)


async def sample(turn: Turn) -> Answer:
    """A sample mention, so that a newcomer sees how it goes."""
    mention = Mention(
        key=MentionKey(platform="sample", id=turn.gesture.id),
        text=_SAMPLE,
        author=Author(id="mara", name="Mara", handle="@mara", followers=1200),
        at=turn.now.wall,
        source="sample",
    )
    return await _heard(turn, mention, "A sample mention is on its way. It stands in the list in a moment.")


async def _heard(turn: Turn, mention: Mention, said: str) -> Answer:
    heard = await turn.tools.hear_news([Said(mention=mention)], None)
    if isinstance(heard, Refusal):
        return heard
    return Done(said) if isinstance(heard[0], Stored) else _KNOWN
