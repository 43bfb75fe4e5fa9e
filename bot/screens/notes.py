"""Private notes: what one person is told, durably. Each leads to the one press that helps."""

from collections.abc import Sequence
from dataclasses import replace

from bot.nouns.conversation import Attempt, Conversation, Draft, Mood
from bot.nouns.events import Noted, Reminded
from bot.nouns.incident import Incident
from bot.nouns.team import Team, Teammate
from bot.nouns.view import View
from bot.screens import called
from bot.screens import offers as o
from bot.screens.card_choices import choices
from bot.screens.doubt import doubtful, doubts
from bot.screens.lines.team import REMINDERS
from bot.screens.plain import counted, listed
from bot.screens.shapes import Card, Choice, Fact, Passage, Quote, Said
from bot.screens.state import finished
from bot.screens.words_of import headed, quote, spoken

#: How a note begins that tells why words did not go out.
_NOT_SENT = "Not sent: "
#: The press that takes somebody off duty for a while.
REST = "rest"


def _note(
    incident: Incident,
    c: Conversation,
    passages: tuple[Passage, ...],
    choices: tuple[Choice, ...],
    link: str = "",
    reader: Teammate | None = None,
) -> Card:
    title, about = headed(incident, c, reader)
    return Card(
        incident=incident.id,
        conversation=c.id,
        headline=title,
        about=about,
        mood=c.mood,
        passages=passages,
        choices=choices,
        version=incident.version,
        link=link,
    )


def stands(note: Card, view: View) -> bool:
    """Whether a note still says how things are: what it asks for first is still offered by its conversation's card.

    One that says what was not sent stands as long as those words lie there, whatever their card offers meanwhile. One that
    is about no conversation, or asks for nothing of it (after a hard hour), stands until it is put away.
    """
    if not note.conversation:
        return True
    c = view.conversations.get(note.conversation)
    incident = view.incidents.get(c.incident) if c is not None else None
    if c is None or incident is None:
        return False
    asked = note.choices[0] if note.choices else None
    if asked is None or asked.act == REST:
        return c.closed is None
    if any(isinstance(each, Said) and each.text.startswith(_NOT_SENT) for each in note.passages):
        return _lies_there(c, asked)
    first, more = choices(c, incident)
    return any(one.act == asked.act and dict(one.values) == dict(asked.values) for one in (*first, *more))


def _lies_there(c: Conversation, asked: Choice) -> bool:
    """Whether that version of a draft is neither on its way again, nor changed or gone."""
    draft = c.draft(asked.values["draft"])
    out = {attempt.draft for attempt in c.open_attempts()}
    return draft is not None and str(draft.version) == asked.values["version"] and draft.id not in out


def _on(draft: Draft) -> dict[str, str]:
    return {"draft": draft.id, "version": str(draft.version), "seal": draft.words.seal, "stage": draft.stage.value}


def ready_choices(draft: Draft) -> tuple[Choice, ...]:
    """Send (which opens it to be read once more) · Edit · Not now, on exactly this version."""
    return (
        Choice("read_once_more", "Read once more and send", _on(draft), likely=True, form=True),
        Choice("write", "Edit", _on(draft), form=True),
        Choice("not_now", "Not now", _on(draft)),
    )


def cooled(incident: Incident, c: Conversation, draft: Draft, team: Team, link: str = "") -> Card:
    """To its author alone: it has cooled, with the text as its reader will see it."""
    ask = f"It has cooled. Read it as {called.reader(c)} would. Still what you want to say?"
    words = Quote(draft.words.read(), by=_signs(draft.author, team), ours=True)
    return _note(incident, c, (Said(ask), words), ready_choices(draft), link, _shielded(team, draft.author))


def _shielded(team: Team, *people: str) -> Teammate | None:
    """The one of them for whom hostile words are veiled; a note to several is veiled for all, one press away."""
    return next((team.people[each] for each in people if each in team.people and team.people[each].shield), None)


def _signs(person: str, team: Team) -> str:
    found = team.people.get(person)
    return found.signature if found is not None else person


def unread(incident: Incident, c: Conversation, draft: Draft, team: Team, link: str = "") -> Card:
    """To any teammate: nobody turned to a cooled draft, and they may send it as themselves."""
    ask = f"{team.name(draft.author)}'s words have cooled and nobody read them. You may read them and send them as you."
    return _note(
        incident,
        c,
        (Said(ask), Quote(draft.words.read(), by=_signs(draft.author, team), ours=True)),
        ready_choices(draft),
        link,
    )


