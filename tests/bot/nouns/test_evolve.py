"""How a conversation changes with each event: the cases that no rule leads to, and the ones easily got wrong."""

from datetime import timedelta
from typing import Any

import pytest

from bot.nouns import events as e
from bot.nouns.caution import Length, Stage
from bot.nouns.conversation import AttemptState, Conversation, MadeGood, Mood, OfflineWay, PromiseState
from bot.nouns.delivery import Audience, ByHand, NotSent, Posted, ToMention
from bot.nouns.evolve import begin, evolve
from bot.nouns.flag import Severity
from bot.nouns.words import Forgotten, Words
from tests.bot.build import START, a_mention, asked, conversation, drafted, intended, key, opened, posted, ready, words

BASE: dict[str, Any] = {"incident": "i1", "conversation": "c1", "at": START, "by": "ana"}
SOME = words("Some words.")


@pytest.mark.parametrize(
    "event",
    [
        e.StopLifted(**BASE, draft="d9", version=1, code="x", words=SOME),
        e.SentBack(**BASE, attempt="s9", because="?"),
        e.SetAside(**BASE, attempt="s9", because="?"),
        e.Delivered(**BASE, attempt="s9", delivery=Posted()),
        e.Delivered(**BASE, attempt="s9", delivery=NotSent(because="?")),
        e.Discarded(**BASE, draft="d9", version=1),
        e.Contacted(**BASE, reached=True, words=SOME),
        e.TakenOver(**BASE, person="ben"),
        e.HandoffEnded(**BASE, words=SOME, made_good=MadeGood.NONE),
        e.SilenceSeconded(**BASE),
        e.PromiseSettled(**BASE, promise="p9", state=PromiseState.KEPT),
        e.Noted(**BASE, words=SOME),
        e.ContactShown(**BASE),
    ],
)
def test_an_event_about_something_else_changes_nothing(event: e.Event) -> None:
    """A timeline of another version may name what is not here: that is no reason to fail."""
    before = conversation(opened())
    assert evolve(event, before) == before


def test_only_three_events_begin_a_conversation() -> None:
    """A mention, a statement, or a move from elsewhere."""
    assert begin(e.Noted(**BASE, words=SOME)) is None
    moved = begin(e.MovedIn(**{**BASE, "incident": "i2"}, origin="i1", state=conversation(posted())))
    assert moved is not None
    assert (moved.incident, moved.answered_at) == ("i2", conversation(posted()).answered_at)


def test_a_send_of_a_draft_that_is_gone_is_kept() -> None:
    """An attempt carries its own words, so it outlives its draft."""
    asks = e.SendAsked(
        **BASE,
        attempt="s9",
        draft="d9",
        version=1,
        stage=Stage.RESPONSE,
        audience=Audience.PUBLIC,
        target=ToMention(key=key()),
        words=SOME,
    )
    after = evolve(asks, conversation(opened()))
    assert after.attempts[0].words == SOME.bare()
    assert after.drafts == ()


def test_a_platform_may_hand_a_send_to_a_person() -> None:
    """A delivery by hand waits for its presser, with the address to open."""
    by_hand = e.Delivered(**BASE, attempt="s1", delivery=ByHand(url="https://square.test/x"))
    made = evolve(by_hand, conversation(intended())).attempts[0]
    assert (made.state, made.url) == (AttemptState.BY_HAND, "https://square.test/x")


def test_a_draft_edited_while_it_was_sent_stays() -> None:
    """The version that is out is spent; a later one is a draft of its own."""
    before = conversation(intended())
    later = before.drafts[0].model_copy(update={"version": 2})
    after = evolve(e.Delivered(**BASE, attempt="s1", delivery=Posted()), before.model_copy(update={"drafts": (later,)}))
    assert after.drafts == (later,)


def test_the_moods() -> None:
    """Waiting, cooling, ready and settled follow from what stands."""
    assert conversation(opened()).mood is Mood.WAITING
    assert conversation(drafted()).mood is Mood.COOLING
    assert conversation(ready()).mood is Mood.READY
    assert conversation(posted()).mood is Mood.SETTLED
    closed = evolve(e.Closed(**BASE, outcome="calmed"), conversation(ready()))
    assert (closed.mood, closed.drafts, closed.outcome) == (Mood.SETTLED, (), "calmed")


