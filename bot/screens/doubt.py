"""A send of which nobody can tell whether it went out: what was tried, what came of it, and where to look."""

from bot.nouns.conversation import Attempt, AttemptState, Conversation
from bot.nouns.delivery import Audience, ToAccount, ToPost, platform_of
from bot.nouns.team import Team
from bot.screens import called
from bot.screens.plain import excerpt, plain, times
from bot.screens.shapes import Fact, Passage, Quote, Said

#: So much of what was tried a card shows.
LONGEST = 400
_WITHDRAWN = "(no words: it withdraws what we said)"


def doubts(c: Conversation) -> tuple[Attempt, ...]:
    """The sends of this conversation that somebody has to look for."""
    return tuple(attempt for attempt in c.attempts if attempt.state is AttemptState.UNKNOWN)


def doubtful(c: Conversation, attempt: Attempt, team: Team) -> tuple[Passage, ...]:
    """What a card shows of it: the question, the words, and all that helps to answer it."""
    tried = Fact("Tried", f"{times(attempt.round)}, {team.name(attempt.by)} pressed Send", attempt.intended)
    because = attempt.because.rstrip(".")
    return (
        Said(f"We can't tell whether {_what(attempt)} went out. Please look and say."),
        tried_words(c, attempt, team),
        tried,
        *((Fact("What came of it", because),) if because else ()),
        where_to_look(c, attempt),
    )


def tried_words(c: Conversation, attempt: Attempt, team: Team) -> Quote:
    """The words that may stand there, and the address to open."""
    words, more = excerpt(attempt.words.read() or _WITHDRAWN, LONGEST)
    return Quote(words, by=team.name(attempt.by), url=_url(c, attempt), more=more, ours=True)


def where_to_look(c: Conversation, attempt: Attempt) -> Fact:
    """In a sentence: "among the replies to Mara on Mastodon, from @shop"."""
    place = f"on {called.platform(platform_of(attempt.target))}"
    sent_from = plain(attempt.account.name) if attempt.account is not None else ""
    return Fact("Where to look", f"{_spot(c, attempt)} {place}{f', from {sent_from}' if sent_from else ''}")


def _what(attempt: Attempt) -> str:
    match attempt.target:
        case ToPost():
            return "the correction"
        case ToAccount():
            return "the statement"
        case _:
            return "the private word" if attempt.audience is Audience.PRIVATE else "the reply"


def _spot(c: Conversation, attempt: Attempt) -> str:
    match attempt.target:
        case ToPost():
            return "at the post of ours that it corrects,"
        case ToAccount():
            return "among our own posts"
        case _ if attempt.audience is Audience.PRIVATE:
            return f"in our direct messages with {called.reader(c)}"
        case _:
            return f"among the replies to {called.reader(c)}"


def _url(c: Conversation, attempt: Attempt) -> str:
    """What it answers, or corrects; '' for a statement, which answers nothing."""
    match attempt.target:
        case ToAccount():
            return ""
        case ToPost(key=key):
            return next((each.url for each in c.attempts if each.standing == key), "")
        case target:
            kept = c.mention(target.key)
            return kept.url if kept is not None else ""
