"""The outbox looks before it sends: what changed on their side, on ours, and who may send."""

from datetime import timedelta

import pytest

from bot.nouns import commands as c
from bot.nouns.conversation import AttemptState
from bot.nouns.delivery import Account, Cleared, Delivery, How, NotSent, Reach, ToMention, ToPost, Unknown
from bot.nouns.mention import AnsweredByUs, CannotTell, Deleted, Mention, Said
from bot.nouns.team import Part, Role, Team, Teammate
from bot.ports import Platform, fence
from bot.work.attempts import answered, cleared, whole
from bot.work.one_attempt import against, held_up
from bot.work.outside import SOCKET_DEADLINE, Outside
from tests.bot.work.conftest import Start
from tests.bot.work.house import ANA, BEN, House, key
from tests.fakes.platform import FakePlatform


async def after_a_second(house: House, start: Start, talk: str) -> AttemptState:
    """What became of the send after the outbox has run."""
    start(house.an_outbox().run(1))
    await house.pass_time(seconds=1)
    return (await house.attempt(talk)).state


async def test_a_deletion_sets_it_aside(house: House, start: Start) -> None:
    """Deleted between the press and the look: nothing is left to answer, and the timeline says so."""
    talk = await house.arrives()
    await house.asked(talk)
    house.platform.delete(key())
    assert await after_a_second(house, start, talk) is AttemptState.SET_ASIDE
    assert (await house.talk(talk)).gone
    assert house.platform.ledger == []


async def test_an_edit_sends_it_back(house: House, start: Start) -> None:
    """Other words than the presser knew have to be read first."""
    talk = await house.arrives()
    await house.asked(talk)
    house.platform.said(house.mention("It came today after all, sorry!", "m1"))
    assert await after_a_second(house, start, talk) is AttemptState.SENT_BACK
    assert house.platform.ledger == []


async def test_new_words_of_theirs_send_it_back(house: House, start: Start) -> None:
    """So does something they wrote after it."""
    talk = await house.arrives()
    await house.asked(talk)
    house.platform.follow(key(), Said(mention=house.mention("Forget it.", "m2")))
    assert await after_a_second(house, start, talk) is AttemptState.SENT_BACK
    assert house.platform.ledger == []


async def test_an_answer_by_another_hand_sets_it_aside(house: House, start: Start) -> None:
    """A colleague who answered on the platform itself is not doubled."""
    talk = await house.arrives()
    await house.asked(talk)
    by_hand = AnsweredByUs(key=key(), ours=key("o1"), words="Hello Mara, we look into it.", at=house.clock.wall)
    house.platform.follow(key(), by_hand)
    assert await after_a_second(house, start, talk) is AttemptState.SET_ASIDE
    assert house.platform.ledger == []


async def test_a_platform_that_shows_nothing_sends_it_back(house: House, start: Start) -> None:
    """Where we can't look, a person is asked to; where they said they did, it goes out."""
    house.platform.looks = False
    talk = await house.arrives()
    await house.asked(talk)
    assert await after_a_second(house, start, talk) is AttemptState.SENT_BACK
    await house.sends(talk, "s2", looked=True)
    await house.pass_time(seconds=1)
    assert (await house.attempt(talk, "s2")).state is AttemptState.POSTED


async def test_an_ask_older_than_five_minutes_is_sent_back(house: House, start: Start) -> None:
    """Whoever pressed thinks of something else by now."""
    talk = await house.arrives()
    await house.asked(talk)
    house.clock.advance(301)
    assert await after_a_second(house, start, talk) is AttemptState.SENT_BACK
    assert house.platform.ledger == []


async def gone(person: str, team: Team) -> Teammate | None:
    """They left the team."""
    del person, team
    return None


async def a_guest(person: str, team: Team) -> Teammate | None:
    """They only read now."""
    return team.people[person].model_copy(update={"roles": frozenset({Role.GUEST})})


async def nobody_knows(person: str, team: Team) -> Teammate | None:
    """The room does not answer."""
    raise ConnectionError


@pytest.mark.parametrize("ask", [gone, a_guest, nobody_knows])
async def test_who_may_not_send_any_more_does_not(house: House, start: Start, ask: object) -> None:
    """Roles are asked anew at the send; no answer sends back."""
    talk = await house.arrives()
    await house.asked(talk)
    start(house.an_outbox(ask_roles=ask).run(1))
    await house.pass_time(seconds=1)
    assert (await house.attempt(talk)).state is AttemptState.SENT_BACK
    assert house.platform.ledger == []


async def test_no_way_to_them_sends_it_back(house: House, start: Start) -> None:
    """With the platform's own reason."""
    house.platform.way = house.platform.way.model_copy(update={"how": How.NONE, "because": "The replies are closed."})
    talk = await house.arrives()
    await house.asked(talk)
    assert await after_a_second(house, start, talk) is AttemptState.SENT_BACK
    assert (await house.attempt(talk)).because == "The replies are closed."


async def test_a_fault_of_a_platform_is_an_answer(house: House) -> None:
    """Whatever an adapter raises, the outbox gets a value: it can't tell, it has no way, nobody knows."""

    def broken(name: str) -> Platform:
        raise KeyError(name)

    talk = await house.arrives()
    attempt, found = await house.asked(talk), await house.talk(talk)
    outside = Outside(broken, house.clock, nobody_knows)
    assert outside.reach(found, attempt).public.how is How.NONE
    assert isinstance(await outside.look_again(attempt), CannotTell)
    assert isinstance(await outside.find(cleared(found, attempt)), CannotTell)
    assert (await outside.send(cleared(found, attempt), lambda now: None)).delivery == "unknown"


