"""A community on Discord (simcord): what is heard, what is missed and found again, and who spoke for us."""

from collections.abc import AsyncIterator

import pytest

from bot.nouns.mention import AnsweredByUs, Deleted, Edited, Gap, MentionKind, Said
from bot.nouns.refusal import Refusal
from bot.nouns.team import Place
from tests.adapters.platforms.discord_community import FLAG, Town, town


@pytest.fixture
async def place() -> AsyncIterator[Town]:
    """A town without a switch."""
    async with town() as made:
        yield made


async def test_what_members_say_arrives_with_its_author_and_its_link(place: Town) -> None:
    """In a watched channel, at once; what it answers stands in it."""
    async with place.listening():
        first = await place.gil.send(place.lobby, "My ban appeal was refused.")
        await place.kim.send(place.lobby, "Mine too.", reply_to=first)
        await place.gil.send(place.elsewhere, "Nobody asked to hear this.")
        await place.ears.until(lambda e: len(e.of(Said)) == 2)
    one, two = (each.mention for each in place.ears.of(Said))
    assert one.text == "My ban appeal was refused."
    assert one.key.id == f"{place.lobby.id}-{first.id}"
    assert one.author.id == str(place.gil.id)
    assert one.url == f"https://discord.com/channels/{place.guild.id}/{place.lobby.id}/{first.id}"
    assert (one.kind, one.direct, one.source) == (MentionKind.CHAT, False, "discord")
    assert two.in_reply_to == one.key.id


async def test_the_first_start_begins_now(place: Town) -> None:
    """What was said before anybody listened is not brought in."""
    await place.gil.send(place.lobby, "From long ago")
    async with place.listening():
        await place.gil.send(place.lobby, "From now")
        await place.ears.until(lambda e: e.of(Said))
    assert [each.mention.text for each in place.ears.of(Said)] == ["From now"]


async def test_edits_and_deletions_arrive(place: Town) -> None:
    """As soon as the gateway tells of them."""
    async with place.listening():
        bad, worse = await place.gil.send(place.lobby, "bad"), await place.gil.send(place.lobby, "worse")
        await place.gil.edit(bad, "very bad")
        await place.gil.delete(worse)
        await place.ears.until(lambda e: e.of(Edited) and e.of(Deleted))
    assert place.ears.of(Edited)[0].mention.text == "very bad"
    assert place.ears.of(Deleted)[0].key.id.endswith(str(worse.id))


async def test_what_was_said_while_nobody_listened_is_read_from_the_history(place: Town) -> None:
    """From the cursor on, in the channel, once; an edit in between is told too."""
    async with place.listening():
        await place.gil.send(place.lobby, "before")
        await place.ears.until(lambda e: e.of(Said))
    for number in range(3):
        await place.gil.send(place.lobby, f"meanwhile {number}")
    changed = await place.gil.send(place.lobby, "first words")
    await place.gil.edit(changed, "other words")
    place.platform = place.new_platform([place.table])
    async with place.listening(place.ears.cursor):
        await place.ears.until(lambda e: len(e.of(Said)) == 5)
    assert [each.mention.text for each in place.ears.of(Said)][1:] == [
        "meanwhile 0",
        "meanwhile 1",
        "meanwhile 2",
        "other words",
    ]


async def test_a_new_session_is_followed_by_a_walk(place: Town) -> None:
    """Where the gateway's session was lost, what it did not tell is found, with edits and deletions of what we know."""
    async with place.listening():
        kept, gone = await place.gil.send(place.lobby, "one"), await place.gil.send(place.lobby, "two")
        await place.ears.until(lambda e: len(e.of(Said)) == 2)
        subscribers, place.env.backend.subscribers[:] = list(place.env.backend.subscribers), []
        await place.gil.send(place.lobby, "unheard")
        await place.gil.edit(kept, "one, changed")
        await place.gil.delete(gone)
        place.env.backend.subscribers[:] = subscribers
        assert len(place.ears.of(Said)) == 2
        place.env.bot.dispatch("ready")
        await place.ears.until(lambda e: len(e.of(Said)) == 3 and e.of(Edited) and e.of(Deleted))
    assert place.ears.of(Edited)[-1].mention.text == "one, changed"


