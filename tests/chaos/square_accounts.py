"""A public square that tells our accounts apart, and who may read what; and the way to it for one that is signed in there.

A mention may be read by everybody, unlisted, by followers, or by us alone; an answer by as many and never more. What we
post comes from the account that is signed in, whatever anybody meant it to come from.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.nouns.delivery import Audience, Cleared, Delivery, NotSent, ToAccount, ToMention, ToPost
from bot.ports import Clock
from tests.chaos.square_adapter import Ask, Blind, Findable, Idempotent, Upsert
from tests.chaos.square_world import Asked, Line, PublicSquare, Said, Shape

#: Who may read a mention, from everybody to us alone.
READERS = ("public", "unlisted", "private", "direct")
#: Readers of a private word.
ALONE = "direct"


class SquareOfAccounts(PublicSquare):
    """It takes an answer even to what is gone. Keys, searches and what it shows as ours are the asking account's own."""

    _asked = Asked("GET", "")

    def answer(self, asked: Asked) -> Said:
        """For whoever is signed in."""
        self._asked = asked
        return super().answer(replace(asked, key=f"{asked.body['account']}/{asked.key}"))

    def _shown(self, id: str) -> Said:
        said = super()._shown(id)
        if said.status == 200:
            said.body["after"] = [each for each in said.body["after"] if each["account"] == self._account]
        return said

    def _searched(self, body: Mapping[str, Any]) -> list[Line]:
        return [each for each in super()._searched(body) if each.account == self._account]

    def _post(self, hand: str, key: str, to: str, words: str) -> Line:
        super()._post(hand, self._asked.key, to, words)
        line = replace(self._ours[-1], account=self._account, readers=str(self._asked.body["readers"]))
        self._ours[-1] = self.ledger.lines[-1] = line
        return line

    @property
    def _account(self) -> str:
        return str(self._asked.body["account"])


class SignedIn(Findable):
    """The port Platform as `account`."""

    def __init__(self, name: str, ask: Ask, clock: Clock, account: str) -> None:
        async def signed(asked: Asked) -> Any:
            return await ask(replace(asked, body={**asked.body, "account": account}))

        super().__init__(name, signed, clock)

    def body(self, cleared: Cleared, text: str) -> Mapping[str, Any]:
        """With who shall read it; a statement lies on its account's own page."""
        return {**super().body(cleared, text), "readers": readers(cleared)}

    async def send(self, cleared: Cleared) -> Delivery:
        """One attempt, where we know who may read it."""
        if not readers(cleared):
            return NotSent(because="We do not know who could read the mention.")
        return await super().send(cleared)


def readers(cleared: Cleared) -> str:
    """Who may read it; '' where nobody can tell."""
    match cleared.target:
        case ToMention() if cleared.audience is Audience.PUBLIC:
            return cleared.about.visibility if cleared.about is not None else ""
        case ToAccount() | ToPost():
            return READERS[0]
        case _:
            return ALONE


class SignedInIdempotent(SignedIn, Idempotent):
    """Honours the attempt's key."""


class SignedInBlind(SignedIn, Blind):
    """Nothing of ours can be read again."""


class SignedInUpsert(SignedIn, Upsert):
    """One reply a mention."""


_SIGNED_IN: Mapping[Shape, type[SignedIn]] = {
    Shape.IDEMPOTENT: SignedInIdempotent,
    Shape.FINDABLE: SignedIn,
    Shape.BLIND: SignedInBlind,
    Shape.UPSERT: SignedInUpsert,
}


def signed_in(ways: Mapping[Shape, Ask], clock: Clock, account: str) -> Mapping[str, Findable]:
    """The ways to every square for one account."""
    return {shape.value: _SIGNED_IN[shape](shape.value, way, clock, account) for shape, way in ways.items()}


def kinds(lines: Sequence[Line]) -> set[str]:
    """Which readers and which sorts of places these were posted for."""
    places = {"a mention" if line.to.startswith("m") else "a post" if line.to else "a page" for line in lines}
    return {*places, *(line.readers for line in lines), *(line.account for line in lines)}
