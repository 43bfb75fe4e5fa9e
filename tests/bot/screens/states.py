"""Every state a card can show, made by the rules themselves."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.nouns import commands as c
from bot.nouns import events as e
from bot.nouns.conversation import MadeGood, OfflineWay
from bot.nouns.delivery import NotSent, Posted, Unknown
from bot.nouns.flag import Severity
from bot.nouns.mention import Disposition
from bot.nouns.team import Part
from bot.nouns.view import View
from tests.bot.build import (
    ANA,
    BEN,
    BY_HAND,
    KIM,
    OURS,
    START,
    a_clear,
    a_mention,
    a_team,
    a_write,
    after,
    an_acknowledgement,
    apply,
    asked,
    cmd,
    delivered,
    done,
    drafted,
    intended,
    key,
    looked,
    opened,
    posted,
    ready,
    words,
)

SHE = "Eleven days, three chats, still no parcel. The last one hung up on me. I have had it with this shop."
BASE = {"incident": "i1", "conversation": "c1", "by": "coolhead:sorter"}


def mara(**changes: Any) -> View:
    """Mara's post has arrived."""
    kept = a_mention(SHE, **changes)
    flag = kept.flag.model_copy(
        update={"situation": "parcel_lost", "reasons": ("third message today.", "nobody has answered.")}
    )
    return opened(kept.model_copy(update={"flag": flag}))


def owned() -> View:
    """Ana has it."""
    return done(mara(), cmd(c.Claim, epoch=0), ANA, after(2))


def heard() -> View:
    """Ana said that we heard."""
    cooling = done(owned(), an_acknowledgement(), ANA, after(2))
    cooled = done(cooling, cmd(c.ReadOnceMore, draft="a1", version=1), ANA, after(5))
    sent = intended(asked(cooled, draft="a1"), seen=looked(text=SHE))
    return delivered(sent, Posted(key=key("ours"), url="https://square.test/ours"))


def kept() -> View:
    """A draft is only kept."""
    return done(owned(), a_write(finished=False), ANA, after(3))


def taken() -> View:
    """Ana has the talk on the phone."""
    command = cmd(c.TakeOffline, way=OfflineWay.PHONE, words=words("+49 30 1234"), next=START + timedelta(hours=5))
    return done(owned(), command, ANA, after(10))


def logged() -> View:
    """Ana called and did not reach her."""
    command = cmd(c.LogContact, reached=False, words=words("Nobody picked up."), next=START + timedelta(hours=2))
    return done(taken(), command, ANA, after(30))


def ended() -> View:
    """The talk ended well."""
    command = cmd(c.EndHandoff, words=words("A new one is on its way."), made_good=MadeGood.REPLACED)
    return done(logged(), command, ANA, after(60))


def silent() -> View:
    """Ana leaves it unanswered."""
    return done(owned(), cmd(c.LeaveUnanswered, words=words("It would only feed it.")), ANA, after(5))


def gone() -> View:
    """She deleted it."""
    return apply(owned(), [e.MentionDeleted(**BASE, at=START + timedelta(minutes=6), mention=key())])


def again() -> View:
    """Answered, and she wrote again."""
    more = a_mention("Four has come and gone. No parcel.", id="m2", minutes=60)
    return apply(posted(), [e.WroteAgain(**BASE, at=more.arrived, mention=more)])


def pile() -> View:
    """Three people, one cause; Ana has one, one is settled."""
    view = mara()
    for place, who in enumerate(("theo", "ines"), start=2):
        mention = a_mention(f"Mine never came either, says {who}.", id=f"m{place}", person=who, minutes=place)
        event = e.Opened(**{**BASE, "conversation": f"c{place}"}, at=mention.arrived, mention=mention, fresh=False)
        view = apply(view, [event])
    view = done(view, cmd(c.Claim, conversation="c2", epoch=0), ANA, after(4))
    close = cmd(c.Close, conversation="c3", conversations=("c3",), disposition=Disposition.NOT_FOR_US)
    return done(view, close, ANA, after(5))


def storm() -> View:
    """The pile grows faster than it can be read, and Kim leads."""
    stormy = apply(pile(), [e.StormBegan(incident="i1", at=START + timedelta(minutes=6), by="coolhead:sorter")])
    return done(stormy, cmd(c.NameLead, lead="kim"), KIM, after(7))


def closed() -> View:
    """Answered and closed."""
    return done(posted(), cmd(c.Close, disposition=Disposition.ANSWERED), ANA, after(30))


def statement() -> View:
    """A statement of ours, nothing written yet."""
    begun = c.BeginStatement(id="s", incident="i1", conversation="c1", account=OURS)
    return done(View(team=a_team()), begun, ANA, after())


def edited() -> View:
    """She edited her post while an answer cools."""
    event = e.MentionEdited(**BASE, at=START + timedelta(minutes=8), mention=key(), words=words("Twelve days now."))
    return apply(drafted(), [event])


def promised() -> View:
    """Ben promised Friday and is late."""
    command = cmd(c.MakePromise, promise="p1", words=words("Back here before four"), due=START + timedelta(minutes=40))
    return done(posted(), command, BEN, after(25))


def held() -> View:
    """All posting is on hold."""
    command = c.BeginHold(
        id="h", until=START + timedelta(hours=8), words=words("Product recall, wait for the statement")
    )
    return done(mara(), command, KIM, after(1))


def moved() -> View:
    """Nothing is left in the incident."""
    return done(owned(), cmd(c.Move, to="i2", fresh=True), ANA, after(5))


def hot() -> View:
    """Hostile words."""
    return mara(heat=0.9)


def critical() -> View:
    """Somebody could be hurt."""
    return mara(severity=Severity.CRITICAL)


STATES: Mapping[str, Callable[[], View]] = {
    "new": mara,
    "free": lambda: done(heard(), cmd(c.HandBack), ANA, after(30)),
    "owned": owned,
    "kept": kept,
    "heard": heard,
    "cooling": drafted,
    "ready": ready,
    "sending": asked,
    "unknown": lambda: delivered(intended(), Unknown(because="The answer was lost.")),
    "not_sent": lambda: delivered(intended(), NotSent(because="The account is locked.")),
    "by_hand": lambda: by_hand(),
    "again": again,
    "answered": posted,
    "invited": lambda: invited(),
    "offline": taken,
    "logged": logged,
    "silent": silent,
    "seconded": lambda: done(silent(), cmd(c.SecondSilence), KIM, after(9)),
    "gone": gone,
    "talked": ended,
    "pile": pile,
    "storm": storm,
    "settled": closed,
    "statement": statement,
    "edited": edited,
    "promised": promised,
    "held": held,
    "hot": hot,
    "critical": critical,
}


def by_hand() -> View:
    """The send is a person's own now."""
    return done(asked(), a_clear(reach=BY_HAND, url="https://square.test/m1"), Part.OUTBOX, after(22))


def invited() -> View:
    """We asked her to write or call."""
    return apply(heard(), [e.Invited(**BASE, at=START + timedelta(minutes=23), way=OfflineWay.EMAIL)])


def only(view: View, name: str = "c1") -> View:
    """The view with one of its conversations."""
    return replace(view, conversations={name: view.conversations[name]})
