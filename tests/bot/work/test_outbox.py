"""The outbox: what is asked goes out once, and what nobody knows is looked for."""

import asyncio
from datetime import timedelta

import pytest

from bot.nouns import commands as c
from bot.nouns.caution import Stage
from bot.nouns.conversation import AttemptState
from bot.nouns.delivery import Account, Audience, Cleared, Delivery, How, ToAccount, ToAuthor, ToPost, Way
from bot.nouns.team import Part
from tests.bot.work.conftest import Start
from tests.bot.work.house import ANA, OURS, House, key
from tests.fakes.platform import FakePlatform, Temper

#: A doubt asks a person within that long (docs/reliability.md).
ASKS_WITHIN = timedelta(seconds=60)
SETTLED = 29.0  # seconds: the socket's deadline, the settle time, and one more


async def test_what_is_asked_goes_out_once(house: House, start: Start) -> None:
    """A press on Send becomes one post with exactly its words, from our account, and is answered with its address."""
    talk = await house.arrives()
    start(house.an_outbox().run(1))
    asked = await house.asked(talk)
    await house.pass_time(seconds=1)
    sent = await house.attempt(talk)
    assert (sent.state, sent.post) == (AttemptState.POSTED, key("ours-s1"))
    assert [(one.words, one.target, one.account) for one in house.platform.ledger] == [
        (asked.words, asked.target, OURS)
    ]
    assert house.health.counts["deliveries_posted"] == 1
    await house.pass_time(minutes=10)
    assert len(house.platform.ledger) == 1


async def test_the_bell_wakes_it(house: House, start: Start) -> None:
    """A ring makes it look at once, without time passing."""
    outbox = house.an_outbox()
    talk = await house.arrives()
    start(outbox.run(1))
    await house.asked(talk)
    await house.clock.settle()
    outbox.bell.set()
    await house.clock.settle()
    assert (await house.attempt(talk)).state is AttemptState.POSTED


@pytest.mark.parametrize(
    ("temper", "findable", "posts", "state"),
    [
        (Temper.REFUSES, True, 0, AttemptState.NOT_SENT),
        (Temper.UNSURE, True, 1, AttemptState.POSTED),
        (Temper.UNSURE, False, 1, AttemptState.UNKNOWN),
        (Temper.DROPS_BEFORE, True, 0, AttemptState.UNKNOWN),
        (Temper.DROPS_AFTER, True, 1, AttemptState.POSTED),
        (Temper.DROPS_AFTER, False, 1, AttemptState.UNKNOWN),
        (Temper.HANGS, True, 1, AttemptState.POSTED),
        (Temper.HANGS, False, 1, AttemptState.UNKNOWN),
    ],
)
async def test_a_lost_answer_is_looked_for_and_never_sent_again(
    house: House, start: Start, temper: Temper, findable: bool, posts: int, state: AttemptState
) -> None:
    """Whatever the platform does with it, there is at most one post; what nobody can tell asks a person."""
    house.platform.temper, house.platform.findable = temper, findable
    talk = await house.arrives()
    await house.asked(talk)
    start(house.an_outbox().run(1))
    await house.pass_time(minutes=2)
    assert len(house.platform.ledger) == posts
    sent = await house.attempt(talk)
    assert sent.state is state
    assert (state is AttemptState.POSTED) == (not sent.because)


async def test_it_is_looked_for_only_once_it_has_settled(house: House, start: Start) -> None:
    """A post may show late: nobody is asked before the socket's deadline and the settle time have passed."""
    house.platform.temper = Temper.DROPS_AFTER
    talk = await house.arrives()
    await house.asked(talk)
    start(house.an_outbox().run(1))
    await house.pass_time(seconds=27)
    assert (await house.attempt(talk)).state is AttemptState.INTENDED
    assert house.platform.asked_to_find == 0
    await house.pass_time(seconds=2)
    assert (await house.attempt(talk)).state is AttemptState.POSTED


