"""Cautions have names people understand."""

import pytest

from bot.screens.caution_names import caution_name

#: Every code a caution may carry: none is shown as it is.
CODES = (
    "public_offer", "pii_leak", "pii_request", "profanity", "sarcasm", "too_long", "unfilled_slot", "blame", "defensive",
    "argument", "non_apology", "shouting", "legal_admission", "no_acknowledgement", "no_next_step", "passive_evasion",
    "asks_for_removal", "repeated_words",
)  # fmt: skip


@pytest.mark.parametrize("code", CODES)
def test_each_code_has_a_name(code: str) -> None:
    """Two or three plain words, and no two codes share them."""
    assert "_" not in caution_name(code)
    assert [caution_name(each) for each in CODES].count(caution_name(code)) == 1


def test_a_code_without_a_name_is_read_as_words() -> None:
    """What nobody named yet is still readable."""
    assert caution_name("very_new_one") == "Very new one"
