"""Which function answers which gesture. What only reads stands apart from what does something."""

from collections.abc import Awaitable, Callable, Mapping

from bot.screens.forms import shape
from bot.screens.shapes import Answer
from bot.work.desk import (
    away,
    bringing,
    doubtful,
    ending,
    filling,
    forgetting,
    health_page,
    holding,
    incident_page,
    lists,
    looking_back,
    naming,
    owning,
    people,
    places,
    promising,
    review_page,
    sending,
    shortening,
    stating,
    writing,
)
from bot.work.desk.turn import Turn

Answers = Callable[[Turn], Awaitable[Answer]]


def _plain(act: str) -> Answers:
    """Open a form that needs nothing but the conversation it is about."""

    async def open_(turn: Turn) -> Answer:
        found = await turn.found()
        return filling.bound(shape(act), *found) if isinstance(found, tuple) else found

    return open_


async def _open_invite(turn: Turn) -> Answer:
    return filling.bound(shape("invite"), filled={"role": "teammate"})


#: Pages a guest may read: headlines and moods, nothing else.
FOR_GUESTS: Mapping[str, Answers] = {"now": lists.now, "incident": incident_page.incident, "list": lists.pile}

PAGES: Mapping[str, Answers] = {
    **FOR_GUESTS,
    "mine": lists.mine,
    "offline": lists.offline,
    "settled": lists.settled,
    "review": review_page.review,
    "look_back": looking_back.page,
    "search": lists.search,
    "words": incident_page.words,
    "people": people.page,
    "unforwarded": bringing.unforwarded,
    "quarantine": bringing.quarantine,
    "health": health_page.page,
    "take_offline": away.take_offline,
}

#: What opens a form and writes nothing down.
OPENS: Mapping[str, Answers] = {
    "write": writing.open_,
    "statement": stating.open_statement,
    "correct": stating.open_correct,
    "is_there": doubtful.open_is_there,
    "by_hand": doubtful.open_by_hand,
    "lift_stop": shortening.open_lift,
    "taken": away.open_taken,
    "log_contact": _plain("log_contact"),
    "end_handoff": away.open_end,
    "promise": promising.open_promise,
    "settle_promise": promising.open_settle_promise,
    "leave_unanswered": promising.open_leave,
    "not_for_us": ending.open_not_for_us,
    "close": ending.open_close,
    "close_list": ending.open_close_list,
    "assign": owning.open_assign,
    "name_lead": owning.open_lead,
    "move": naming.open_move,
    "merge": naming.open_merge,
    "rename": naming.open_rename,
    "note": naming.open_note,
    "hold": holding.open_,
    "end_hold": holding.open_,
    "settings": people.open_settings,
    "person": people.open_person,
    "invite": _open_invite,
    "forget": forgetting.open_forget,
    "outcome": looking_back.open_outcome,
    "lesson": looking_back.open_lesson,
    "action": looking_back.open_action,
    "bring": bringing.open_bring,
}

#: Presses that do something.
PRESSES: Mapping[str, Answers] = {
    "claim": owning.claim,
    "take_next": owning.take_next,
    "hand_back": owning.hand_back,
    "last_word": owning.last_word,
    "discard": writing.discard,
    "read_once_more": sending.read_once_more,
    "not_now": sending.not_now,
    "release_early": shortening.open_release,
    "not_there": doubtful.not_there,
    "try_again": doubtful.try_again,
    "take_back": doubtful.take_back,
    "ask_a_lead": doubtful.ask_a_lead,
    "show_contact": away.show_contact,
    "take_over": away.take_over,
    "second_silence": promising.second_silence,
    "reopen": ending.reopen,
    "remove_person": people.remove_person,
    "finish_action": looking_back.finish_action,
    "rest": people.rest,
    "place_here": places.place_here,
    "place_no_more": places.place_no_more,
    "bring_in": bringing.bring_in,
    "sample": bringing.sample,
}

#: Forms that come back.
FILLS: Mapping[str, Answers] = {
    "write": writing.fill,
    "statement": stating.state,
    "correct": stating.correct,
    "send": sending.send,
    "is_there": doubtful.is_there,
    "by_hand": doubtful.is_there,
    "lift_stop": shortening.lift,
    "release_early": shortening.release,
    "taken": away.taken,
    "log_contact": away.log_contact,
    "end_handoff": away.end_handoff,
    "promise": promising.promise,
    "settle_promise": promising.settle_promise,
    "leave_unanswered": promising.leave_unanswered,
    "not_for_us": ending.not_for_us,
    "close": ending.close,
    "close_list": ending.close_list,
    "assign": owning.assign,
    "name_lead": owning.name_lead,
    "move": naming.move,
    "merge": naming.merge,
    "rename": naming.rename,
    "note": naming.note,
    "hold": holding.begin,
    "end_hold": holding.end,
    "settings": people.settings,
    "person": people.person,
    "invite": people.invite,
    "forget": forgetting.forget,
    "outcome": looking_back.outcome,
    "lesson": looking_back.lesson,
    "action": looking_back.action,
    "bring": bringing.bring,
}

#: Forms that may be looked at before they are finished (FILLED and not finished).
CHECKED = frozenset({"write", "statement", "correct"})
