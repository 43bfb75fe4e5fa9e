"""The card that tells a place about a source of news: it went quiet, is back, or something of it is missing."""

from bot.nouns import events as e
from bot.nouns.conversation import Mood
from bot.nouns.team import Team
from bot.screens.called import begins, platform
from bot.screens.plain import counted, plain
from bot.screens.shapes import Card, Choice, Fact, Passage, Said

#: What a place is told about a source.
News = e.SourceQuiet | e.SourceBack | e.SourceFetched | e.GapFound | e.PutAside

_HEALTH = Choice("health", "Is everything working")
_QUARANTINE = Choice("quarantine", "What could not be read")


def house_card(event: News, team: Team, link: str = "") -> Card:
    """The card of one source, as its newest news leaves it. It belongs to no incident."""
    headline, passages, choice = _told(event)
    return Card(
        incident="",
        conversation="",
        headline=headline,
        about="",
        mood=Mood.SETTLED if isinstance(event, e.SourceBack | e.SourceFetched) else Mood.WAITING,
        passages=passages,
        choices=(choice,),
        link=link,
        version=team.version,
    )


def _told(event: News) -> tuple[str, tuple[Passage, ...], Choice]:
    name = platform(event.source)
    called = begins(event.source)
    match event:
        case e.SourceQuiet():
            why = (Said(plain(event.because)),) if event.because else ()
            again = Said("It is listened to again and again, from where we had read to. Nothing is lost by waiting.")
            since = Fact("Since" if event.because else "Last heard", "", event.since)
            return f"{called} has gone quiet", (since, *why, again), _HEALTH
        case e.SourceBack():
            missed = "What was said meanwhile is being fetched." if event.fetched else "It tells us by itself again."
            return f"{called} is heard again", (Fact("It had been quiet since", "", event.since), Said(missed)), _HEALTH
        case e.SourceFetched(count=count, whole=whole):
            known = (Fact("Not heard since", "", event.since), *_fetched(event))
            left = "That is all it has of that time." if count else "Nothing was said there meanwhile."
            return f"{called} is heard again", (*known, Said(left if whole else "The rest is being fetched.")), _HEALTH
        case e.GapFound():
            facts = (Fact("From", "", event.since), Fact("Until", "", event.until))
            look = Said("Please look there yourself, and bring in what we should have heard.")
            return f"We may have missed something from {name}", (*facts, look), _HEALTH
        case unread:
            kept = Said("It is kept in quarantine, where anybody can open it.")
            return f"Something from {name} could not be read", (Said(plain(unread.because)), kept), _QUARANTINE


def _fetched(event: e.SourceFetched) -> tuple[Passage, ...]:
    """The line of progress: how many, and how far they reach."""
    if not event.count:
        return ()
    name = "Fetched" if event.whole else "Fetched so far"
    return (Fact(name, f"{counted(event.count, 'mention')}, the newest of", event.until),)
