"""A community in Slack (local-slack): what is heard, what is missed and found again, who spoke for us, and what goes out."""

from collections.abc import AsyncIterator

import pytest

from adapters.connections.slack_events import SlackEvents
from bot.nouns.delivery import Absent, How, NotSent, Posted, ToAuthor, ToMention, ToPost
from bot.nouns.mention import AnsweredByUs, CannotTell, Deleted, Edited, Said, Seen
from bot.nouns.team import Place
from tests.adapters.platforms.slack_community import ANA, EYES, GIL, KIM, Office, mention, office
from tests.adapters.platforms.test_community_discord_send import cleared
from tests.adapters.rooms.slack.peers import CARE, QUIET


@pytest.fixture
async def place() -> AsyncIterator[Office]:
    """An office in which the room passes on what it receives."""
    async with office() as made:
        yield made


async def test_what_members_say_arrives_with_name_and_link(place: Office) -> None:
    """In a watched channel and its threads, at once; elsewhere nobody listens."""
    async with place.listening():
        root = await place.slack.post(
            GIL, "My appeal was refused &amp; <@U0ANA> says nothing <https://a.example|there>"
        )
        await place.slack.post(KIM, "Mine too.", thread=root)
        await place.slack.post(GIL, "Nobody asked to hear this.", channel=QUIET)
        one, two = (each.mention for each in await place.said(2))
    assert one.key == mention(root)
    assert one.text == "My appeal was refused & @U0ANA says nothing there (https://a.example)"
    assert (one.author.id, one.author.name) == (GIL, "Gil")
    assert one.url.endswith(f"/archives/{CARE}/p{root.replace('.', '')}")
    assert one.direct
    assert (two.in_reply_to, two.direct) == (one.key.id, False)


async def test_edits_and_deletions_arrive(place: Office) -> None:
    """As soon as Slack tells of them."""
    async with place.listening():
        bad, worse = await place.slack.post(GIL, "bad"), await place.slack.post(GIL, "worse")
        await place.slack._control("edit-message", {"channel": CARE, "ts": bad, "user": GIL, "text": "very bad"})
        await place.slack.delete(GIL, worse)
        await place.ears.until(lambda e: e.of(Edited) and e.of(Deleted))
    assert place.ears.of(Edited)[0].mention.text == "very bad"
    assert place.ears.of(Deleted)[0].key == mention(worse)


async def test_what_was_said_while_nobody_listened_is_read(place: Office) -> None:
    """In the channel and in threads below it, from the cursor on, nothing from before the first start."""
    await place.slack.post(GIL, "long ago")
    async with place.listening():
        root = await place.slack.post(GIL, "before")
        await place.said(1)
    await place.slack.post(GIL, "meanwhile")
    await place.slack.post(KIM, "below", thread=root)
    place.platform = place.new_platform()
    async with place.listening(place.ears.cursor):
        heard = [each.mention.text for each in await place.said(3)]
    assert heard == ["before", "meanwhile", "below"]


async def test_without_anybody_to_tell_us_the_channel_is_asked() -> None:
    """Said, answered by a moderator: all of it is found by walks alone."""
    async with office(events=False, every=3) as place, place.listening():
        root = await place.slack.post(GIL, "Is anybody there?")
        await place.said(1)
        await place.slack.post(ANA, "We are.", thread=root)
        await place.ears.until(lambda e: e.of(AnsweredByUs))
        assert place.ears.of(AnsweredByUs)[0].key == mention(root)


async def test_who_speaks_for_us(place: Office) -> None:
    """A listed moderator in the thread, and whoever posts the words a teammate said they would; not what they say alone."""
    async with place.listening():
        root = await place.slack.post(GIL, "Why was I muted?")
        again = await place.slack.post(GIL, "And for how long?", thread=root)
        await place.said(2)
        await place.slack.post(ANA, "Good morning everybody")
        await place.slack.post(ANA, "A mistake, I am sorry.", thread=root)
        place.awaited[mention(root).id] = "It ends today.\nThe mod team"
        await place.slack.post(KIM, "It ends today. The mod team", thread=root)
        await place.ears.until(lambda e: len(e.of(AnsweredByUs)) == 2)
    one, two = place.ears.of(AnsweredByUs)
    assert (one.key, one.words) == (mention(again), "A mistake, I am sorry.")
    assert two.key == mention(root)
    assert len(place.ears.of(Said)) == 2


async def test_a_reaction_and_the_menu_report_a_message(place: Office) -> None:
    """It speaks to us then, whoever wrote it; the room is told that the menu's report was for us."""
    async with place.listening():
        nasty = await place.slack.post(GIL, "Something nasty")
        await place.said(1)
        await place.slack.react(KIM, nasty, "thumbsup")
        await place.slack.react(KIM, nasty, EYES)
        await place.ears.until(lambda e: e.of(Edited))
        rude = await place.slack.post(ANA, "Go away, all of you")
        report = {
            "type": "message_action",
            "callback_id": "coolhead_report",
            "channel": {"id": CARE},
            "message": {"type": "message", "user": ANA, "ts": rude, "text": "Go away, all of you"},
            "response_url": "https://elsewhere.example/",
        }
        assert place.events is not None
        assert await place.events.tell("interactive", report)
        assert not await place.events.tell("interactive", {**report, "callback_id": "coolhead_bring_this"})
        await place.said(2)
    assert place.ears.of(Edited)[0].mention.key == mention(nasty)
    assert place.ears.of(Edited)[0].mention.direct
    assert (place.ears.of(Said)[1].mention.direct, place.ears.of(Said)[1].mention.text) == (True, "Go away, all of you")


