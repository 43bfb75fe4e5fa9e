"""What clocks, the public and the team may do, in any order."""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from bot.nouns import commands as c
from bot.nouns.caution import Level, Stage
from bot.nouns.conversation import (
    MadeGood,
    OfflineWay,
)
from bot.nouns.delivery import Audience, ToAuthor, ToMention
from bot.nouns.mention import Disposition
from bot.nouns.team import Part, Role
from bot.rules.due import due
from tests.bot.build import (
    EVERYBODY,
    SORRY,
    a_caution,
    a_mention,
    cmd,
    key,
    words,
)
from tests.bot.machine.truth import Truth

PEOPLE = [*(person.id for person in EVERYBODY), "ana", "ben", "kim", "kim"]
TEXTS = [SORRY, SORRY.replace("Friday", "Monday"), f"{SORRY}\n— Ben", "Please write to us, we want to mend this."]
CAUTIONS = [(), (a_caution("blame"),), (a_caution("sarcasm", Level.STOP),), (a_caution("pii_leak", Level.STOP),)]
ROLES = [frozenset({Role.TEAMMATE}), frozenset({Role.TEAMMATE}), frozenset({Role.LEAD}), frozenset({Role.GUEST})]
who = st.sampled_from(PEOPLE)
team = st.sampled_from(["ana", "ana", "ana", "ben", "kim"])
answers = st.sampled_from(["posted", "posted", "not sent", "lost", "never", "crash", "crash after"])
ANY = st.integers(0, 9)
WRONG = st.one_of(st.sampled_from([0.0, 0.0, 3600.0, -3600.0]), st.floats(-4, 4), st.floats(-7200, 7200))
JUMPS = st.sampled_from([None, None, None, None, 0.0, 4.0, 3600.0, -3600.0])
stages = st.sampled_from([Stage.ACKNOWLEDGEMENT, Stage.RESPONSE, Stage.PRIVATE])


