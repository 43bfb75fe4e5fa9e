"""Everything that can be asked for, imperative. `decide` answers each with events or a refusal.

`id` makes a command safe to repeat: the store applies one id once. Ids of new things and attempt keys come with the
command: `decide` rolls no dice. Texts come sealed (`Words` with their text), because they lie in the vault already.
"""

from bot.nouns.commands.away import (
    EndHandoff,
    LeaveUnanswered,
    LogContact,
    MakePromise,
    SecondSilence,
    SettlePromise,
    ShowContact,
    TakeOffline,
    TakeOver,
)
from bot.nouns.commands.command import Command
from bot.nouns.commands.drafts import BeginStatement, Correct, Discard, LiftStop, ReadOnceMore, ReleaseEarly, Write
from bot.nouns.commands.due import Wake
from bot.nouns.commands.ends import Close, Dispose, Reopen
from bot.nouns.commands.incident import (
    AgreeAction,
    FinishAction,
    Merge,
    Move,
    NameLead,
    Note,
    NoteLesson,
    NoteOutcome,
    Rename,
)
from bot.nouns.commands.owning import Assign, Claim, HandBack
from bot.nouns.commands.public import Add, NoteDeletion, NoteEdit, NoteOurAnswer, Open
from bot.nouns.commands.sending import Clear, Deliver, Send, SettleAttempt, TakeBackAsk, TryAgain
from bot.nouns.commands.team import (
    AddPlace,
    BeginHold,
    EndHold,
    Forget,
    NoteBack,
    NoteBroughtIn,
    NoteErased,
    NoteFetched,
    NoteGap,
    NotePutAside,
    NoteQuiet,
    NoteRoomAway,
    NoteRoomBack,
    NoteSettings,
    RemovePerson,
    RemovePlace,
    RingAlarm,
    SetPerson,
)

__all__ = [
    "Open", "Add", "NoteEdit", "NoteDeletion", "NoteOurAnswer",
    "Claim", "Assign", "HandBack",
    "Write", "Discard", "LiftStop", "ReleaseEarly", "ReadOnceMore", "Correct", "BeginStatement",
    "Send", "SettleAttempt", "TryAgain", "TakeBackAsk", "Clear", "Deliver",
    "TakeOffline", "LogContact", "ShowContact", "TakeOver", "EndHandoff", "MakePromise", "SettlePromise",
    "LeaveUnanswered", "SecondSilence",
    "Dispose", "Close", "Reopen",
    "Move", "Merge", "Rename", "NameLead", "Note", "NoteOutcome", "NoteLesson", "AgreeAction", "FinishAction",
    "BeginHold", "EndHold", "SetPerson", "RemovePerson", "AddPlace", "RemovePlace", "NoteSettings", "NoteGap",
    "NoteQuiet", "NoteBack", "NoteFetched", "NoteRoomAway", "NoteRoomBack", "NotePutAside", "NoteBroughtIn", "Forget", "NoteErased", "RingAlarm",
    "Wake",
    "Command",
]  # fmt: skip
