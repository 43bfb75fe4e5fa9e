"""Answers in a community on Discord (simcord): by hand unless switched on, once, looked at before and found again."""

from collections.abc import AsyncIterator

import discord
import pytest

from adapters.connections.discord_calls import Problem
from adapters.platforms.community_discord_send import REFUSED, verdict
from bot.nouns.delivery import (
    Absent,
    Account,
    Audience,
    ByHand,
    Cleared,
    How,
    NotSent,
    Posted,
    ToAccount,
    ToAuthor,
    ToMention,
    ToPost,
    Unknown,
)
from bot.nouns.mention import About, AnsweredByUs, Author, CannotTell, Deleted, MentionKey, Said, Seen
from bot.nouns.words import Words, seal
from tests.adapters.platforms.discord_community import Town, town
from tests.fakes.clock import FakeClock

NAME = "discord"


@pytest.fixture
async def open_town() -> AsyncIterator[Town]:
    """Posting as the bot is switched on, and the connection stands."""
    async with town(post_as_bot=True) as made, made.listening():
        yield made


@pytest.fixture
async def place() -> AsyncIterator[Town]:
    """Posting as the bot is off, as it is by itself."""
    async with town() as made, made.listening():
        yield made


def key(message: discord.Message) -> MentionKey:
    """A message as a mention."""
    return MentionKey(platform=NAME, id=f"{message.channel.id}-{message.id}")


def cleared(text: str, target: object, *, author: str = "", attempt: str = "attempt-1") -> Cleared:
    """Words that passed every rule."""
    private = isinstance(target, ToAuthor)
    return Cleared(
        words=Words(ref="r", seal=seal("", text), text=text),
        target=target,
        account=Account(platform=NAME),
        audience=Audience.PRIVATE if private else Audience.PUBLIC,
        attempt_key=attempt,
        about=About(author=Author(id=author), url="https://discord.com/channels/1/2/3"),
    )


async def test_by_itself_a_moderator_posts_by_hand(place: Town) -> None:
    """The words are handed over with the link to the message, and nothing goes out."""
    asked = await place.gil.send(place.lobby, "Why?")
    said = (await place.ears_said(1))[0]
    reach = place.platform.reach(said.mention)
    assert (reach.public.how, reach.private.how) == (How.HAND, How.HAND)
    for target in (ToMention(key=key(asked)), ToAuthor(key=key(asked)), ToPost(key=key(asked))):
        sent = await place.platform.send(cleared("We look.", target, author=str(place.gil.id)))
        assert sent == ByHand(url="https://discord.com/channels/1/2/3")
    assert len(place.lobby.history()) == 1


async def test_a_reply_stands_under_its_message_and_pings_nobody(open_town: Town) -> None:
    """One message of the bot's, as a reply, and it is found again."""
    place = open_town
    asked = await place.gil.send(place.lobby, "Why was I muted?")
    said = (await place.ears_said(1))[0]
    assert place.platform.reach(said.mention).public.how is How.API
    words = cleared("We will look at it by six, @everyone <@1>.", ToMention(key=key(asked)))
    sent = await place.platform.send(words)
    assert isinstance(sent, Posted)
    assert sent.url.startswith(f"https://discord.com/channels/{place.guild.id}/{place.lobby.id}/")
    newest = place.lobby.history()[-1]
    assert newest.reference is not None
    assert newest.reference.message_id == asked.id
    assert newest.mentions == []
    assert not newest.mention_everyone
    assert len(place.lobby.history()) == 2
    assert await place.platform.find(words) == sent
    seen = await place.platform.look_again(key(asked))
    assert isinstance(seen, Seen)
    assert [each.ours for each in seen.after if isinstance(each, AnsweredByUs)] == [sent.key]


async def test_what_does_not_stand_there_is_absent(open_town: Town) -> None:
    """The same words by somebody else, or under another message, are not ours."""
    place = open_town
    asked = await place.gil.send(place.lobby, "Why?")
    await place.kim.send(place.lobby, "We look.", reply_to=asked)
    assert isinstance(await place.platform.find(cleared("We look.", ToMention(key=key(asked)))), Absent)


