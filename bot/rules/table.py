"""`decide`: what a command leads to. One table, one function a command; each is pure and rolls no dice."""

from collections.abc import Callable, Mapping, Sequence

from bot.nouns import commands as c
from bot.nouns.events import Event
from bot.nouns.team import Part, Refusal, Team, Teammate
from bot.nouns.time import Now
from bot.nouns.view import View
from bot.rules import (
    claim,
    close,
    cooling,
    doubt,
    draft,
    erasure,
    hold,
    merge,
    offline,
    promise,
    remind,
    retro,
    roles,
    rooms,
    send,
    silence,
    sort,
    sources,
    statement,
)

Who = Teammate | Part
Decision = Sequence[Event] | Refusal

TABLE: Mapping[type[c.Command], Callable[..., Decision]] = {
    c.Open: sort.open_,
    c.Add: sort.add,
    c.NoteEdit: sort.note_edit,
    c.NoteDeletion: sort.note_deletion,
    c.NoteOurAnswer: sort.note_our_answer,
    c.Claim: claim.claim,
    c.Assign: claim.assign,
    c.HandBack: claim.hand_back,
    c.Write: draft.write,
    c.Discard: draft.discard,
    c.LiftStop: draft.lift_stop,
    c.ReleaseEarly: cooling.release_early,
    c.ReadOnceMore: draft.read_once_more,
    c.Send: send.send,
    c.Clear: send.clear,
    c.Deliver: send.deliver,
    c.SettleAttempt: doubt.settle_attempt,
    c.TryAgain: doubt.try_again,
    c.TakeBackAsk: doubt.take_back_ask,
    c.Correct: statement.correct,
    c.BeginStatement: statement.begin_statement,
    c.TakeOffline: offline.take_offline,
    c.LogContact: offline.log_contact,
    c.ShowContact: offline.show_contact,
    c.TakeOver: offline.take_over,
    c.EndHandoff: offline.end_handoff,
    c.MakePromise: promise.make_promise,
    c.SettlePromise: promise.settle_promise,
    c.LeaveUnanswered: silence.leave_unanswered,
    c.SecondSilence: silence.second_silence,
    c.Dispose: close.dispose,
    c.Close: close.close,
    c.Reopen: close.reopen,
    c.Move: merge.move,
    c.Merge: merge.merge,
    c.Rename: merge.rename,
    c.NameLead: merge.name_lead,
    c.Note: retro.note,
    c.NoteOutcome: retro.note_outcome,
    c.NoteLesson: retro.note_lesson,
    c.AgreeAction: retro.agree_action,
    c.FinishAction: retro.finish_action,
    c.BeginHold: hold.begin_hold,
    c.EndHold: hold.end_hold,
    c.SetPerson: roles.set_person,
    c.AddPlace: roles.add_place,
    c.RemovePlace: roles.remove_place,
    c.RemovePerson: roles.remove_person,
    c.NoteSettings: roles.note_settings,
    c.NoteGap: roles.note_gap,
    c.NoteQuiet: sources.note_quiet,
    c.NoteBack: sources.note_back,
    c.NoteFetched: sources.note_fetched,
    c.NoteRoomAway: rooms.note_room_away,
    c.NoteRoomBack: rooms.note_room_back,
    c.NotePutAside: roles.note_put_aside,
    c.NoteBroughtIn: roles.note_brought_in,
    c.Forget: erasure.forget,
    c.NoteErased: erasure.note_erased,
    c.RingAlarm: remind.ring_alarm,
    c.Wake: remind.wake,
}


def decide(view: View, command: c.Command, who: Who, team: Team, now: Now) -> Decision:
    """The events a command leads to (at least one), or a refusal that says why not."""
    return TABLE[type(command)](view, command, who, team, now)