def test_reopening_waits_again_only_for_what_was_not_answered() -> None:
    """An answered one is open without a clock, another has its answer due again."""
    answered = evolve(e.Reopened(**BASE), evolve(e.Closed(**BASE), conversation(posted())))
    assert (answered.closed, answered.unanswered_since) == (None, None)
    other = evolve(e.Reopened(**BASE), evolve(e.Closed(**BASE), conversation(opened())))
    assert other.unanswered_since == START


def test_an_invitation_repeated_is_counted() -> None:
    """Asking again counts; a new invitation after a talk ended begins anew."""
    invited = e.Invited(**BASE, way=OfflineWay.EMAIL)
    once = evolve(invited, conversation(posted()))
    twice = evolve(invited, once).handoff
    assert twice is not None
    assert twice.invites == 2
    taken = evolve(e.TakenOffline(**BASE, way=OfflineWay.EMAIL, person="ana"), once)
    ended = evolve(e.HandoffEnded(**BASE, words=SOME, made_good=MadeGood.REFUNDED), taken)
    assert ended.offline is None
    anew = evolve(invited, ended).handoff
    assert anew is not None
    assert anew.invites == 1


def test_a_promise_renegotiated_has_its_new_date() -> None:
    """It stays open with the new date; kept, it is open no more and keeps its date."""
    promised = evolve(e.Promised(**BASE, promise="p1", words=SOME, due=START), conversation(posted()))
    promised = evolve(e.Promised(**BASE, promise="p2", words=SOME, due=START), promised)
    later = START + timedelta(days=2)
    moved = evolve(
        e.PromiseSettled(**BASE, promise="p1", state=PromiseState.RENEGOTIATED, due=later), promised
    ).promises
    assert [(p.due, p.open) for p in moved] == [(later, True), (START, True)]
    kept = evolve(e.PromiseSettled(**BASE, promise="p1", state=PromiseState.KEPT, due=later), promised).promises[0]
    assert (kept.due, kept.open) == (START, False)


def test_a_deletion_of_one_of_two_keeps_the_clocks() -> None:
    """Somebody still waits while one mention stands; the newest that stands speaks for them."""
    two = conversation(opened(a_mention(), a_mention("Well?", id="m2", minutes=1)))
    one = evolve(e.MentionDeleted(**BASE, mention=key("m2")), two)
    assert one.waiting_since == START
    assert one.last is not None
    assert one.last.key == key()
    none = evolve(e.MentionDeleted(**BASE, mention=key()), one)
    assert (none.gone, none.waiting_since, none.mood) == (True, None, Mood.SETTLED)
    assert none.last is not None


def test_the_gravest_mention_gives_the_severity() -> None:
    """A conversation is as grave as its gravest mention; a statement is low."""
    two = conversation(opened(a_mention(), a_mention(id="m2", severity=Severity.CRITICAL)))
    assert two.severity is Severity.CRITICAL
    bare = Conversation(id="c", incident="i", opened=START)
    assert (bare.severity, bare.first, bare.last) == (Severity.LOW, None, None)


def test_an_edit_is_their_latest_word() -> None:
    """The first words stay, the last ones count; nobody's text is kept with them."""
    edited = evolve(e.MentionEdited(**BASE, mention=key(), words=words("It came.")), conversation(opened()))
    edited = evolve(e.MentionEdited(**BASE, mention=key("m9"), words=words("?")), edited)
    assert [edit.words.text for edit in edited.mentions[0].edits] == [None]
    assert edited.mentions[0].latest.seal == words("It came.").seal


def test_what_is_forgotten_reads_as_such() -> None:
    """A screen shows that the words were forgotten, and an author without a name."""
    gone = Words(ref="r", seal="s", text=Forgotten())
    assert (gone.read(), gone.bare().text) == ("(forgotten at their wish)", None)
    kept = a_mention().model_copy(update={"about": Forgotten()})
    assert (kept.author.name, kept.url) == ("", "")


def test_small_values() -> None:
    """A length fits up to its limit, and an attempt that is not out stands nowhere."""
    assert Length(500, 500).fits
    assert not Length(501, 500).fits
    assert conversation(asked()).attempts[0].standing is None
