"""Each event as a line in the thread: short, past tense, a name; no line for bookkeeping."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from bot.nouns import events as e
from bot.nouns.team import Team
from bot.screens.lines import away, drafts, ends, owning, public, sending
from bot.screens.lines import team as whole_team
from bot.screens.lines.public import ARRIVED
from bot.screens.lines.told import Sent, Told, sent_by, sent_of
from bot.screens.shapes import Line
from bot.screens.why import veil
from bot.screens.words_of import HOSTILE

__all__ = ["Sent", "said", "sent_by", "sent_of", "story"]


def _nothing(event: e.Happened, told: Told) -> None:
    """Bookkeeping: it is in the timeline and nobody has to read it."""


TABLE: Mapping[type[e.Happened], Callable[[Any, Told], Line | None]] = {
    e.Opened: public.opened,
    e.WroteAgain: public.wrote_again,
    e.MentionEdited: public.edited,
    e.MentionDeleted: public.deleted,
    e.AnsweredByHand: public.answered_by_hand,
    e.Claimed: owning.claimed,
    e.Assigned: owning.assigned,
    e.HandedBack: owning.handed_back,
    e.Freed: owning.freed,
    e.Drafted: drafts.drafted,
    e.Discarded: drafts.discarded,
    e.StopLifted: drafts.stop_lifted,
    e.Released: drafts.released,
    e.Cooled: drafts.cooled,
    e.Recounted: drafts.recounted,
    e.Reread: _nothing,
    e.SendAsked: sending.asked,
    e.SentBack: sending.sent_back,
    e.SetAside: sending.set_aside,
    e.Intended: _nothing,
    e.Delivered: sending.delivered,
    e.Invited: away.invited,
    e.TakenOffline: away.taken_offline,
    e.Contacted: away.contacted,
    e.ContactShown: _nothing,
    e.TakenOver: away.taken_over,
    e.HandoffEnded: away.handoff_ended,
    e.Promised: away.promised,
    e.PromiseSettled: away.promise_settled,
    e.Silenced: away.silenced,
    e.SilenceSeconded: away.seconded,
    e.Disposed: ends.disposed,
    e.Closed: ends.closed,
    e.Reopened: ends.reopened,
    e.StatementBegun: ends.statement_begun,
    e.MovedOut: ends.moved_out,
    e.MovedIn: ends.moved_in,
    e.Merged: ends.merged,
    e.Renamed: ends.renamed,
    e.LeadNamed: ends.lead_named,
    e.Noted: ends.noted,
    e.StormBegan: ends.storm_began,
    e.StormEnded: ends.storm_ended,
    e.OutcomeNoted: ends.outcome_noted,
    e.LessonNoted: ends.lesson_noted,
    e.ActionAgreed: ends.action_agreed,
    e.ActionDone: ends.action_done,
    e.Reminded: whole_team.reminded,
    e.HoldBegan: whole_team.hold_began,
    e.HoldEnded: whole_team.hold_ended,
    e.PersonSet: whole_team.person_set,
    e.PersonLeft: whole_team.person_left,
    e.PlaceAdded: whole_team.place_added,
    e.PlaceRemoved: whole_team.place_removed,
    e.SettingsRead: whole_team.settings_read,
    e.GapFound: whole_team.gap_found,
    e.SourceQuiet: whole_team.source_quiet,
    e.SourceBack: whole_team.source_back,
    e.SourceFetched: whole_team.source_fetched,
    e.RoomAway: whole_team.room_away,
    e.RoomBack: whole_team.room_back,
    e.PutAside: whole_team.put_aside,
    e.BroughtIn: whole_team.brought_in,
    e.Alarmed: whole_team.alarmed,
    e.ErasureAsked: whole_team.erasure_asked,
    e.Erased: whole_team.erased,
}


def said(event: e.Event, team: Team, text: str | None, sent: Sent | None = None) -> Line | None:
    """The event's line, or None where it is bookkeeping.

    `text`: the event's own words, None where forgotten or not looked up. `sent`: for a delivery, the send it speaks of
    (`sent_of` an attempt, `sent_by` the SendAsked event); without it the line can only say that our words went out.
    """
    return TABLE[type(event)](event, Told(team=team, text=text or "", sent=sent))


def story(
    events: Iterable[tuple[e.Event, str | None]], team: Team, conversation: str = "", *, shield: bool = False
) -> tuple[Line, ...]:
    """A timeline as lines, oldest first. With `conversation`, only its own and those of the incident as a whole.

    `shield`: from the first hostile mention on, words from the public are left out, and `veiled` says why.
    """
    sends: dict[str, Sent] = {}
    veiled = ""
    found: list[Line] = []
    for event, text in events:
        if isinstance(event, e.SendAsked):
            sends[event.attempt] = sent_by(event, text or "")
        if conversation and event.conversation not in (None, conversation):
            continue
        if isinstance(event, e.Opened | e.WroteAgain) and event.mention.flag.heat >= HOSTILE:
            veiled = veil(event.mention.flag)
        line = said(event, team, text, sends.get(event.attempt) if isinstance(event, e.Delivered) else None)
        if line is not None:
            found.append(_veiled(line, veiled) if shield and veiled and _theirs(line) else line)
    return tuple(found)


def _veiled(line: Line, veiled: str) -> Line:
    """Without their words. What stands in their place says why it is here, so the first line need not."""
    text = ARRIVED if line.text.startswith(f"{ARRIVED}.") else line.text
    return replace(line, text=text, quote="", veiled=veiled)


def _theirs(line: Line) -> bool:
    """Whether it quotes somebody outside."""
    return bool(line.quote) and not line.ours