async def test_a_private_word_goes_to_its_author_alone(open_town: Town) -> None:
    """By direct message; one who takes none is a definite no."""
    place = open_town
    asked = await place.gil.send(place.lobby, "Why?")
    words = cleared("May we talk here?", ToAuthor(key=key(asked)), author=str(place.gil.id))
    sent = await place.platform.send(words)
    assert isinstance(sent, Posted)
    assert [each.content for each in place.gil.user.dm_channel.history()] == ["May we talk here?"]
    assert await place.platform.find(words) == sent
    other = cleared("Another", ToAuthor(key=key(asked)), author=str(place.gil.id), attempt="two")
    assert isinstance(await place.platform.find(other), Absent)
    place.closes_messages()
    refused = await place.platform.send(other)
    assert refused == NotSent(because=REFUSED[50007])


async def test_a_correction_changes_only_what_the_bot_posted(open_town: Town) -> None:
    """Amended, then withdrawn; a person's own message is theirs to change."""
    place = open_town
    asked = await place.gil.send(place.lobby, "Why?")
    sent = await place.platform.send(cleared("By six.", ToMention(key=key(asked))))
    assert isinstance(sent, Posted)
    assert sent.key is not None
    amended = cleared("By seven.", ToPost(key=sent.key), attempt="two")
    assert isinstance(await place.platform.find(amended), Absent)
    assert isinstance(await place.platform.send(amended), Posted)
    assert isinstance(await place.platform.find(amended), Posted)
    assert place.lobby.history()[-1].content == "By seven."
    withdrawn = cleared("", ToPost(key=sent.key), attempt="three")
    assert isinstance(await place.platform.send(withdrawn), Posted)
    assert isinstance(await place.platform.find(withdrawn), Posted)
    assert len(place.lobby.history()) == 1
    assert isinstance(await place.platform.send(withdrawn), Unknown | NotSent)
    theirs = await place.platform.send(cleared("Mine.", ToPost(key=key(asked)), attempt="four"))
    assert theirs == NotSent(because=REFUSED[50005])


async def test_a_statement_is_a_moderators(open_town: Town) -> None:
    """It answers no message, so nobody knows in which channel it belongs."""
    words = cleared("We are back.", ToAccount(account=Account(platform=NAME)))
    assert isinstance(await open_town.platform.send(words), ByHand)
    assert isinstance(await open_town.platform.find(words), CannotTell)
    assert open_town.platform.reach(Account(platform=NAME)).public.how is How.HAND


async def test_looking_again_shows_what_came_after(place: Town) -> None:
    """Their own answers in the talk and ours; a deleted message is deleted, and elsewhere we do not look."""
    asked = await place.gil.send(place.lobby, "Why?")
    answer = await place.ana.send(place.lobby, "A mistake.", reply_to=asked)
    await place.gil.send(place.lobby, "Thank you.", reply_to=answer)
    await place.gil.send(place.lobby, "Anybody for a game?")
    await place.gil.edit(asked, "Why me?")
    seen = await place.platform.look_again(key(asked))
    assert isinstance(seen, Seen)
    assert seen.mention.text == "Why me?"
    words = [each.words if isinstance(each, AnsweredByUs) else each.mention.text for each in seen.after]
    assert words == ["A mistake.", "Thank you."]
    assert isinstance(seen.after[1], Said)
    await place.gil.delete(asked)
    assert isinstance(await place.platform.look_again(key(asked)), Deleted)
    other = await place.gil.send(place.elsewhere, "Hm")
    assert isinstance(await place.platform.look_again(key(other)), CannotTell)


async def test_a_reply_to_what_is_gone_is_a_definite_no(open_town: Town) -> None:
    """Discord says so before anything is written."""
    asked = await open_town.gil.send(open_town.lobby, "Why?")
    words = cleared("We look.", ToMention(key=key(asked)))
    await open_town.gil.delete(asked)
    open_town.env.inject_error("POST", f"/channels/{open_town.lobby.id}/messages", status=400, code=50035)
    assert await open_town.platform.send(words) == NotSent(because=REFUSED[50035])


@pytest.mark.parametrize(
    ("problem", "twice", "kind"),
    [
        (Problem(403, 50013), False, NotSent),
        (Problem(400, 200000), False, NotSent),
        (Problem(429, 20016, wait=5), False, NotSent),
        (Problem(401), False, NotSent),
        (Problem(0), False, NotSent),
        (Problem(403, 50013), True, Unknown),
        (Problem(0, doubtful=True), False, Unknown),
        (Problem(500, doubtful=True), False, Unknown),
        (Problem(400, 99999), False, Unknown),
        (Problem(404, 0), False, Unknown),
    ],
)
def test_only_what_is_listed_is_a_definite_no(problem: Problem, twice: bool, kind: type) -> None:
    """Everything else, and a no after a try that may have worked, asks a person."""
    assert isinstance(verdict(problem, twice, FakeClock().at), kind)
