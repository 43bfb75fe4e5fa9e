"""Away from the public: ask them first, then a named person has the talk, contact by contact, until it has an end."""

from dataclasses import replace

from bot.nouns import commands as c
from bot.nouns.conversation import Conversation, MadeGood, OfflineWay
from bot.nouns.mention import Disposition
from bot.nouns.team import Refusal
from bot.screens import called
from bot.screens.facts import WAYS
from bot.screens.forms import OFFLINE, shape
from bot.screens.shapes import Answer, Choice, Line, Page, Passage, Quote, Said, Section
from bot.work.desk import filling, reading, unseen
from bot.work.desk.answers import act, done
from bot.work.desk.turn import STALE, Turn


async def take_offline(turn: Turn) -> Answer:
    """First: ask them in public. Or say that somebody has the talk already."""
    found = await turn.found()
    if isinstance(found, Refusal):
        return found
    incident, conversation = found
    listed = reading.contact(turn)
    where = f"They would be asked to write or call: {listed}." if listed else "No contact of ours is listed yet."
    if reading.direct(conversation):
        where = "They would be asked for a direct message or a ticket."
    choices = (
        Choice("write", "Ask them in public", {"stage": "acknowledgement", "invites": "yes"}, likely=True, form=True),
        Choice("taken", "I have taken it", form=True),
        Choice("not_now", "Not now"),
    )
    return Page(
        "take_offline",
        "Take it offline",
        "Ask them in public first, or say that you talk with them already.",
        (Section("", passages=(Said(where),)),),
        card=replace(turn.painted(incident, (conversation,)), choices=(), more=()),
        choices=choices,
    )


async def open_taken(turn: Turn) -> Answer:
    """Where, and by what contact."""
    found = await turn.found()
    if isinstance(found, Refusal):
        return found
    _, conversation = found
    form = filling.offer(shape("taken"), "way", _ways(turn, conversation))
    return filling.bound(form, *found, filled={"way": _likely(turn, conversation).value})


def _likely(turn: Turn, conversation: Conversation) -> OfflineWay:
    """Where the talk was asked to go; else in a community a direct message, and elsewhere what the team lists."""
    if conversation.handoff is not None:
        return conversation.handoff.way
    if reading.direct(conversation):
        return OfflineWay.DIRECT
    listed = turn.team.contacts
    return OfflineWay.PHONE if listed.phone else OfflineWay.EMAIL if listed.email else OfflineWay.DIRECT


def _ways(turn: Turn, conversation: Conversation) -> filling.Options:
    """In a community one writes to each other; e-mail and phone are there where the team lists them, or the talk went there."""
    if not reading.direct(conversation):
        return OFFLINE
    listed, likely = turn.team.contacts, _likely(turn, conversation)
    also = {OfflineWay.EMAIL: bool(listed.email), OfflineWay.PHONE: bool(listed.phone), OfflineWay.DIRECT: False}
    others = (way for way in OFFLINE if also[OfflineWay(way[0])] or (way[0] == likely != OfflineWay.DIRECT))
    return ((OfflineWay.DIRECT.value, "Direct message or ticket"), *others)


async def taken(turn: Turn) -> Answer:
    """The presser has the talk."""
    found = await turn.found()
    if isinstance(found, Refusal):
        return found
    way, contact = turn.value("way"), turn.value("contact")
    if way not in set(OfflineWay):
        return STALE
    sealed = [await turn.seal(contact, found[1])] if contact else []
    command = c.TakeOffline(
        id=turn.gesture.id,
        conversation=turn.conversation,
        way=OfflineWay(way),
        words=sealed[0].words if sealed else None,
        next=turn.moment("next"),
    )
    return await act(turn, command, f"You have the talk now, {WAYS[OfflineWay(way)]}.", *sealed)


async def log_contact(turn: Turn) -> Answer:
    """A call or letter was made."""
    found = await turn.found()
    if isinstance(found, Refusal):
        return found
    sealed = await turn.seal(turn.value("words"), found[1])
    command = c.LogContact(
        id=turn.gesture.id,
        conversation=turn.conversation,
        reached=turn.value("reached") == "yes",
        words=sealed.words,
        next=turn.moment("next"),
    )
    return await act(turn, command, "Logged.", sealed)


async def show_contact(turn: Turn) -> Answer:
    """The whole contact, to the presser alone; that they saw it is on the timeline."""
    acted = await turn.do(c.ShowContact(id=turn.gesture.id, conversation=turn.conversation))
    if isinstance(acted, Refusal):
        return acted
    conversation = acted.view.conversations[turn.conversation]
    incident = acted.view.incidents[conversation.incident]
    shown = await _contact(turn, conversation)
    return Page(
        "contact",
        f"How to reach {called.reader(conversation)}",
        "Shown to you alone, and it is written down that you looked.",
        (
            Section("Contact", passages=shown),
            Section("Contacts so far", lines=_made(turn, conversation), empty="None yet."),
        ),
        card=replace(turn.painted(incident, (conversation,)), choices=(), more=()),
        choices=(Choice("log_contact", "Log a contact", likely=True, form=True),),
    )


async def _contact(turn: Turn, conversation: Conversation) -> tuple[Passage, ...]:
    talk = conversation.handoff
    sealed = [talk.contact] if talk is not None and talk.contact is not None else []
    way = WAYS[talk.way] if talk is not None else ""
    return tuple(Quote(words.read(), by=way, copy=True) for words in await turn.tools.vault.open(sealed))


def _made(turn: Turn, conversation: Conversation) -> tuple[Line, ...]:
    contacts = conversation.handoff.contacts if conversation.handoff is not None else ()
    return tuple(
        Line("Spoke with them" if x.reached else "Not reached", x.at, turn.team.name(x.by), x.words.read(), ours=True)
        for x in contacts
    )


async def take_over(turn: Turn) -> Answer:
    """Another person has the talk, in one press."""
    return await act(turn, c.TakeOver(id=turn.gesture.id, conversation=turn.conversation), "You have the talk now.")


async def open_end(turn: Turn) -> Answer:
    """How did the talk end?"""
    return await unseen.opened(turn, "end_handoff")


async def end_handoff(turn: Turn) -> Answer:
    """How it ended; unless only the talk ends, the conversation is closed with it."""
    found = await turn.found()
    if isinstance(found, Refusal):
        return found
    good = turn.value("made_good")
    if good not in set(MadeGood):
        return STALE
    sealed = await turn.seal(turn.value("words"), found[1])
    ended = c.EndHandoff(
        id=turn.gesture.id, conversation=turn.conversation, words=sealed.words, made_good=MadeGood(good)
    )
    acted = await turn.do(ended, sealed)
    if isinstance(acted, Refusal):
        return acted
    if turn.gesture.kept:
        return done(turn, "The talk has ended.")
    close = c.Close(
        id=f"{turn.gesture.id}:close",
        conversation=turn.conversation,
        seen={turn.conversation: turn.number("seen")},
        disposition=Disposition.OFFLINE,
    )
    refused = await turn.do(close)
    if isinstance(refused, Refusal):
        return done(turn, f"The talk has ended; it stays open. {refused.because}")
    return done(turn, "The talk has ended, and it is settled.")
