"""How alike two replies are."""

from responders.sameness import most_alike

SAID = "I am sorry your parcel is late and will write by noon."


def test_the_same_words_are_alike_whatever_the_greeting() -> None:
    """A changed greeting does not make another reply."""
    found = most_alike("Hello Mara, " + SAID, ["Hi Tom, " + SAID])
    assert found is not None
    assert found.share == 1.0
    assert ("Hello Mara, " + SAID)[slice(*found.longest)] == SAID.rstrip(".")


def test_other_words_are_not() -> None:
    """A reply of one's own is near to none."""
    assert most_alike("The heater in your photo should never smoke like that.", [SAID]) is None


def test_too_little_to_compare() -> None:
    """Short thanks are alike by nature and are not compared; nor is anything with nothing."""
    assert most_alike("Thank you.", ["Thank you."]) is None
    assert most_alike(SAID, []) is None
    assert most_alike("", [SAID]) is None