async def test_where_the_team_sits_nobody_is_listened_to(place: Office) -> None:
    """A place of the team that is named as a channel by mistake is not read, not looked at, and the check says so."""
    place.places = [Place(room="slack", id=CARE, name="care")]
    async with place.listening():
        root = await place.slack.post(GIL, "between moderators")
        await place.slack.react(KIM, root, EYES)
        place.platform._ears._missed()
        await place.walks()
        assert isinstance(await place.platform.look_again(mention(root)), CannotTell)
    assert place.ears.news == []
    assert any("the team sits" in each.what and not each.ok for each in await place.platform.check())


async def test_looking_again_shows_what_came_after(place: Office) -> None:
    """As it stands now, with its author's later words and ours; a deleted message is deleted."""
    root = await place.slack.post(GIL, "Why?")
    await place.slack.post(ANA, "A mistake.", thread=root)
    await place.slack.post(KIM, "Mine too?", thread=root)
    last = await place.slack.post(GIL, "Thank you.", thread=root)
    await place.slack._control("edit-message", {"channel": CARE, "ts": root, "user": GIL, "text": "Why me?"})
    seen = await place.platform.look_again(mention(root))
    assert isinstance(seen, Seen)
    assert (seen.mention.text, seen.mention.author.name) == ("Why me?", "Gil")
    assert [each.words if isinstance(each, AnsweredByUs) else each.mention.text for each in seen.after] == [
        "A mistake.",
        "Thank you.",
    ]
    below = await place.platform.look_again(mention(last))
    assert isinstance(below, Seen)
    assert below.after == ()
    await place.slack.delete(GIL, last)
    assert isinstance(await place.platform.look_again(mention(last)), Deleted)


async def test_by_itself_a_moderator_posts_by_hand(place: Office) -> None:
    """The words are handed over with the link."""
    root = await place.slack.post(GIL, "Why?")
    seen = await place.platform.look_again(mention(root))
    assert isinstance(seen, Seen)
    assert place.platform.reach(seen.mention).public.how is How.HAND
    sent = await place.platform.send(cleared("We look.", ToMention(key=mention(root))))
    assert sent.delivery == "by_hand"
    assert await place.slack.calls("chat.postMessage") == []


async def test_as_the_app_where_it_is_switched_on() -> None:
    """In the thread, plain, found by its mark; amended and withdrawn; a private word to its author alone."""
    async with office(post_as_bot=True) as place:
        root = await place.slack.post(GIL, "Why?")
        words = cleared("We look <!channel> & <@U0KIM>.", ToMention(key=mention(root)))
        words = words.model_copy(update={"account": words.account.model_copy(update={"platform": "slack"})})
        assert isinstance(await place.platform.find(words), Absent)
        sent = await place.platform.send(words)
        assert isinstance(sent, Posted)
        assert sent.key is not None
        (standing,) = await place.slack.thread(root)
        assert standing["text"] == "We look &lt;!channel&gt; &amp; &lt;@U0KIM&gt;."
        assert sent.url.endswith(f"?thread_ts={root}&cid={CARE}")
        found = await place.platform.find(words)
        assert isinstance(found, Posted)
        assert found.key == sent.key
        amended = cleared("By six.", ToPost(key=sent.key))
        assert isinstance(await place.platform.find(amended), Absent)
        assert isinstance(await place.platform.send(amended), Posted)
        assert isinstance(await place.platform.find(amended), Posted)
        withdrawn = cleared("", ToPost(key=sent.key))
        assert isinstance(await place.platform.send(withdrawn), Posted)
        assert isinstance(await place.platform.find(withdrawn), Posted)
        private = cleared("May we talk here?", ToAuthor(key=mention(root)), author=GIL)
        assert isinstance(await place.platform.send(private), Posted)
        assert [each["text"] for each in await place.slack.direct(GIL)] == ["May we talk here?"]
        assert isinstance(await place.platform.find(private), Posted)
        await place.slack.delete(GIL, root)
        assert isinstance(await place.platform.send(words), NotSent)


async def test_the_check_names_what_is_missing(place: Office) -> None:
    """A channel that is listened to, and one that the app is not in."""
    assert [each.ok for each in await place.platform.check()] == [True]


async def test_events_reach_everybody_who_listens() -> None:
    """What one takes for itself alone is known as taken; a return after a silence is told too."""
    events, told, back = SlackEvents(), list[str](), list[bool]()

    async def ear(kind: str, payload: object) -> bool:
        told.append(kind)
        return payload == {"mine": True}

    events.on(ear, lambda: back.append(True))
    events.on(ear, lambda: back.append(True))
    assert not await events.tell("events_api", {})
    assert await events.tell("interactive", {"mine": True})
    events.back()
    assert told == ["events_api", "events_api", "interactive", "interactive"]
    assert len(back) == 2