@pytest.mark.parametrize(("passes", "told"), [(False, "not_sent"), (True, "unknown")])
async def test_held_back_at_the_wire_is_not_sent(house: House, passes: bool, told: str) -> None:
    """Where the process was stopped before the first byte, and for so long that another looked for it, nothing went out."""

    class Stopped(FakePlatform):
        async def send(self, cleared: Cleared) -> Delivery:
            around = fence()
            assert around is not None
            house.clock.advance(SOCKET_DEADLINE)
            assert await around.left() == 0  # to the last moment
            if passes:
                around.passed()
            house.clock.advance(0.1)
            assert (await around.left() or 0) < 0
            around.hold_back()
            return Unknown(because="The connection broke.")

    talk = await house.arrives()
    attempt, found = await house.asked(talk), await house.talk(talk)
    outside = Outside(lambda name: Stopped(house.clock, name=name), house.clock, nobody_knows)
    assert (await outside.send(cleared(found, attempt), lambda now: None)).delivery == told


async def test_what_it_answers_may_be_gone(house: House) -> None:
    """An attempt whose mention does not lie in the conversation has no way to anybody, and nothing known about it."""
    talk = await house.arrives()
    attempt, found = await house.asked(talk), await house.talk(talk)
    astray = attempt.model_copy(update={"target": ToMention(key=key("m9"))})
    outside = Outside(house.platforms.__getitem__, house.clock, nobody_knows)
    assert outside.reach(found, astray).public.because == "What it answers is not here any more."
    assert answered(found, astray) is None
    assert cleared(found, astray).about is None


async def test_what_answers_nobody_goes_the_way_of_its_platform(house: House) -> None:
    """A post of ours is reached through the account it was pressed for; where none was named, through the platform's own."""
    asked: list[Mention | Account] = []

    class Open(FakePlatform):
        def reach(self, subject: Mention | Account) -> Reach:
            asked.append(subject)
            return super().reach(subject)

    talk = await house.arrives()
    attempt, found = await house.asked(talk), await house.talk(talk)
    outside = Outside(lambda name: Open(house.clock, name=name), house.clock, nobody_knows)
    shop = Account(platform=key().platform, name="@shop")
    for account in (None, shop):
        outside.reach(found, attempt.model_copy(update={"target": ToPost(key=key("p1")), "account": account}))
    assert asked == [Account(platform=key().platform), shop]


async def test_a_kept_mention_is_whole_again(house: House) -> None:
    """As a platform knows it; where its author was forgotten, without what was personal."""
    talk = await house.arrives("Where is it?", rating=2)
    kept = (await house.talk(talk)).mentions[0]
    again = whole(kept)
    assert (again.text, again.author.handle, again.url, again.rating) == (
        "Where is it?",
        "@mara",
        "https://square.test/m1",
        2,
    )
    await house.vault.forget([kept.person])
    forgotten = whole((await house.talk(talk)).mentions[0])
    assert (forgotten.text, forgotten.author.handle, forgotten.url) == ("", "", "")


async def test_only_what_was_cleared_goes_out(house: House) -> None:
    """Words, target, account and key must be those the intent is bound to, and the moment must be the same."""
    talk = await house.arrives()
    attempt, found = await house.asked(talk), await house.talk(talk)
    bound = attempt.model_copy(update={"binding": cleared(found, attempt).binding()})
    team = Team(people={ANA.id: ANA, BEN.id: BEN})
    now = house.clock.at
    assert against(found, bound, team, now) is None
    assert isinstance(against(found, attempt, team, now), NotSent)
    elsewhere = bound.model_copy(update={"target": ToMention(key=key("m9"))})
    assert isinstance(against(found, elsewhere, team, now), NotSent)
    assert held_up(now, now.elapsed - 3.0, now.elapsed - 8.0, now.elapsed - 0.8) is None
    for began, looked, read in ((3.1, 3.1, 0.0), (0.0, 8.1, 0.0), (1.0, 1.0, 0.95)):
        late = held_up(now, now.elapsed - began, now.elapsed - looked, now.elapsed - read)
        assert late is not None
        assert "held up" in late.because


async def test_a_withdrawn_conversation_is_set_aside_by_the_look(house: House, start: Start) -> None:
    """News of the deletion and the look say the same once."""
    talk = await house.arrives()
    await house.asked(talk)
    house.platform.delete(key())
    await house.hears(Deleted(key=key(), at=house.clock.wall))
    assert await after_a_second(house, start, talk) is AttemptState.SET_ASIDE
    incident = (await house.talk(talk)).incident
    assert (await house.kinds(incident)).count("mention_deleted") == 1


async def test_the_clockwork_sends_back_what_nobody_took(house: House) -> None:
    """While no outbox runs, an old ask is sent back all the same."""
    talk = await house.arrives()
    await house.asked(talk)
    house.clock.advance(timedelta(minutes=5).total_seconds())
    await house.press(Part.CLOCKWORK, c.Wake, conversation=talk, what="asked:s1")
    assert (await house.attempt(talk)).state is AttemptState.SENT_BACK