async def interrupted(house: House, start: Start, temper: Temper, wrong: timedelta = timedelta()) -> str:
    """A conversation whose send was under way when the outbox stopped. `wrong`: by how much its clock was, just then."""
    house.platform.temper = temper
    house.clock.wall, house.clock.store = house.clock.wall + wrong, house.clock.store + wrong
    talk = await house.arrives()
    await house.asked(talk)
    begun = start(house.an_outbox().run(1))
    await house.pass_time(seconds=1)
    begun.cancel()
    await house.clock.settle()
    house.clock.wall, house.clock.store = house.clock.wall - wrong, house.clock.store - wrong
    assert (await house.attempt(talk)).state is AttemptState.INTENDED
    house.platform.temper = Temper.WELL
    return talk


async def test_nothing_new_goes_out_before_open_attempts_were_looked_at(house: House, start: Start) -> None:
    """At the start, what was interrupted is looked for first; only then goes out what was asked meanwhile."""
    two = await house.arrives("Nobody reads what I write to you.", "m2", person="joe")
    found = await house.drafted(two, text="We are sorry, Joe. We write to you today. Ana")
    assert found.drafts[0].cooling is not None
    one = await interrupted(house, start, Temper.DROPS_AFTER)
    await house.press(Part.CLOCKWORK, c.Wake, conversation=two, what="cooled:d1:1")
    await house.sends(two, "s2")
    start(house.an_outbox().run(2))
    await house.pass_time(seconds=26)
    assert (await house.attempt(two, "s2")).state is AttemptState.ASKED
    await house.pass_time(seconds=4)
    assert (await house.attempt(one)).state is AttemptState.POSTED
    assert (await house.attempt(two, "s2")).state is AttemptState.POSTED
    assert len(house.platform.ledger) == 2


async def test_clocks_that_jumped_do_not_hold_it_up_for_ever(house: House, start: Start) -> None:
    """An attempt whose time lies in the future settles by the time that really passed."""
    talk = await interrupted(house, start, Temper.DROPS_BEFORE)
    house.clock.wall -= timedelta(hours=5)
    start(house.an_outbox().run(2))
    await house.pass_time(seconds=SETTLED)
    assert (await house.attempt(talk)).state is AttemptState.UNKNOWN


@pytest.mark.parametrize("hours", [-5, 0, 5])
async def test_on_another_machine_it_settles_by_what_passed_there(house: House, start: Start, hours: int) -> None:
    """Whatever the first one's clock showed: it is not looked for before, and then a person has the last word at once."""
    talk = await interrupted(house, start, Temper.DROPS_BEFORE, timedelta(hours=hours))
    house.clock.reboot()
    start(house.an_outbox().run(2))
    await house.pass_time(seconds=27)
    assert (await house.attempt(talk)).state is AttemptState.INTENDED
    assert house.platform.asked_to_find == 0
    await house.pass_time(seconds=2)
    assert (await house.attempt(talk)).state is AttemptState.UNKNOWN
    await house.press(ANA, c.TryAgain, conversation=talk, attempt="s1", round=1, absent=True)
    await house.pass_time(seconds=2)
    assert (await house.attempt(talk)).state is AttemptState.POSTED
    assert len(house.platform.ledger) == 1


async def test_two_witnesses_tell_another_machine_how_long_ago_it_was(house: House, start: Start) -> None:
    """After a restart of the machine that took a minute it is looked for at once."""
    house.clock.witness = house.clock.wall
    talk = await interrupted(house, start, Temper.DROPS_AFTER)
    house.clock.advance(60)
    house.clock.reboot()
    house.clock.witness = house.clock.wall
    start(house.an_outbox().run(2))
    await house.pass_time(seconds=1)
    assert (await house.attempt(talk)).state is AttemptState.POSTED


