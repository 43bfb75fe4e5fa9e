"""Builders for tests of thought: a team, a mention, a view, and the fold that chains one command to the next."""

import hashlib
import operator
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from bot.nouns import commands as c
from bot.nouns import record
from bot.nouns.base import Noun
from bot.nouns.caution import Caution, Level, Stage
from bot.nouns.conversation import Conversation
from bot.nouns.delivery import Account, Audience, How, Posted, Reach, ToMention, Way
from bot.nouns.events import Event, MovedOut, Opened, WroteAgain
from bot.nouns.flag import Flag, Scores, Severity
from bot.nouns.fold import evolve_incident, evolve_team, step
from bot.nouns.mention import About, Author, Kept, Mention, MentionKey, MentionKind, Seen
from bot.nouns.team import Part, Policy, Refusal, Role, Team, Teammate
from bot.nouns.time import Now
from bot.nouns.view import View
from bot.nouns.words import Words, seal
from bot.rules.table import decide

#: A Monday morning; every test's clock counts minutes from here.
START = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
SALT = "salt:"

ANA = Teammate(id="ana", name="Ana", roles=frozenset({Role.TEAMMATE}), public_name="Ana from the shop")
BEN = Teammate(id="ben", name="Ben", roles=frozenset({Role.TEAMMATE}))
KIM = Teammate(id="kim", name="Kim", roles=frozenset({Role.TEAMMATE, Role.LEAD}))
RAVI = Teammate(id="ravi", name="Ravi", roles=frozenset({Role.LEAD}))
MAX = Teammate(id="max", name="Max", roles=frozenset({Role.MANAGER}))
GUS = Teammate(id="gus", name="Gus", roles=frozenset({Role.GUEST}))
EVERYBODY = (ANA, BEN, KIM, RAVI, MAX, GUS)

OURS = Account(platform="mastodon", name="@shop")
BY_API = Reach(public=Way(how=How.API), private=Way(how=How.API))
BY_HAND = Reach(public=Way(how=How.HAND, because="There is no API here."), private=Way(how=How.HAND))
NO_REACH = Reach(public=Way(how=How.NONE, because="The replies are closed."), private=Way(how=How.NONE))

_TEXTS: dict[str, str] = {}
_ABOUT: dict[MentionKey, About] = {}
V = TypeVar("V")
C = TypeVar("C", bound=c.Command)


def after(minutes: float = 0, *, boot: str = "boot-1", witness: datetime | None = None, **clocks: Any) -> Now:
    """All clocks `minutes` after START, in agreement. `wall`, `store` and `elapsed` may be set apart."""
    wall = START + timedelta(minutes=minutes)
    fitting: dict[str, Any] = {"wall": wall, "store": wall, "elapsed": 1000.0 + minutes * 60}
    return Now(**{**fitting, **clocks}, boot=boot, witness=witness)


def words(text: str, ref: str = "") -> Words:
    """Sealed words with their text, which `apply` finds again. The same text and ref give the same seal."""
    ref = ref or hashlib.sha256(text.encode()).hexdigest()[:12]
    _TEXTS[ref] = text
    return Words(ref=ref, seal=seal(SALT + ref, text), text=text)


def a_team(*people: Teammate, **changes: Any) -> Team:
    """A team of `people` (EVERYBODY where none are named)."""
    return Team(people={p.id: p for p in people or EVERYBODY}, **{"policy": Policy(), **changes})


def key(id: str = "m1", platform: str = "mastodon") -> MentionKey:
    """A mention's key."""
    return MentionKey(platform=platform, id=id)


def a_flag(severity: Severity = Severity.MEDIUM, heat: float = 0.1) -> Flag:
    """A flag of that severity and heat."""
    return Flag(forward=True, severity=severity, scores=Scores(complaint=0.8, hostility=heat), lang="en")


