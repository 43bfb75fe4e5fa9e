"""Who asks."""

from bot.nouns.team import Part, Role
from bot.rules.who import alone, by, is_lead, is_teammate, may, named, others, refused
from tests.bot.build import ANA, BEN, GUS, KIM, MAX, RAVI, a_team


def test_every_event_names_who_did_it() -> None:
    """A person by their id, a part of the product by its own name."""
    assert by(ANA) == "ana"
    assert by(Part.CLOCKWORK) == "coolhead:clockwork"


def test_roles() -> None:
    """A lead is a teammate; a manager alone, a guest and a part of the product are none."""
    assert [is_teammate(who) for who in (ANA, KIM, RAVI, MAX, GUS, Part.OUTBOX)] == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]
    assert [is_lead(who) for who in (ANA, RAVI, Part.SORTER)] == [False, True, False]
    assert may(MAX, Role.MANAGER, Role.LEAD)
    assert refused(GUS) != refused(Part.OUTBOX)


def test_people_are_named_as_a_sentence_does() -> None:
    """One, two or three people; nobody is an empty name."""
    assert [named(people) for people in ((), (ANA,), (ANA, BEN), (ANA, BEN, KIM))] == [
        "",
        "Ana",
        "Ana or Ben",
        "Ana, Ben or Kim",
    ]
    assert others((ANA, BEN, KIM), "ana", "kim") == (BEN,)


def test_alone_is_without_a_second_teammate() -> None:
    """Guests and managers are no second name."""
    assert alone(a_team(ANA, GUS, MAX))
    assert not alone(a_team(ANA, RAVI))
