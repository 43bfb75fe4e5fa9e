"""Each event as a line in the thread."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, get_args

import pytest

from bot.nouns import events as e
from bot.nouns.caution import Stage
from bot.nouns.conversation import Conversation, MadeGood, OfflineWay, PromiseState
from bot.nouns.delivery import Account, Audience, ByHand, NotSent, Posted, ToMention, ToPost, Unknown
from bot.nouns.mention import Disposition
from bot.nouns.team import Place, Role
from bot.nouns.time import Cooling
from bot.screens.lines import TABLE, said, sent_by, sent_of, story
from tests.bot.build import OURS, START, a_mention, a_team, after, key, posted, words
from tests.bot.screens.painting import line, same_as_golden

TEAM = a_team()
LATER = START + timedelta(hours=4)
TEXT = words("What somebody wrote.")
COOLING = Cooling(since=after().moment, length=timedelta(minutes=20))
BASE: dict[str, Any] = {"incident": "i1", "conversation": "c1", "at": START, "by": "ana"}
DRAFT: dict[str, Any] = {**BASE, "draft": "d1", "version": 1}
FLAGGED = a_mention().model_copy(
    update={"flag": a_mention().flag.model_copy(update={"reasons": ("third message today.", "mentions a lawyer")})}
)
SEND: dict[str, Any] = {
    **DRAFT,
    "attempt": "s1",
    "stage": Stage.RESPONSE,
    "audience": Audience.PUBLIC,
    "target": ToMention(key=key()),
    "words": TEXT,
}

EVENTS: Sequence[e.Event] = (
    e.Opened(**BASE, mention=a_mention()),
    e.Opened(**BASE, mention=FLAGGED),
    e.Opened(**BASE, mention=a_mention(), fresh=False),
    e.Opened(**BASE, mention=a_mention(), brought=True),
    e.WroteAgain(**BASE, mention=a_mention()),
    e.WroteAgain(**BASE, mention=a_mention(), reopens=True),
    e.MentionEdited(**BASE, mention=key(), words=TEXT),
    e.MentionDeleted(**BASE, mention=key()),
    e.AnsweredByHand(**BASE, mention=key(), post=key("x"), words=TEXT),
    e.Claimed(**BASE, owner="ana", epoch=1),
    e.Assigned(**{**BASE, "by": "kim"}, owner="ben", epoch=2),
    e.HandedBack(**BASE),
    e.Freed(**{**BASE, "by": "coolhead:clockwork"}, owner="ana"),
    e.Drafted(**{k: v for k, v in SEND.items() if k != "attempt"}),
    e.Drafted(**{k: v for k, v in SEND.items() if k != "attempt"}, cooling=COOLING),
    e.Drafted(**{k: v for k, v in SEND.items() if k != "attempt"}, cooling=COOLING, repair=True),
    e.Discarded(**DRAFT),
    e.StopLifted(**{**DRAFT, "by": "kim"}, code="pii_request", words=TEXT),
    e.Released(**{**DRAFT, "by": "kim"}, words=TEXT),
    e.Cooled(**DRAFT),
    e.Recounted(**DRAFT, cooling=COOLING),
    e.Reread(**DRAFT, known=1),
    e.SendAsked(**SEND),
    e.SendAsked(**SEND, again=True),
    e.SentBack(**BASE, attempt="s1", because="They wrote again."),
    e.SentBack(**BASE, attempt="s1", because="The account rests.", until=LATER),
    e.SetAside(**BASE, attempt="s1", because="It was deleted."),
    e.Intended(**BASE, attempt="s1", account=OURS, binding="x"),
    e.Delivered(**BASE, attempt="s1", delivery=Posted()),
    e.Delivered(**BASE, attempt="s1", delivery=ByHand()),
    e.Delivered(**BASE, attempt="s1", delivery=NotSent(because="The account is locked.")),
    e.Delivered(**BASE, attempt="s1", delivery=Unknown(because="lost")),
    e.Invited(**BASE, way=OfflineWay.EMAIL),
    e.TakenOffline(**BASE, way=OfflineWay.PHONE, person="ana", words=TEXT),
    e.TakenOffline(**BASE, way=OfflineWay.DIRECT, person="ana", next=LATER),
    e.Contacted(**BASE, reached=True, words=TEXT),
    e.Contacted(**BASE, reached=False, words=TEXT, next=LATER),
    e.ContactShown(**BASE),
    e.TakenOver(**BASE, person="ben"),
    e.HandoffEnded(**BASE, words=TEXT, made_good=MadeGood.REFUNDED),
    e.HandoffEnded(**BASE, words=TEXT, made_good=MadeGood.NONE),
    e.Promised(**BASE, promise="p", words=TEXT, due=LATER),
    e.PromiseSettled(**BASE, promise="p", state=PromiseState.KEPT),
    e.PromiseSettled(**BASE, promise="p", state=PromiseState.BROKEN),
    e.PromiseSettled(**BASE, promise="p", state=PromiseState.OPEN),
    e.PromiseSettled(**BASE, promise="p", state=PromiseState.RENEGOTIATED, due=LATER),
    e.Silenced(**BASE, words=TEXT, review=LATER),
    e.SilenceSeconded(**{**BASE, "by": "kim"}),
    e.SilenceSeconded(**{**BASE, "by": "coolhead:clockwork"}),
    e.Disposed(**BASE, disposition=Disposition.NOT_FOR_US, mentions=(key(),)),
    e.Disposed(**BASE, disposition=Disposition.ANSWERED, mentions=(key(), key("m2"))),
    e.Closed(**BASE),
    e.Reopened(**BASE),
    e.Reopened(**BASE, because="It came back."),
    e.StatementBegun(**BASE, account=Account(platform="mastodon")),
    e.MovedOut(**BASE, to="i2"),
    e.MovedIn(**BASE, origin="i2", state=Conversation(id="c1", incident="i1", opened=START)),
    e.Merged(**BASE, into="i2"),
    e.Renamed(**BASE, words=TEXT),
    e.LeadNamed(**BASE, lead="kim"),
    e.LeadNamed(**BASE, lead=""),
    e.Noted(**BASE, words=TEXT),
    e.Noted(**BASE, words=TEXT, asks=("kim", "ravi")),
    e.StormBegan(**BASE),
    e.StormEnded(**BASE),
    e.OutcomeNoted(**BASE, outcome="better_rating"),
    e.LessonNoted(**BASE, words=TEXT),
    e.ActionAgreed(**BASE, action="a", owner="ben", words=TEXT),
    e.ActionAgreed(**BASE, action="a", owner="ben", words=TEXT, due=LATER),
    e.ActionDone(**BASE, action="a"),
    e.Reminded(**BASE, what="unclaimed", count=1),
    e.Reminded(**BASE, what="by_hand:s1", count=1, told=("kim", "ravi")),
    e.Reminded(**BASE, what="unknown:s1", count=1, told=("ana", "kim")),
    e.Reminded(**BASE, what="unknown:s1", count=1),
    e.Reminded(**BASE, what="anything", count=1),
    e.HoldBegan(at=START, by="kim", until=LATER, words=TEXT),
    e.HoldEnded(at=START, by="kim", words=TEXT),
    e.PersonSet(at=START, by="kim", person="nora", name="Nora", roles=frozenset({Role.LEAD, Role.TEAMMATE})),
    e.PersonSet(at=START, by="kim", person="nora", name="Nora", roles=frozenset()),
    e.PersonLeft(at=START, by="kim", person="ben"),
    e.PlaceAdded(at=START, by="kim", place=Place(room="chat", id="C1", name="#help")),
    e.PlaceRemoved(at=START, by="kim", place=Place(room="chat", id="C1")),
    e.SettingsRead(at=START, by="coolhead:clockwork", digest="x"),
    e.SettingsRead(at=START, by="coolhead:clockwork", digest="x", changed=("policy", "watches")),
    e.GapFound(at=START, by="coolhead:sorter", source="mastodon", since=START, until=LATER),
    e.SourceQuiet(at=START, by="coolhead:clockwork", source="mastodon", since=LATER),
    e.SourceQuiet(at=START, by="coolhead:clockwork", source="inbox", since=LATER, because="It answered 500."),
    e.SourceBack(at=START, by="coolhead:clockwork", source="mastodon", since=LATER, fetched=True),
    e.SourceBack(at=START, by="coolhead:clockwork", source="inbox", since=LATER, fetched=False),
    e.SourceFetched(at=START, by="coolhead:clockwork", source="mastodon", since=LATER, count=2, whole=False),
    e.SourceFetched(at=START, by="coolhead:clockwork", source="mastodon", since=LATER, count=40, whole=True),
    e.SourceFetched(at=START, by="coolhead:clockwork", source="mastodon", since=LATER, count=0, whole=True),
    e.RoomAway(at=START, by="coolhead:clockwork", room="chat", because="The token was revoked."),
    e.RoomBack(at=START, by="coolhead:clockwork", room="chat"),
    e.PutAside(at=START, by="coolhead:sorter", source="mastodon", ref="r", because="broken"),
    e.BroughtIn(at=START, by="ana", mention=key(), into="i1"),
    e.Alarmed(at=START, by="coolhead:clockwork", conversations=("c1", "c2")),
    e.ErasureAsked(at=START, by="max", persons=("x",)),
    e.Erased(at=START, by="coolhead:clockwork", persons=("x",)),
)


def test_every_event_has_its_line() -> None:
    """None of all events is forgotten, here or in the table."""
    union = set(get_args(get_args(e.Event)[0]))
    assert set(TABLE) == union
    assert {type(event) for event in EVENTS} == union


def test_every_line_reads_as_its_golden_file() -> None:
    """Short, past tense, a name and a time; no line for bookkeeping."""
    told = [(event, said(event, TEAM, TEXT.read())) for event in EVENTS]
    same_as_golden("lines", "\n".join(f"{x.kind:16} {line(y) if y else '-'}" for x, y in told))


def test_what_was_forgotten_leaves_no_words() -> None:
    """A line whose text is gone stands without it."""
    told = said(e.Noted(**BASE, words=TEXT), TEAM, None)
    assert told is not None
    assert (told.text, told.quote) == ("Ana, to the team", "")


SAID: Mapping[tuple[Stage, bool, str], str] = {
    (Stage.ACKNOWLEDGEMENT, False, "Hi"): "We said we heard",
    (Stage.RESPONSE, False, "Hi"): "We answered",
    (Stage.PRIVATE, False, "Hi"): "We wrote to them privately",
    (Stage.STATEMENT, False, "Hi"): "We said in public",
    (Stage.RESPONSE, True, "Hi"): "We corrected what we said",
    (Stage.RESPONSE, True, " "): "We withdrew what we said",
}


@pytest.mark.parametrize("which", SAID)
def test_a_delivery_says_what_went_out(which: tuple[Stage, bool, str]) -> None:
    """The stage, who sent it, and our words behind it."""
    stage, corrects, text = which
    target = ToPost(key=key()) if corrects else ToMention(key=key())
    sent = sent_by(e.SendAsked(**{**SEND, "stage": stage, "target": target}), text)
    told = said(e.Delivered(**BASE, attempt="s1", delivery=Posted()), TEAM, None, sent)
    assert told is not None
    assert (told.text, told.by, told.quote, told.ours) == (SAID[which], "Ana", text.strip(), True)


def test_the_attempt_of_a_conversation_tells_the_same() -> None:
    """A painter that has the conversation says what the timeline says."""
    (attempt,) = posted().conversations["c1"].attempts
    told = said(e.Delivered(**BASE, attempt="s1", delivery=Posted()), TEAM, None, sent_of(attempt))
    assert told is not None
    assert told.text == "We answered"
    assert told.quote.startswith("We are sorry.")


def test_a_shield_keeps_harsh_words_out_of_the_story() -> None:
    """From the first hostile mention on, words from the public stay out of the lines for who asked for that.

    What stands in their place says why; our own words are not veiled.
    """
    flag = a_mention(heat=0.9).flag.model_copy(update={"reasons": ("insults a person",)})
    hostile = a_mention(heat=0.9).model_copy(update={"flag": flag})
    told: list[tuple[e.Event, str | None]] = [
        (e.WroteAgain(**BASE, mention=a_mention()), "Calm words."),
        (e.WroteAgain(**BASE, mention=hostile), "Liars."),
        (e.MentionEdited(**BASE, mention=key(), words=TEXT), "Liars, all of you."),
        (e.Noted(**BASE, words=TEXT), "Ours."),
    ]
    shielded = story(told, TEAM, shield=True)
    assert [x.quote for x in shielded] == ["Calm words.", "", "", "Ours."]
    assert [x.veiled for x in shielded] == ["", "Insults a person", "Insults a person", ""]
    first = story([(e.Opened(**BASE, mention=hostile), "Liars.")], TEAM, shield=True)
    assert [(x.text, x.veiled) for x in first] == [("Arrived", "Insults a person")]
    bare = story(told, TEAM)
    assert [x.quote for x in bare] == ["Calm words.", "Liars.", "Liars, all of you.", "Ours."]
    assert [x.veiled for x in bare] == ["", "", "", ""]


def test_what_has_no_words_needs_no_veil() -> None:
    """A deletion, and words that are forgotten, have nothing to veil."""
    told: list[tuple[e.Event, str | None]] = [
        (e.Opened(**BASE, mention=a_mention(heat=0.9)), None),
        (e.MentionDeleted(**BASE, mention=key()), None),
    ]
    assert [x.veiled for x in story(told, TEAM, shield=True)] == ["", ""]


def test_the_first_line_quotes_the_first_words() -> None:
    """What began it is quoted where it began, cut like every quote; whoever brought it in is named first."""
    first = said(e.Opened(**BASE, mention=FLAGGED), TEAM, "Still nothing. " * 60)
    assert first is not None
    assert (first.text, first.ours) == ("Arrived. Third message today, mentions a lawyer", False)
    assert first.quote.startswith("Still nothing.")
    assert len(first.quote) <= 401
    brought = said(e.Opened(**BASE, mention=a_mention(), brought=True), TEAM, "From the paper.")
    assert brought is not None
    assert (brought.text, brought.quote) == ("Ana brought it in", "From the paper.")
    for event in (e.Opened(**BASE, mention=a_mention()), e.Opened(**BASE, mention=a_mention(), brought=True)):
        wordless = said(event, TEAM, None)
        assert wordless is not None
        assert wordless.text.endswith(".")


def test_a_story_is_told_in_order_and_for_one() -> None:
    """The send is remembered until it is delivered; another conversation's lines stay out where one is asked for."""
    events: list[tuple[e.Event, str | None]] = [
        (e.Claimed(**{**BASE, "conversation": "c2"}, owner="ben", epoch=1), None),
        (e.LeadNamed(**{**BASE, "conversation": None}, lead="kim"), None),
        (e.SendAsked(**SEND), "Our words."),
        (e.Delivered(**BASE, attempt="s1", delivery=Posted()), None),
    ]
    assert [x.text for x in story(events, TEAM)] == ["Ben has this.", "Kim leads.", "We answered"]
    assert [x.text for x in story(events, TEAM, "c1")] == ["Kim leads.", "We answered"]
