"""The shape of every form, as a constant: a form opens without asking anybody. The desk fills in what is known."""

from collections.abc import Mapping

from bot.nouns.conversation import MadeGood, OfflineWay
from bot.screens.shapes import Field, FieldKind, Form

WHAT_HAPPENED = "What happened to them, and what do they want?"
#: Where one may talk out of public.
OFFLINE = (
    (OfflineWay.EMAIL.value, "E-mail"),
    (OfflineWay.PHONE.value, "Phone"),
    (OfflineWay.DIRECT.value, "Direct message"),
)
_GOOD = (
    (MadeGood.REPLACED.value, "Replaced"),
    (MadeGood.REFUNDED.value, "Refunded"),
    (MadeGood.EXPLAINED.value, "Explained"),
    (MadeGood.APOLOGISED.value, "Apologised"),
    (MadeGood.NONE.value, "Nothing"),
)
#: What a hold cannot stop. Ticked off by whoever starts it.
BEYOND = (
    ("scheduled", "Posts that are scheduled elsewhere"),
    ("ads", "Advertisements that are running"),
    ("apps", "Colleagues who post from the platform's own app"),
    ("partners", "Agencies and partners who post for us"),
    ("automatic", "Automatic replies and newsletters"),
)
DISPOSITIONS = (
    ("answered", "Answered"),
    ("acknowledged", "Acknowledged"),
    ("thanked", "Thanked"),
    ("offline", "Taken offline"),
    ("withdrawn", "Withdrawn by its author"),
    ("hidden", "Hidden"),
    ("reported", "Reported"),
    ("silence", "Left in silence"),
    ("not_for_us", "Not for us"),
    ("published", "Published"),
)
ROLES = (
    ("guest", "Guest: reads the minimum"),
    ("teammate", "Teammate: answers"),
    ("lead", "Lead: releases, assigns, ends a hold"),
    ("manager", "Manager: reviews and invites"),
)
#: The same list as `bot.review.outcomes`, in words.
OUTCOMES = (
    ("calmed", "It calmed down"),
    ("thanked_us", "They thanked us"),
    ("better_rating", "A better rating by the author"),
    ("deleted_by_author", "Deleted by its author"),
    ("settled_offline", "Settled away from the public"),
    ("unchanged", "Unchanged"),
    ("worse", "It grew worse"),
    ("no_answer_needed", "No answer was needed"),
)
_LINE, _TEXT, _CHOICE = FieldKind.LINE, FieldKind.TEXT, FieldKind.CHOICE
_MOMENT, _TICK = FieldKind.MOMENT, FieldKind.TICK
_WORDS = Field("words", "", _TEXT, required=True, longest=5000)


def _field(label: str, *, help: str = "", required: bool = True) -> Field:
    return Field("words", label, _TEXT, required=required, help=help, longest=5000)


_WRITE = Form(
    "write",
    "Write a reply",
    (
        Field("what", WHAT_HAPPENED, _LINE, help="For you alone. It is not posted and not kept.", longest=500),
        _field("Your reply, as they will see it"),
    ),
    finish="Finish",
    keep="Keep as a draft",
)