class People(Truth):
    """Time passes or jumps, they write, and people press whatever they like."""

    # ------------------------------------------------------------ time

    @rule(seconds=st.one_of(st.floats(0, 120), st.floats(0, 3600), st.sampled_from([300.0, 1200.0, 1500.0])))
    def time_passes(self, seconds: float) -> None:
        """It does."""
        self.clock.true += seconds

    @rule(wall=WRONG, store=WRONG, both=st.booleans(), reboots=st.booleans(), witness=st.booleans())
    def clocks_go_wrong(self, wall: float, store: float, both: bool, reboots: bool, witness: bool) -> None:
        """One clock or both show something else, or the truth again; the machine may reboot, with a witness or without."""
        self.clock.wall, self.clock.store = wall, wall if both else store
        self.clock.witness = witness
        if reboots:
            self.clock.reboot()

    @rule(index=ANY)
    def clockwork_wakes(self, index: int) -> None:
        """Something that is due, by the wall's time or not."""
        found = due(self.conv, self.view.team)
        if found:
            self.do(cmd(c.Wake, what=found[index % len(found)].what), Part.CLOCKWORK)

    # ------------------------------------------------------------ the public

    @rule(what=st.sampled_from(["write", "write", "edit", "delete", "elsewhere"]), late=st.booleans(), index=ANY)
    def something_happens_in_public(self, what: str, late: bool, index: int) -> None:
        """They write again, edit, delete; or our account answers by another hand. The sorter may hear of it later."""
        name = list(self.square.said)[index % len(self.square.said)]
        match what:
            case "write":
                name = self.fresh("m")
                text = self.square.said[name] = f"And now? {name}"
                self.hear(cmd(c.Add, mention=a_mention(text, id=name, minutes=self.clock.true / 60)), late)
            case "edit" if self.square.said[name] is not None:
                text = self.square.said[name] = self.fresh("It came, thank you. ")
                self.hear(cmd(c.NoteEdit, mention=key(name), words=words(text)), late)
            case "delete":
                self.square.said[name] = None
                self.hear(cmd(c.NoteDeletion, mention=key(name)), late)
            case "elsewhere":
                post, text = self.fresh("hand"), "We answered this elsewhere."
                self.square.by_hand.append((post, text))
                self.hear(cmd(c.NoteOurAnswer, mention=key("m1"), post=key(post), words=words(text)), late)
            case _:
                pass

    def hear(self, command: c.Command, late: bool) -> None:
        """The sorter hears of it, now or later; in the order in which it happened."""
        self.news.append(command)
        if not late:
            self.the_sorter_catches_up()

    @rule()
    def the_sorter_catches_up(self) -> None:
        """Everything heard is sorted."""
        heard, self.news = self.news, []
        for command in heard:
            self.do(command, Part.SORTER)

    # ------------------------------------------------------------ the team

    @rule(person=who, to=who, choice=st.integers(0, 3), stale=st.sampled_from([0, 0, 0, 1]))
    def ownership(self, person: str, to: str, choice: int, stale: int) -> None:
        """Claim, assign, hand back."""
        epoch = self.conv.owners - stale
        commands = [cmd(c.Claim, epoch=epoch), cmd(c.Assign, to=to, epoch=epoch), cmd(c.HandBack, epoch=epoch)]
        self.press(person, commands[choice % 3])

    @rule(
        person=who,
        stage=stages,
        text=st.sampled_from(TEXTS),
        cautions=st.sampled_from(CAUTIONS),
        finished=st.sampled_from([True, True, True, False]),
        invites=st.booleans(),
        index=ANY,
    )
    def somebody_writes(
        self, person: str, stage: Stage, text: str, cautions: Any, finished: bool, invites: bool, index: int
    ) -> None:
        """A draft's next version, or a new draft."""
        standing = self.conv.staged(stage)
        to = self.conv.mentions[index % len(self.conv.mentions)].key
        private = stage is Stage.PRIVATE
        write = cmd(
            c.Write,
            draft=standing.id if standing is not None else self.fresh("d"),
            based_on=standing.version if standing is not None else 0,
            stage=stage,
            audience=Audience.PRIVATE if private else Audience.PUBLIC,
            target=ToAuthor(key=to) if private else ToMention(key=to),
            words=words(text, ref=self.fresh("w")),
            cautions=cautions,
            finished=finished,
            invites=invites,
        )
        self.press(person, write)

    @rule(person=who, index=ANY, choice=st.integers(0, 3), stale=st.sampled_from([0, 0, 0, 1]))
    def before_it_goes(self, person: str, index: int, choice: int, stale: int) -> None:
        """Read once more, discard, lift a stop, release early."""
        if not self.conv.drafts:
            return
        draft = self.conv.drafts[index % len(self.conv.drafts)]
        acts = {"draft": draft.id, "version": draft.version - stale}
        code = (*draft.stops(), "sarcasm")[0]
        commands: list[c.Command] = [
            cmd(c.ReadOnceMore, **acts),
            cmd(c.LiftStop, **acts, code=code, words=words("It may stand.")),
            cmd(c.ReleaseEarly, **acts, words=words("It is urgent.")),
            cmd(c.Discard, **acts),
        ]
        self.press(person, commands[choice])

    @rule(person=who, index=ANY, read=st.booleans(), looked=st.booleans(), forged=st.booleans())
    def somebody_sends(self, person: str, index: int, read: bool, looked: bool, forged: bool) -> None:
        """Press Send, often after reading it once more; now and then with another seal."""
        if not self.conv.drafts:
            return
        draft = self.conv.drafts[index % len(self.conv.drafts)]
        if read:
            self.press(person, cmd(c.ReadOnceMore, draft=draft.id, version=draft.version))
        seal = words("Other words.").seal if forged and not read else draft.words.seal
        send = cmd(c.Send, draft=draft.id, version=draft.version, seal=seal, attempt=self.fresh("s"), looked=looked)
        self.press(person, send)

    @rule(
        what=st.sampled_from(["roles", "hold", "end"]),
        person=who,
        roles=st.sampled_from(ROLES),
        minutes=st.integers(1, 99),
    )
    def the_team_changes(self, what: str, person: str, roles: frozenset[Role], minutes: int) -> None:
        """Somebody becomes something else or goes off duty; all posting is held, or no longer."""
        named, duty = self.view.team.name(person), minutes % 2 == 0
        begin = {"until": self.clock.now().wall + timedelta(minutes=minutes), "words": words("Wait.")}
        match what:
            case "roles":
                self.press("max", c.SetPerson(id="p", person=person, name=named, roles=roles, on_duty=duty))
            case "hold":
                self.press(person, c.BeginHold(id="h", **begin))
            case _:
                self.press("kim", c.EndHold(id="h"))

    @rule(person=st.sampled_from(["ana", "ben"]), back=st.booleans())
    def somebody_leaves(self, person: str, back: bool) -> None:
        """They are of the team no more; what they had is free, and what they wrote stays. They may come back."""
        standing = self.view.team.people.get(person)
        drafts = self.conv.drafts
        self.press("kim", c.RemovePerson(id="r", person=person))
        self.do(cmd(c.HandBack), Part.CLOCKWORK)
        owner = self.conv.owner
        if self.conv.closed is None and owner is not None:
            assert self.view.team.people[owner.person].may(Role.TEAMMATE)
        assert self.conv.drafts == drafts
        if back and standing is not None:
            self.do(c.SetPerson(id="p", person=person, **standing.model_dump(exclude={"id"})), Part.CLOCKWORK)

    @rule(person=who, choice=st.integers(0, 7), disposition=st.sampled_from(list(Disposition)))
    def the_rest_of_the_day(self, person: str, choice: int, disposition: Disposition) -> None:
        """Talks, silence, dispositions, closing and opening again."""
        commands: list[c.Command] = [
            cmd(c.TakeOffline, way=OfflineWay.PHONE),
            cmd(c.EndHandoff, words=words("It is replaced."), made_good=MadeGood.REPLACED),
            cmd(c.LeaveUnanswered, words=words("They only want to shout.")),
            cmd(c.SecondSilence),
            cmd(c.Close, disposition=disposition),
            cmd(c.Reopen),
            cmd(c.LogContact, reached=True, words=words("She will think about it.")),
            cmd(c.LogContact, reached=False, words=words("Nobody picked up.")),
        ]
        self.press(person, commands[choice])
