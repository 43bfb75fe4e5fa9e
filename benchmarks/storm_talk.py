"""What a storm of a hundred thousand says: most of it one thing, some of it three others, a little that is calm."""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass

#: Shares of all that comes; the rest is calm chatter. One in twenty comes twice.
ONE_CAUSE, OTHERS, TWICE = 0.80, 0.15, 0.05
#: So many of a hundred thousand deserve a card of their own whatever else goes on.
OWN = 50 / 100_000

_WHO = ("I", "My sister", "Our office", "My neighbour", "A friend", "My dad", "We", "Half our street")
_DID = ("ordered", "paid for", "waited for", "returned", "complained about", "asked about", "cancelled", "gave up on")
_WHAT = ("the blue kettle", "two mugs", "a lamp", "the big parcel", "the spring box", "a gift card", "the chairs")
_THEN = (
    "and nobody answers", "and it never came", "and the refund is nowhere", "and it arrived in pieces",
    "and the phone line just hangs up", "and now they say it is my fault", "and this statement makes it worse",
    "and I want my money back",
)  # fmt: skip
_COPIED = (
    "Share this: the shop on Mill Lane keeps the deposit of everybody who asks for a refund, ask them why that is",
    "Nobody should buy there until they say where the donations for the shelter went last winter, please pass it on",
    "They closed the returns desk without telling anyone and the boxes pile up behind the door, see for yourself",
)
_CALM = ("nice weather for a walk", "anyone tried the new bakery", "the market is open till six", "lost a grey glove")
_HURT = (
    "The heater caught fire and burned my daughter's hand, we are in hospital",
    "Your kettle exploded in my kitchen, my father was badly injured and taken away by ambulance",
    "My son got an electric shock from your lamp and passed out on the floor",
    "There was broken glass in the baby food, our little girl is bleeding from the mouth",
    "I had a severe allergic reaction to the soap, the label says nothing, I could not breathe",
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """One request's body; `id` is the mention's, and `again`: the same came before."""

    id: str
    body: bytes
    again: bool


def talk(many: int) -> Iterator[Spoken]:
    """So many, the same ones at every run. Every author speaks once."""
    roll = random.Random(7)  # no secret
    before: list[Spoken] = []
    for number in range(many):
        if before and roll.random() < TWICE:
            again = roll.choice(before)
            yield Spoken(again.id, again.body, again=True)
            continue
        spoken = _one(number, roll)
        before = [*before[-500:], spoken]
        yield spoken


def _one(number: int, roll: random.Random) -> Spoken:
    said, chance = f"{roll.choice(_WHO)} {roll.choice(_DID)} {roll.choice(_WHAT)} {roll.choice(_THEN)}", roll.random()
    kind, fields = "many", dict[str, object](text=f"{said}. {number % 97} days now.", in_reply_to="our-post")
    if roll.random() < OWN:
        kind, fields = "own", {"text": f"{_HURT[number % len(_HURT)]}. {said}."}
    elif chance > ONE_CAUSE + OTHERS:
        kind, fields = "calm", {"text": f"{roll.choice(_CALM)}, {roll.choice(_CALM)}", "direct": False}
    elif chance > ONE_CAUSE:
        kind, fields = "copy", {"text": f"{_COPIED[number % 3]} {number % 5}"}
    name = f"{kind}-{number}"
    body = {"id": name, "author": {"id": f"a{number}", "name": "Mara"}, **fields}
    return Spoken(name, json.dumps(body).encode(), again=False)
