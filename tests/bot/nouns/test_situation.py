"""The situations: one list, whoever speaks of them."""

from bot.listening import situations
from bot.listening.phrases import lines, parse
from bot.nouns.situation import SITUATIONS


def test_a_name_is_short_and_calm() -> None:
    """A card's headline: at most five words, no alarm, no two of the same name."""
    for name in SITUATIONS.values():
        assert 1 <= len(name.split()) <= 5
        assert name[0].isupper()
        assert name[-1].isalnum()
    assert len(set(SITUATIONS.values())) == len(SITUATIONS)


def guessed() -> set[str]:
    """Everything that phrases and alarms may say a mention is about."""
    sought = {phrase.called[0] for phrase in parse(lines("situations.txt"))}
    return sought | set(situations._BY_REASON.values()) | set(situations._MORE_TELLING.values())


def test_whatever_is_guessed_has_a_name() -> None:
    """Phrases and alarms lead only to situations that a card can name."""
    assert guessed() <= set(SITUATIONS)


def test_something_else_is_only_a_persons_choice() -> None:
    """No phrase and no alarm says `other`."""
    assert "other" in SITUATIONS
    assert "other" not in guessed()