async def test_by_hand_it_is_handed_to_its_presser(house: House, start: Start) -> None:
    """Where the way is by hand nothing is sent: it waits, with the address to open, for its presser's word."""
    house.platform.way = Way(how=How.HAND, because="There is no API here.")
    house.platform.looks = False
    talk = await house.arrives()
    await house.asked(talk)
    start(house.an_outbox().run(1))
    await house.pass_time(seconds=1)
    assert (await house.attempt(talk)).state is AttemptState.SENT_BACK
    await house.sends(talk, "s2", looked=True)
    await house.pass_time(minutes=2)
    hand = await house.attempt(talk, "s2")
    assert (hand.state, hand.url) == (AttemptState.BY_HAND, "")  # where it stands in public is in the vault
    assert house.platform.ledger == []
    await house.press(ANA, c.SettleAttempt, conversation=talk, attempt="s2", there=True)
    assert (await house.attempt(talk, "s2")).state is AttemptState.POSTED


async def test_a_private_word_goes_to_the_author(house: House, start: Start) -> None:
    """It has an audience of one, and the public still waits for us."""
    talk = await house.arrives()
    await house.asked(talk, stage=Stage.PRIVATE, audience=Audience.PRIVATE, target=ToAuthor(key=key()))
    start(house.an_outbox().run(1))
    await house.pass_time(seconds=1)
    assert [(one.target, one.audience) for one in house.platform.ledger] == [(ToAuthor(key=key()), Audience.PRIVATE)]
    assert (await house.talk(talk)).waiting_since is not None


async def statement(house: House) -> str:
    """A statement that is ready to be sent."""
    begun = {"account": OURS, "incident": "i1", "conversation": "c1"}
    await house.press(ANA, c.BeginStatement, **begun)
    to = {"stage": Stage.STATEMENT, "target": ToAccount(account=OURS)}
    await house.press(
        ANA, c.Write, conversation="c1", draft="d1", based_on=0, audience=Audience.PUBLIC, text="We recall it.", **to
    )
    await house.pass_time(minutes=60)
    await house.press(Part.CLOCKWORK, c.Wake, conversation="c1", what="cooled:d1:1")
    await house.sends("c1")
    return "c1"


@pytest.mark.parametrize("accounts", [{"mastodon": OURS}, {}])
async def test_a_statement_needs_no_look(house: House, start: Start, accounts: dict[str, Account]) -> None:
    """It answers nobody, so nothing is looked at again; it goes out on the account it was written for."""
    house.platform.looks = False
    await statement(house)
    start(house.an_outbox(accounts=accounts).run(1))
    await house.pass_time(seconds=1)
    assert [(one.target, one.account) for one in house.platform.ledger] == [(ToAccount(account=OURS), OURS)]


async def test_a_statement_for_another_account_is_sent_back(house: House, start: Start) -> None:
    """The account set up for the platform must be the one the words were written for."""
    await statement(house)
    start(house.an_outbox(accounts={"mastodon": Account(platform="mastodon", name="@other")}).run(1))
    await house.pass_time(seconds=1)
    assert (await house.attempt("c1")).state is AttemptState.SENT_BACK
    assert house.platform.ledger == []


async def test_a_correction_amends_what_stands(house: House, start: Start) -> None:
    """It goes to our own post, and is delivered like any other words."""
    talk = await house.arrives()
    await house.asked(talk)
    start(house.an_outbox().run(1))
    await house.pass_time(seconds=1)
    await house.press(
        ANA, c.Correct, conversation=talk, attempt="s1", draft="d2", text="We write to you by Monday. Ana"
    )
    await house.pass_time(minutes=60)
    await house.press(Part.CLOCKWORK, c.Wake, conversation=talk, what="cooled:d2:1")
    await house.sends(talk, "s2")
    await house.pass_time(seconds=1)
    assert house.platform.ledger[-1].target == ToPost(key=key("ours-s1"))
    assert (await house.attempt(talk, "s2")).state is AttemptState.POSTED