def a_mention(
    text: str = "My parcel never came.",
    *,
    id: str = "m1",
    platform: str = "mastodon",
    person: str = "mara",
    minutes: float = 0,
    severity: Severity = Severity.MEDIUM,
    heat: float = 0.1,
    kind: MentionKind = MentionKind.POST,
    **changes: Any,
) -> Kept:
    """A mention of Mara's as the timeline keeps it."""
    at = START + timedelta(minutes=minutes)
    author = Author(id=person, name=person.title(), handle=f"@{person}")
    about = _ABOUT[key(id, platform)] = About(author=author, url=f"https://square.test/{id}")
    return Kept(
        key=key(id, platform),
        person=person,
        words=words(text),
        about=about,
        at=at,
        arrived=at,
        kind=kind,
        flag=a_flag(severity, heat),
        **changes,
    )


def looked(kept: Kept | None = None, text: str | None = None, **changes: Any) -> Seen:
    """What `look_again` finds: the mention as it stands (or with another `text`), and nothing after it."""
    kept = kept or a_mention()
    shown = text if text is not None else kept.latest.read()
    return Seen(mention=Mention(key=kept.key, text=shown, author=kept.author, url=kept.url, at=kept.at), **changes)


def opened(*mentions: Kept, team: Team | None = None, conversation: str = "c1", incident: str = "i1") -> View:
    """A view with one conversation in one incident, begun by the first mention; the others were written again."""
    first, *more = mentions or (a_mention(),)
    base = {"incident": incident, "conversation": conversation, "by": "coolhead:sorter"}
    events: list[Event] = [Opened(**base, at=first.arrived, mention=first, places=("web:desk",))]
    events += [WroteAgain(**base, at=m.arrived, mention=m) for m in more]
    return apply(View(team=team or a_team()), events)


def apply(view: View, events: Sequence[Event]) -> View:
    """The view after these events, folded as the store would, with every text filled in again."""
    team, incidents, conversations = view.team, dict(view.incidents), dict(view.conversations)
    for event in events:
        if event.incident is None:
            head = record.line(event, team.version + 1, team.head)["hash"]
            team = evolve_team(team, event, head)
            continue
        before = incidents.get(event.incident)
        made = record.line(event, before.version + 1 if before else 1, before.head if before else "")
        incidents[event.incident] = evolve_incident(before, event, made["hash"])
        lies = conversations.get(event.conversation or "")
        if isinstance(event, MovedOut) and lies is not None and lies.incident != event.incident:
            continue  # it has been moved in elsewhere already
        conversations = step(conversations, event)
    return View(team=filled(team), incidents=filled(incidents), conversations=filled(conversations))


def filled(value: V) -> V:
    """The same value with the text of all its words, as a read from the store fills them in."""
    found: V = _filled(value)
    return found


def _filled(value: Any) -> Any:
    match value:
        case Words():
            return value if value.text is not None else value.model_copy(update={"text": _TEXTS.get(value.ref)})
        case tuple():
            new = tuple(_filled(item) for item in value)
            return value if all(map(operator.is_, new, value)) else new
        case dict():
            return {name: _filled(item) for name, item in value.items()}
        case Noun():
            fields = {name: getattr(value, name) for name in type(value).model_fields}
            changed = {name: new for name, old in fields.items() if (new := _filled(old)) is not old}
            if isinstance(value, Kept) and value.about is None:
                changed["about"] = _ABOUT.get(value.key)
            return value.model_copy(update=changed) if changed else value
        case _:
            return value


def decided(view: View, command: c.Command, who: Teammate | Part, now: Now) -> Sequence[Event] | Refusal:
    """What `decide` says."""
    return decide(view, command, who, view.team, now)


def done(view: View, command: c.Command, who: Teammate | Part, now: Now) -> View:
    """The view after a command that must succeed."""
    answer = decided(view, command, who, now)
    assert not isinstance(answer, Refusal), answer.because
    assert answer, "a decision without events is no decision"
    return apply(view, answer)