async def test_what_could_not_be_stored_comes_again(place: Town) -> None:
    """While the store refuses, nothing is lost."""
    async with place.listening():
        place.ears.deaf = Refusal(because="The store cannot be reached.")
        await place.gil.send(place.lobby, "are you there?")
        await place.ears.until(lambda e: e.refused)
        place.ears.deaf = None
        await place.ears.until(lambda e: e.of(Said))
    assert [each.mention.text for each in place.ears.of(Said)] == ["are you there?"]


async def test_a_post_in_a_forum_has_its_title(place: Town) -> None:
    """Its first message is a post and begins with its title; what is said below answers it, a moderator's word too."""
    async with place.listening():
        made = await place.posts(place.gil, "Banned for nothing", "Please look again.")
        await place.kim.send(made, "I saw it too.")
        await place.ana.send(made, "I looked again; you are back.")
        await place.ears.until(lambda e: len(e.of(Said)) == 2 and e.of(AnsweredByUs))
    first, second = (each.mention for each in place.ears.of(Said))
    assert first.text == "Banned for nothing\n\nPlease look again."
    assert (first.kind, second.kind) == (MentionKind.POST, MentionKind.CHAT)
    assert second.in_reply_to == first.key.id
    assert place.ears.of(AnsweredByUs)[0].key == first.key


async def test_a_listed_moderators_answer_is_a_fact(place: Town) -> None:
    """From their own account: no complaint of anybody's, but known as ours; what else they say is their own talk."""
    async with place.listening():
        asked = await place.gil.send(place.lobby, "Why was I muted?")
        await place.ana.send(place.lobby, "Good morning everybody")
        answer = await place.ana.send(place.lobby, "I looked, and it was a mistake.", reply_to=asked)
        await place.ears.until(lambda e: e.of(AnsweredByUs))
    (ours,) = place.ears.of(AnsweredByUs)
    assert (ours.key.id, ours.ours.id) == (f"{place.lobby.id}-{asked.id}", f"{place.lobby.id}-{answer.id}")
    assert ours.words == "I looked, and it was a mistake."
    assert len(place.ears.of(Said)) == 1


async def test_words_that_a_teammate_said_they_would_post_are_recognised(place: Town) -> None:
    """Whoever posts them under that message is that teammate, listed or not; anybody else's answer is a member's."""
    async with place.listening():
        asked = await place.gil.send(place.lobby, "Why was I muted?")
        place.awaited[f"{place.lobby.id}-{asked.id}"] = "We will look at it by six.\nThe mod team"
        await place.kim.send(place.lobby, "No idea.", reply_to=asked)
        await place.kim.send(place.lobby, "We will look at it by six. The mod team", reply_to=asked)
        await place.ears.until(lambda e: e.of(AnsweredByUs))
    assert place.ears.of(AnsweredByUs)[0].key.id == f"{place.lobby.id}-{asked.id}"
    assert [each.mention.text for each in place.ears.of(Said)] == ["Why was I muted?", "No idea."]


async def test_a_reaction_reports_a_message(place: Town) -> None:
    """It speaks to us then, whatever it said; one that was heard before is judged anew."""
    async with place.listening():
        nasty = await place.gil.send(place.lobby, "Something nasty about Kim")
        await place.ears.until(lambda e: e.of(Said))
        await place.kim.react(nasty, "👍")
        await place.kim.react(nasty, FLAG)
        await place.ears.until(lambda e: e.of(Edited))
    (report,) = place.ears.of(Edited)
    assert report.mention.direct
    assert report.mention.key.id == f"{place.lobby.id}-{nasty.id}"