def sent_back(incident: Incident, c: Conversation, attempt: Attempt, team: Team, was: str = "", link: str = "") -> Card:
    """To whoever pressed Send: it was not sent, and why. `was`: their words as they stood before they changed."""
    found: list[Passage] = [Said(f"{_NOT_SENT}{attempt.because.rstrip('.')}.")]
    if attempt.until is not None:
        found.append(Fact("It may go from", "", attempt.until))
    reader = _shielded(team, attempt.by)
    found += difference(c, was, reader)
    found.append(Quote(attempt.words.read(), by=_signs(attempt.by, team), ours=True))
    draft = c.draft(attempt.draft)
    return _note(incident, c, tuple(found), ready_choices(draft) if draft is not None else (), link, reader)


def difference(c: Conversation, was: str, reader: Teammate | None = None) -> list[Passage]:
    """Their words before and now, where they changed; their newest words where `was` is ''."""
    kept = c.last
    if kept is None or not spoken(kept):
        return []
    now = quote(kept, reader)
    if not was or was.strip() == kept.latest.read("").strip():
        return [now]
    return [replace(now, text=was, by=f"{now.by}, before", at=None, more=False), replace(now, by=f"{now.by}, now")]


def reminded(incident: Incident, c: Conversation, event: Reminded, team: Team, link: str = "") -> Card:
    """To each person the event told: something of this conversation waits, and who else was told."""
    what = event.what.partition(":")[0]
    text = REMINDERS.get(what, "This still waits for somebody")
    tried = [passage for each in doubts(c) for passage in doubtful(c, each, team)] if what == "unknown" else []
    found: list[Passage] = tried or [Said(f"{text}.")]
    since = c.waiting_since or c.unanswered_since
    if since is not None:
        found.append(Fact("Waiting since", "", since))
    if len(event.told) > 1:
        found.append(Fact("Told", listed([team.name(person) for person in event.told]), event.at))
    reader = _shielded(team, *event.told)
    if c.last is not None and spoken(c.last):
        found.append(quote(c.last, reader))
    first, _ = choices(c, incident)
    return _note(incident, c, tuple(found), first, link, reader)


def asked(incident: Incident, c: Conversation, event: Noted, text: str, team: Team, link: str = "") -> Card:
    """To each person whom a teammate asks for help with words of theirs: the question (`text`), the words, and the press that
    helps."""
    name = team.name(event.by)
    found: list[Passage] = [Said(f"{name} asks you."), Quote(text, by=name, ours=True)]
    found += [passage for each in doubts(c) for passage in doubtful(c, each, team)]
    draft = finished(c)
    if draft is not None and draft.ready is None:
        found.append(Quote(draft.words.read(), by=_signs(draft.author, team), ours=True))
    reader = _shielded(team, *event.asks)
    if c.last is not None and spoken(c.last):
        found.append(quote(c.last, reader))
    first, more = choices(c, incident)
    early = tuple(replace(each, label="Release it early") for each in more if each.act == o.RELEASE.act)
    return _note(incident, c, tuple(found), (*early, *first), link, reader)


def alarm(waiting: Sequence[tuple[Incident, Conversation]], reader: Teammate, link: str = "") -> Card:
    """One note that lists every critical conversation nobody has; `waiting` holds at least one."""
    incident, first = waiting[0]
    count = counted(len(waiting), "urgent conversation")
    found: list[Passage] = [Said(f"{reader.name}, nobody has {count} yet. Please look.")]
    for each, c in waiting[:5]:
        title, about = headed(each, c, reader)
        found.append(Fact(title, about, c.waiting_since))
    return _note(incident, first, tuple(found), (o.CLAIM.choice(first, likely=True),), link, reader)


def outage(room: str, because: str, link: str = "") -> Card:
    """A room of that name needs a person; `because` is a sentence of what and how. It is about no incident."""
    meanwhile = "Mentions are taken in meanwhile, and answers wait. Nothing is lost."
    return Card(
        incident="",
        conversation="",
        headline=f"{room.title()} needs a person",
        about="",
        mood=Mood.WAITING,
        passages=(Said(because), Said(meanwhile)),
        choices=(Choice("health", "Is everything working", form=True),),
        link=link,
    )


def rest(incident: Incident, c: Conversation, words: str) -> Card:
    """After a hard hour, to the person alone. `words` as `responders.care` chose them."""
    return _note(incident, c, (Said(words),), (Choice(REST, "Yes, ask someone else"), Choice("not_now", "No, I go on")))