def no(view: View, command: c.Command, who: Teammate | Part, now: Now) -> Refusal:
    """The refusal of a command that must be refused."""
    answer = decided(view, command, who, now)
    assert isinstance(answer, Refusal), [event.kind for event in answer]
    return answer


SORRY = "We are sorry. We look into it now and write to you by Friday."


def cmd(kind: type[C], **fields: Any) -> C:
    """A command on the conversation c1 of the incident i1."""
    return kind(**{"id": "cmd", "incident": "i1", "conversation": "c1", **fields})


def a_write(text: str = SORRY, **changes: Any) -> c.Write:
    """A finished response to the first mention, as draft d1."""
    fitting: dict[str, Any] = {
        "draft": "d1",
        "based_on": 0,
        "stage": Stage.RESPONSE,
        "audience": Audience.PUBLIC,
        "target": ToMention(key=key()),
        "words": words(text),
    }
    return cmd(c.Write, **{**fitting, **changes})


def an_acknowledgement(text: str = "We heard you.", **changes: Any) -> c.Write:
    """A finished acknowledgement of the first mention, as draft a1."""
    return a_write(text, **{"draft": "a1", "stage": Stage.ACKNOWLEDGEMENT, **changes})


def a_caution(code: str = "blame", level: Level = Level.WARN) -> Caution:
    """A caution on a draft as a whole."""
    return Caution(code=code, level=level, span=(0, 0), because="because")


def wake(what: str, **fields: Any) -> c.Wake:
    """The clockwork's command."""
    return cmd(c.Wake, what=what, **fields)


def woken(view: View, what: str, now: Now, **fields: Any) -> View:
    """The view after the clockwork was right to wake this."""
    return done(view, wake(what, **fields), Part.CLOCKWORK, now)


def drafted(view: View | None = None, **changes: Any) -> View:
    """Ana has it and finished a response at minute 0; it cools 20 min."""
    return done(view or opened(), a_write(**changes), ANA, after(0))


def ready(view: View | None = None, **changes: Any) -> View:
    """The same, cooled at minute 20 and read once more by Ana at 21."""
    view = woken(drafted(view, **changes), "cooled:d1:1", after(20))
    return done(view, cmd(c.ReadOnceMore, draft="d1", version=1), ANA, after(21))


def press(view: View, draft: str = "d1", **changes: Any) -> c.Send:
    """*Send* on the draft as it stands, as attempt s1."""
    standing = view.conversations["c1"].draft(draft)
    assert standing is not None
    fitting: dict[str, Any] = {
        "draft": draft,
        "version": standing.version,
        "seal": standing.words.seal,
        "attempt": "s1",
    }
    return cmd(c.Send, **{**fitting, **changes})


def asked(view: View | None = None, **changes: Any) -> View:
    """Ana pressed Send at minute 22."""
    view = view or ready()
    return done(view, press(view, **changes), ANA, after(22))


def a_clear(attempt: str = "s1", **changes: Any) -> c.Clear:
    """What the outbox saw: nothing new, and everything allowed."""
    fitting: dict[str, Any] = {"seen": looked(), "reach": BY_API, "account": OURS, "allowed": True}
    return cmd(c.Clear, attempt=attempt, **{**fitting, **changes})


def intended(view: View | None = None, **changes: Any) -> View:
    """The outbox went on with it at minute 22."""
    return done(view or asked(), a_clear(**changes), Part.OUTBOX, after(22))


def delivered(view: View, delivery: Any, minutes: float = 22, attempt: str = "s1") -> View:
    """The outbox says what became of it."""
    return done(view, cmd(c.Deliver, attempt=attempt, delivery=delivery), Part.OUTBOX, after(minutes))


def posted(view: View | None = None) -> View:
    """The response is out at minute 22."""
    return delivered(view or intended(), Posted(key=key("ours1"), url="https://square.test/ours1"))


def conversation(view: View) -> Conversation:
    """The conversation c1."""
    return view.conversations["c1"]