FORMS: Mapping[str, Form] = {
    "write": _WRITE,
    "statement": Form(
        "statement",
        "Say something to all",
        (Field("account", "On which account", _CHOICE, required=True), _field("The statement, as everybody will see it")),
        finish="Finish",
        keep="Keep as a draft",
    ),
    "correct": Form(
        "correct",
        "Correct what we said",
        (_field("What it shall say", required=False, help="Leave it empty to withdraw it. The old words are kept here."),),
        finish="Finish",
    ),
    "send": Form(
        "send",
        "It has cooled",
        (Field("looked", "I looked, nothing changed", _TICK),),
        finish="Send",
    ),
    "is_there": Form(
        "is_there",
        "It is there",
        (Field("url", "Its link", _LINE, longest=2000, help="Leave it empty where there is none, as in direct messages"),),
        finish="It is there",
    ),
    "by_hand": Form(
        "by_hand",
        "Post it by hand",
        (Field("url", "Its link, once it is there", _LINE, longest=2000),),
        finish="I posted it",
    ),
    "lift_stop": Form(
        "lift_stop",
        "Lift a stop",
        (Field("code", "Which one", _CHOICE, required=True), _field("Why it may stand")),
        finish="Lift it",
    ),
    "release_early": Form("release_early", "Release it early", (_field("Why it can't wait"),), finish="Release it"),
    "taken": Form(
        "taken",
        "Who took it, and where",
        (
            Field("way", "Where you talk", _CHOICE, OFFLINE, required=True),
            Field("contact", "Their number or address, if you have it", _LINE, longest=300,
                  help="Kept encrypted; shown to you and to leads, by a recorded press."),
            Field("next", "Next contact", _MOMENT),
        ),
        finish="I have taken it",
    ),
    "log_contact": Form(
        "log_contact",
        "Log a contact",
        (
            Field("reached", "Did you reach them?", _CHOICE, (("yes", "Yes"), ("no", "No")), required=True),
            _field("What was said"),
            Field("next", "Next contact", _MOMENT),
        ),
        finish="Log it",
    ),
    "end_handoff": Form(
        "end_handoff",
        "How did the talk end?",
        (Field("made_good", "What was made good", _CHOICE, _GOOD, required=True), _field("In a sentence")),
        finish="Close",
        keep="Only end the talk",
    ),
    "promise": Form(
        "promise",
        "Record a promise",
        (_field("What we promised in public"), Field("due", "By when", _MOMENT, required=True)),
        finish="Record it",
    ),
    "settle_promise": Form(
        "settle_promise",
        "How did the promise go?",
        (
            Field("promise", "Which one", _CHOICE, required=True),
            Field("state", "How it went", _CHOICE,
                  (("kept", "Kept"), ("renegotiated", "A new date was agreed in public"), ("broken", "Not kept")),
                  required=True),
            Field("due", "The new date", _MOMENT),
            _field("In a sentence", required=False),
        ),
        finish="Say so",
    ),
    "leave_unanswered": Form(
        "leave_unanswered",
        "Leave it unanswered",
        (
            _field("Why silence is the better answer", help="A lead puts a second name to it."),
            Field("review", "Look at it again", _MOMENT),
        ),
        finish="Leave it unanswered",
    ),
    "not_for_us": Form(
        "not_for_us", "Not for us", (_field("What it is instead", required=False, help="Spam, a wrong name, a bot."),),
        finish="Not for us",
    ),
    "close": Form(
        "close",
        "How did it end?",
        (Field("disposition", "How it ended", _CHOICE, DISPOSITIONS, required=True), _field("In a sentence", required=False)),
        finish="Close",
    ),
    "close_list": Form(
        "close_list",
        "Close a list",
        (
            Field("conversations", "Which ones", _CHOICE, required=True, many=True),
            Field("disposition", "How they ended", _CHOICE, DISPOSITIONS, required=True),
        ),
        finish="Close these",
    ),
    "assign": Form("assign", "Give it to somebody", (Field("to", "To whom", _CHOICE, required=True),), finish="Give it"),
    "name_lead": Form("name_lead", "Who leads?", (Field("lead", "Lead", _CHOICE, required=True),), finish="Say so"),
    "move": Form("move", "Move to another incident", (Field("to", "Where to", _CHOICE, required=True),), finish="Move it"),
    "merge": Form("merge", "Put it into another incident", (Field("into", "Into which", _CHOICE, required=True),), finish="Put it there"),
    "rename": Form("rename", "Rename it", (Field("words", "A better headline, twelve words at most", _LINE, required=True, longest=120),), finish="Rename"),
    "note": Form("note", "Note for the team", (_field("For the team. Never published."), Field("marked", "Keep it for the look back", _TICK)), finish="Note it"),
    "hold": Form(
        "hold",
        "Hold all posting",
        (
            Field("until", "Until when", _MOMENT, required=True),
            _field("Why"),
            Field("beyond", "What this cannot stop. Tick what you have seen to", _CHOICE, BEYOND, many=True),
        ),
        finish="Hold all posting",
    ),
    "end_hold": Form("end_hold", "End the hold", (_field("What do we return with?", required=False),), finish="End the hold"),
    "settings": Form(
        "settings",
        "You",
        (
            Field("name", "Your name, for the team", _LINE, required=True, longest=80),
            Field("public_name", "How you sign in public", _LINE, longest=80),
            Field("zone", "Your time zone", _LINE, longest=60, help="As in Europe/Berlin."),
            Field("email", "Where an alarm reaches you", _LINE, longest=200),
            Field("on_duty", "I am on duty", _TICK),
            Field("shield", "Veil hostile words until I ask for them", _TICK),
        ),
        finish="Save",
    ),
    "person": Form(
        "person",
        "A person of the team",
        (
            Field("name", "Name", _LINE, required=True, longest=80),
            Field("roles", "Roles", _CHOICE, ROLES, many=True),
            Field("public_name", "How they sign in public", _LINE, longest=80),
            Field("on_duty", "On duty", _TICK),
        ),
        finish="Save",
    ),
    "invite": Form(
        "invite",
        "Invite somebody",
        (Field("name", "Their name", _LINE, required=True, longest=80), Field("role", "As what", _CHOICE, ROLES, required=True)),
        finish="Make a link",
    ),
    "forget": Form(
        "forget",
        "Forget them at their wish?",
        (Field("sure", "All they said, and all that was written to them, goes for good", FieldKind.TICK, required=True),),
        finish="Forget them",
    ),
    "outcome": Form("outcome", "How did it end for them?", (Field("outcome", "Outcome", _CHOICE, OUTCOMES, required=True),), finish="Note it"),
    "lesson": Form("lesson", "What did we learn?", (_field("In a sentence or two"),), finish="Note it"),
    "action": Form(
        "action",
        "What changes?",
        (_field("What changes"), Field("owner", "Who sees to it", _CHOICE, required=True), Field("due", "By when", _MOMENT)),
        finish="Agree on it",
    ),
    "bring": Form(
        "bring",
        "Bring something in",
        (
            Field("words", "What was said", _TEXT, required=True, longest=5000),
            Field("url", "Its link", _LINE, longest=2000),
            Field("author", "Who said it", _LINE, longest=80),
            Field("platform", "Where", _LINE, longest=40, help="As in Mastodon, or a newspaper's name."),
            Field("into", "Where it belongs", _CHOICE),
        ),
        finish="Bring it in",
    ),
}  # fmt: skip


def shape(act: str) -> Form:
    """The form of that act, unfilled."""
    return FORMS[act]
