"""What a desk may answer: one afternoon with every kind of card, page and form in it. All people are invented."""

from datetime import timedelta
from typing import Any

from bot.nouns.caution import Caution, Length, Level, Suggestion
from bot.nouns.conversation import Mood
from bot.nouns.time import Addition
from bot.screens.shapes import (
    Card,
    Choice,
    Fact,
    Field,
    FieldKind,
    Form,
    Line,
    Page,
    Passage,
    Quote,
    Row,
    Said,
    Section,
    Wait,
)
from tests.fakes.desk_words import ANSWER, DRAFT, NOON, WORDS, at

__all__ = ["ANSWER", "DRAFT", "NOON", "WORDS", "at"]


def _card(incident: str, headline: str, about: str, mood: Mood, *passages: Passage, **more: Any) -> Card:
    return Card(incident, f"{incident}-1", headline, about, mood, passages, **more)


CHOICES = (
    Choice("edit", "Read and edit", {"draft": "d1", "version": "3"}, likely=True, form=True),
    Choice("offline", "Take it offline", {"owner": "2"}, form=True),
)
MORE = (
    Choice("release_early", "Ask a lead to release it early", {"draft": "d1"}, form=True),
    Choice("discard", "Discard", {"draft": "d1"}),
    Choice("hand_back", "Hand it back", {"owner": "2"}),
    Choice("note", "Note for the team", {}, form=True),
)
THEIRS = Quote(WORDS, by="Mara", at=at(-16), url="https://social.example/@mara/1")
COOLING = _card(
    "parcel",
    "Parcel never came",
    "Mara on Mastodon · 1.2k followers",
    Mood.COOLING,
    THEIRS,
    Wait("Ben’s answer", at(-10), at(20), (Addition(minutes=10, because="it argues with her"),)),
    Fact("Owner", "Ben"),
    Fact("Heard in public", "6 min after it came", at(-9)),
    Fact("With us before", "Twice. Last by phone in March, ended well"),
    Fact("Promised", "Back here (Ben)", at(99)),
    choices=CHOICES,
    more=MORE,
)
LINES = (
    Line("Arrived. Third message today, nobody had answered.", at(-15)),
    Line("Ben has this.", at(-13)),
    Line(
        "We said we heard",
        at(-9),
        by="Ben",
        quote="Eleven days is far too long, Mara. I am looking now. Ben",
        ours=True,
    ),
    Line("Mara wrote again", at(-6), quote="Still nothing?"),
    Line("Depot says it was scanned out twice. Calling them", at(-3), by="Ben", kind="noted"),
    Line("Next call", at(-2), by="Kim", moment=at(1500)),
)
FIRE = _card(
    "fire",
    "Charger caught fire in a child’s room",
    "Jo on Facebook",
    Mood.WAITING,
    Quote(
        "Your charger caught fire next to my son’s bed last night. He is fine. I have photos and nobody picks up the phone."
    ),
    Said("Somebody could be hurt. Told Kim and Ravi at 14:16; again every 10 min until someone has it."),
    late=True,
)
WAITING = _card(
    "parcel2",
    "Parcel never came",
    "Mara on Mastodon · 1.2k followers",
    Mood.WAITING,
    Quote("Eleven days, three chats, still no parcel. I have had it with this shop."),
    Said("Third message today, nobody has answered, says she will tell everyone."),
)
TWICE = _card(
    "twice",
    "Charged twice for one order",
    "Theo on Instagram",
    Mood.COOLING,
    Quote("Took the money twice and the bot says it is “normal”. It is not."),
    Said("Your answer cools 20 min, 10 more because it argued with him."),
    Wait("", at(-19), at(11)),
)
RUDE = _card(
    "rude",
    "Rude at the counter",
    "a Google review",
    Mood.READY,
    Quote("The woman at the counter laughed at my mother’s accent."),
    Said("Written by Ravi at 13:40."),
)
LOCKED = _card(
    "locked",
    "Locked out after the update",
    "Ines on X",
    Mood.SETTLED,
    Said("Ana took it to the phone at 11:20. Next call Thursday."),
    offline=True,
)
STORM = Card(
    "storm",
    "",
    "Twelve about the same outage",
    "since 13:50 · lead: Kim",
    Mood.STORM,
    (
        Said("Twelve since 13:50, nine of them about the outage."),
        Quote("App is down again. Every Friday.", by="Lou", at=at(-20)),
        Quote("you absolute clowns", by="x9", at=at(-12), veiled="Complaint, insults a person"),
        Fact("Waiting", "9", late=True),
        Fact("On duty", "Ana, Ben"),
    ),
    (
        Choice("next", "Take the next one", {}, likely=True),
        Choice("list", "Show the list", {}),
        Choice("statement", "Say something to all", {}, form=True),
    ),
)
NOW = Page(
    "now",
    "What needs someone now",
    "Two people are waiting for a first word. Nothing else is urgent.",
    (
        Section(
            "Waiting for a first word",
            (Row(FIRE, ("6 min · nobody has this",)), Row(WAITING, ("2 min · Ben is reading",))),
        ),
        Section("Cooling before it is sent", (Row(TWICE),)),
        Section("Cooled. Read once more and send", (Row(RUDE, ("since 14:02",)),)),
        Section("Away from the public", (Row(LOCKED, ("Ana",)),)),
    ),
)
EMPTY = Page(
    "now",
    "What needs someone now",
    "Nobody is waiting. You could try it with a sample mention.",
    (Section("", empty="What comes in stands here, the longest waiting first."),),
    choices=(Choice("sample", "Try it with a sample mention", {}, likely=True),),
)
THREAD = Page("incident", "Parcel never came", "", (Section("What happened so far", lines=LINES),), card=COOLING)
PILE = Page(
    "incident", "Twelve about the same outage", "", (Section("What happened so far", lines=LINES[:2]),), card=STORM
)
NOTE = _card(
    "parcel",
    "It has cooled. Read it as Mara would.",
    "Parcel never came · Mastodon",
    Mood.READY,
    Quote(ANSWER, ours=True, length=Length(247, 500)),
    choices=(Choice("send", "Read once more and send", {"draft": "d1"}, likely=True, form=True),),
)
READY = Form(
    "send",
    "It has cooled. Read it as Mara would.",
    (),
    beside=(
        Said("Parcel never came · Mastodon"),
        Quote("Eleven days, three chats, still no parcel. The last one hung up on me.", by="Mara", at=at(-16)),
        Quote(ANSWER, ours=True, length=Length(247, 500)),
        Said("As @shop@example.social on Mastodon."),
        Said("Nothing changed since you wrote it."),
    ),
    finish="Send, as Ben for the shop",
    choices=(Choice("edit", "Edit", {"draft": "d1"}, form=True), Choice("not_now", "Not now", {"draft": "d1"})),
    incident="parcel",
    conversation="parcel-1",
)
_ARGUES = "As we explained in chat, the carrier lost it."
_OFFER = "Here is 20 % off your next order."
CAUTIONS = (
    Caution(
        code="blame",
        level=Level.WARN,
        span=(DRAFT.index(_ARGUES), DRAFT.index(_ARGUES) + len(_ARGUES)),
        because="She bought from us. People calm down sooner when we own it, whoever dropped it.",
        instead="It was ours to bring.",
    ),
    Caution(
        code="public_offer",
        level=Level.STOP,
        span=(DRAFT.index(_OFFER), DRAFT.index(_OFFER) + len(_OFFER)),
        because="Others will read it and ask for the same. This one has to go before it can be finished.",
        instead="",
    ),
    Caution(
        code="no_next_step",
        level=Level.NOTE,
        span=(0, 0),
        because="She does not learn what happens now.",
        instead="I write again before four.",
    ),
)
WRITE = Form(
    "write",
    "Write a reply",
    (
        Field(
            "what",
            "What happened to them, and what do they want?",
            help="For you alone. It is not posted.",
            longest=500,
        ),
        Field("words", "Your reply, as Mara will see it", FieldKind.TEXT, required=True, longest=5000),
        Field("draft", "", FieldKind.HIDDEN),
    ),
    values={"stage": "response"},
    filled={
        "what": "Parcel lost for eleven days, was cut off in chat. Wants the parcel, and someone to own it.",
        "words": DRAFT,
        "draft": "d1",
    },
    cautions=CAUTIONS,
    suggestions=(
        Suggestion(
            "parcel",
            "I have it in front of me now. It left [where] and will be with you on [day]. If it is not, call me: [number].",
            "lost parcel, second answer",
            ("where", "day", "number"),
        ),
        Suggestion(
            "cut",
            "Being hung up on after eleven days is on us. I am [name] and I stay with this until it is in your hands.",
            "was cut off by us",
            ("name",),
        ),
        Suggestion(
            "away",
            "Could we speak today? Write to help@shop.example with reference K7, or send me a direct message.",
            "takes it out of public",
        ),
    ),
    beside=(Quote(WORDS, by="Mara on Mastodon", at=at(-16)),),
    length=Length(213, 500),
    cools=timedelta(minutes=30),
    because=(Addition(minutes=10, because="it argues with her"),),
    finish="Finish, cools 30 min",
    keep="Keep as a draft",
    choices=(Choice("discard", "Discard", {"draft": "d1"}),),
    incident="parcel",
    conversation="parcel-1",
)
EVERY_FIELD = Form(
    "hold",
    "Hold all posting",
    (
        Field("reason", "Why", FieldKind.LINE, required=True, help="Everybody reads it.", longest=200),
        Field("words", "More, if you like", FieldKind.TEXT),
        Field("until", "Until when", FieldKind.MOMENT, required=True),
        Field("again", "Ask again after", FieldKind.LENGTH),
        Field("way", "Where", FieldKind.CHOICE, (("all", "Everywhere"), ("one", "Only one account"))),
        Field("zone", "Zone", FieldKind.CHOICE, tuple((f"z{n}", f"Zone {n}") for n in range(9))),
        Field(
            "beyond",
            "What it cannot stop",
            FieldKind.CHOICE,
            (("ads", "Advertisements"), ("apps", "The platforms’ own apps")),
            many=True,
        ),
        Field("sure", "I told the team", FieldKind.TICK, help="In the channel."),
        Field("secret", "", FieldKind.HIDDEN),
    ),
    filled={"until": "2026-03-02T17:00:00+00:00", "again": "2h", "way": "all", "beyond": "ads\napps", "secret": "s1"},
    finish="Hold all posting",
)
BROUGHT = Card(
    "",
    "",
    "Not forwarded: “Nice bag”",
    "Pia on Bluesky",
    Mood.WAITING,
    (Quote("Nice bag"),),
    (Choice("bring_in", "Bring it in", {"ref": "a1"}),),
)
UNFORWARDED = Page(
    "unforwarded",
    "What was not forwarded",
    "One mention since Monday.",
    (Section("", (Row(BROUGHT, ("complaint 0.12",)),)),),
    after="a1",
)
SEARCH = Page("search", "Search", "One incident holds “parcel”.", (Section("", (Row(WAITING),)),))
