"""Copies are known for copies."""

from bot.listening.likeness import SAME, apart, fingerprint, likeness, shingles

WAVE = (
    "Everyone please tell this shop what they did to the old baker in our street, share it with all your friends today"
)
COPY = "@shop Everyone please tell this shop what they did to the old baker in our street, share it with all your friends today 12 😡 https://x.example"
OTHER = "My parcel arrived two days late but the driver was friendly and the flowers were still fresh in their box"


def test_a_copied_wave_is_the_same() -> None:
    """Handles, links, numbers and emoji do not make a copy another text."""
    assert likeness(WAVE, COPY) == 1.0 >= SAME
    assert apart(fingerprint(WAVE), fingerprint(COPY)) == 0


def test_a_small_change_stays_near_and_another_text_is_far() -> None:
    """A few changed words cost little; another text shares nothing."""
    changed = WAVE.replace("old baker", "young baker")
    assert 0.5 < likeness(WAVE, changed) < 1.0
    assert likeness(WAVE, OTHER) == 0.0
    assert apart(fingerprint(WAVE), fingerprint(changed)) < apart(fingerprint(WAVE), fingerprint(OTHER))


def test_short_and_empty_texts() -> None:
    """A short text is one shingle; one without words is like nothing, not even itself."""
    assert likeness("give up", "Give up!") == 1.0
    assert len(shingles("give up")) == 1
    assert likeness("👍", "👍") == 0.0
    assert fingerprint("") == 0