async def test_the_menu_of_a_message_reports_it(place: Town) -> None:
    """A moderator's words can be reported as anybody's, and whoever reports is thanked in private."""
    async with place.listening():
        rude = await place.ana.send(place.lobby, "Go away, all of you")
        shown = await place.gil.context_menu(place.lobby, "Report to the moderators", rude)
        await place.ears.until(lambda e: e.of(Said))
    (report,) = place.ears.of(Said)
    assert (report.mention.direct, report.mention.text) == (True, "Go away, all of you")
    assert shown.response is not None
    assert shown.response.ephemeral
    assert "moderators will look" in shown.response.message.content


async def test_a_report_where_nobody_listens_is_answered(place: Town) -> None:
    """It is said at once that nothing was reported."""
    async with place.listening():
        there = await place.gil.send(place.elsewhere, "Hm")
        shown = await place.kim.context_menu(place.elsewhere, "Report to the moderators", there)
    assert shown.response is not None
    assert "nothing was reported" in shown.response.message.content
    assert place.ears.news == []


async def test_where_the_team_sits_nobody_is_listened_to(place: Town) -> None:
    """A place of the team that is named as a channel by mistake is not read, and the check says so."""
    place.places = [Place(room="discord", id=str(place.lobby.id), name="lobby")]
    async with place.listening():
        said = await place.gil.send(place.lobby, "between moderators")
        await place.kim.react(said, FLAG)
        await place.posts(place.gil, "Hello", "A question.")
        await place.ears.until(lambda e: e.of(Said))
    assert [each.mention.text for each in place.ears.of(Said)] == ["Hello\n\nA question."]
    found = await place.platform.check()
    assert any("the team sits" in each.what and not each.ok for each in found)


async def test_a_channel_that_cannot_be_read_is_said(place: Town) -> None:
    """In health and in the check, with the permission that is missing; the others are heard all the same."""
    place.lacks(place.lobby, "read_message_history")
    place.lacks(place.questions, "view_channel")
    found = {each.what: each for each in await place.platform.check()}
    lacking = next(each for what, each in found.items() if "Read Message History" in what)
    assert not lacking.ok


async def test_the_check_is_glad_where_all_is_well(place: Town) -> None:
    """Each channel by itself."""
    found = await place.platform.check()
    assert [each.ok for each in found if "is listened to" in each.what] == [True, True]


async def test_threads_that_began_while_nobody_listened_are_read(place: Town) -> None:
    """A post in the forum and what was said below it."""
    place.every = 3
    place.platform = place.new_platform([place.table])
    async with place.listening():
        old = await place.posts(place.gil, "Old", "One.")
        await place.ears.until(lambda e: e.of(Said))
        await place.walks()
        await place.walks()
    new = await place.posts(place.gil, "New", "Two.")
    await place.kim.send(new, "Three.")
    place.platform = place.new_platform([place.table])
    async with place.listening(place.ears.cursor):
        await place.ears.until(lambda e: len(e.of(Said)) == 3)
    assert [each.mention.text for each in place.ears.of(Said)] == ["Old\n\nOne.", "New\n\nTwo.", "Three."]
    assert old.id < new.id


async def test_a_channel_that_is_closed_to_us_after_a_gap_is_told_as_a_gap(place: Town) -> None:
    """History cannot tell what was said there, so the team is; the other channels are read."""
    async with place.listening():
        await place.gil.send(place.lobby, "before")
        await place.ears.until(lambda e: e.of(Said))
    place.env.inject_error("GET", f"/channels/{place.lobby.id}/messages", status=403, code=50001, times=None)
    await place.gil.send(place.lobby, "unseen")
    await place.posts(place.gil, "Hello", "Seen.")
    place.platform = place.new_platform([place.table])
    async with place.listening(place.ears.cursor):
        await place.ears.until(lambda e: e.of(Gap))
    (gap,) = place.ears.of(Gap)
    assert gap.source == "discord"
    assert gap.since <= gap.until
    assert [each.mention.text for each in place.ears.of(Said)][1:] == ["Hello\n\nSeen."]