async def test_one_platform_that_hangs_holds_up_no_other(
    house: House, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While one does not answer, what is asked for another goes out, even where it lies on the next page; what it never
    answered asks a person."""
    monkeypatch.setattr("bot.work.outbox.PAGE", 1)
    house.platforms["slow"] = slow = FakePlatform(house.clock, "slow")
    slow.late = 1e9
    hung = await house.arrives(platform="slow")
    talk = await house.arrives("Nobody reads what I write to you.", "m2", person="joe")
    await house.drafted(hung)
    await house.asked(talk, "s2")
    await house.press(Part.CLOCKWORK, c.Wake, conversation=hung, what="cooled:d1:1")
    await house.sends(hung)
    start(house.an_outbox().run(1))
    await house.pass_time(seconds=1)
    assert (await house.attempt(talk, "s2")).state is AttemptState.POSTED
    assert (await house.attempt(hung)).state is AttemptState.ASKED
    await house.pass_time(seconds=5)
    assert (await house.attempt(hung)).state is AttemptState.SENT_BACK


async def test_one_platform_that_hangs_holds_up_nobody_who_presses_later(house: House, start: Start) -> None:
    """Many wait for a platform that takes words and never answers; what is pressed meanwhile for another goes out at once."""
    house.platforms["slow"] = slow = FakePlatform(house.clock, "slow")
    slow.late = 1e9
    talks = [await house.arrives(f"Number {n} waits.", f"m{n}", platform="slow", person=f"p{n}") for n in range(6)]
    good = await house.arrives("Nobody reads what I write to you.", "m9", person="joe")
    for talk in (*talks, good):
        await house.drafted(talk)
    house.clock.advance(3600)
    for talk in (*talks, good):
        await house.press(Part.CLOCKWORK, c.Wake, conversation=talk, what="cooled:d1:1")
    for number, talk in enumerate(talks):
        await house.sends(talk, f"s{number}")
    start(house.an_outbox().run(1))
    await house.pass_time(seconds=1)
    await house.sends(good, "good")
    await house.pass_time(seconds=1)
    assert (await house.attempt(good, "good")).state is AttemptState.POSTED
    assert (await house.attempt(talks[5], "s5")).state is AttemptState.ASKED
    await house.pass_time(seconds=60)
    assert {(await house.attempt(talk, f"s{n}")).state for n, talk in enumerate(talks)} == {AttemptState.SENT_BACK}


async def test_a_doubt_waits_for_no_queue(house: House, start: Start) -> None:
    """A platform that takes words and never answers: each doubt asks a person within a minute, however many wait behind it."""

    over = asyncio.Event()

    class Mute(FakePlatform):
        async def send(self, cleared: Cleared) -> Delivery:
            await over.wait()
            return await super().send(cleared)

    house.platforms["mute"] = Mute(house.clock, "mute")
    talks = [await house.arrives(f"Number {n} waits.", f"m{n}", platform="mute", person=f"p{n}") for n in range(12)]
    for talk in talks:
        await house.drafted(talk)
    house.clock.advance(3600)
    for number, talk in enumerate(talks):
        await house.press(Part.CLOCKWORK, c.Wake, conversation=talk, what="cooled:d1:1")
        await house.sends(talk, f"s{number}")
    start(house.an_outbox().run(1))
    await house.pass_time(seconds=80)
    asked = [await house.attempt(talk, f"s{number}") for number, talk in enumerate(talks)]
    over.set()
    begun = [each for each in asked if each.intended is not None and house.clock.wall - each.intended > ASKS_WITHIN]
    assert len(begun) > 1
    assert {each.state for each in begun} == {AttemptState.UNKNOWN}


async def test_many_asks_are_all_taken(house: House, start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest first, however many pages of them there are."""
    monkeypatch.setattr("bot.work.outbox.PAGE", 2)
    for number in range(3):
        talk = await house.arrives(
            f"Complaint number {number} about something else.", f"m{number}", person=f"p{number}"
        )
        await house.drafted(talk)
    house.clock.advance(3600)
    for number in range(3):
        await house.press(Part.CLOCKWORK, c.Wake, conversation=house.lies(f"m{number}"), what="cooled:d1:1")
        await house.sends(house.lies(f"m{number}"), f"s{number}")
        house.clock.advance(1)
    start(house.an_outbox().run(1))
    await house.pass_time(seconds=1)
    assert [one.attempt_key for one in house.platform.ledger] == ["s0", "s1", "s2"]
