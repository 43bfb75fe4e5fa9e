"""What a card says while a source or a room is away."""

from bot.nouns.team import Place
from bot.nouns.view import View
from bot.screens.portrait import portrait
from bot.screens.shapes import Fact
from tests.bot.build import START, a_mention, a_team, after, opened
from tests.bot.screens.states import closed, pile

PLACES = (Place(room="web", id="desk"), Place(room="chat", id="c1"))
QUIET = {"quiet": {"mastodon": START, "feed": START}, "away": {"chat": START, "gone": START}, "places": PLACES}


def shown(view: View) -> list[str]:
    """The facts about the team at its head."""
    incident = view.incidents["i1"]
    front = [each for each in view.conversations.values() if each.incident == "i1"]
    card = portrait(incident, front, a_team().model_copy(update=QUIET), after(30))
    return [it.name for it in card.passages if isinstance(it, Fact) and it.name.endswith((" quiet", " away"))]


def test_a_card_names_what_is_away() -> None:
    """The source that these words came from, and every room in which the team still sits; in a pile too."""
    assert shown(opened()) == ["Mastodon is quiet", "Chat is away"]
    assert shown(pile()) == ["Mastodon is quiet", "Chat is away"]


def test_what_came_by_another_source_is_not_held_up() -> None:
    """Where a mention names its source, that counts, and not where it was said."""
    assert shown(opened(a_mention("It broke.").model_copy(update={"source": "shop"}))) == ["Chat is away"]
    assert shown(opened(a_mention("It broke.").model_copy(update={"source": "feed"}))) == [
        "Feed is quiet",
        "Chat is away",
    ]


def test_what_is_settled_waits_for_nobody() -> None:
    """Its card is left as it is."""
    assert shown(closed()) == []
