"""What the second reader knows besides the words: the mention, the stage, our contacts, signatures and parts."""

from typing import Any

import pytest

from bot.nouns.caution import Caution, Length, Level, Reading, Stage
from bot.nouns.flag import Severity
from responders import read
from responders.tone.draft import prepare
from tests.linear import MOST, growth

LATE = "my parcel is two weeks late and nobody answers"


def codes(text: str, mention: str = "", **more: Any) -> dict[str, Level]:
    """Each code with its level."""
    return {one.code: one.level for one in read(Reading(text=text, mention=mention, **more))}


def one_of(code: str, reading: Reading) -> Caution:
    """The one caution of a code."""
    (found,) = [one for one in read(reading) if one.code == code]
    return found


@pytest.mark.parametrize("unit", [".", "!", "\n", "a. ", "@a ", "http://"])
def test_a_long_draft_is_made_ready_as_much_later_as_it_is_longer(unit: str) -> None:
    """Whatever it is made of: a draft of nothing but points stopped the whole house."""
    assert growth(lambda text: prepare(Reading(text=f"{text}x")), unit) < MOST


def test_a_private_way_named_in_the_same_reply_excuses_a_request() -> None:
    """A data request beside "send us a direct message" is fine; in the open it stops the draft."""
    assert codes("What is your order number?", LATE)["pii_request"] is Level.STOP
    assert "pii_request" not in codes("Please send us a direct message with your order number.", LATE)
    assert "pii_request" not in codes("Please don't post your order number here.", LATE)


def test_here_in_public_is_no_private_way() -> None:
    """Asking to reply right here stops even where a phone line is named."""
    text = "Call us on 0800 123 4567 or reply with your phone number here."
    assert codes(text, LATE)["pii_request"] is Level.STOP


def test_softer_data_is_a_note() -> None:
    """A serial number tells little about a person."""
    assert codes("Please share the serial number.", LATE)["pii_request"] is Level.NOTE


def test_one_part_of_several_is_read_with_doubt() -> None:
    """What one part lacks may stand in the other."""
    assert codes("Could you send your full name and 1/2", LATE)["pii_request"] is Level.NOTE
    assert codes("Nothing to add. 2/2", LATE).get("no_next_step") is Level.NOTE


@pytest.mark.parametrize("stage", [Stage.PRIVATE])
def test_a_private_word_may_offer_ask_and_name_what_is_theirs(stage: Stage) -> None:
    """Out of public, an offer, a request and their own data are nobody else's business."""
    text = "I will refund you £20 for order 88213475. Is 14 Elm Street still right, and what is your phone number?"
    found = codes(text, LATE, stage=stage)
    assert not {"public_offer", "pii_leak", "pii_request"} & set(found)


def test_our_own_contacts_are_no_leak() -> None:
    """Listed contacts, mailboxes of a desk, free lines and the way to us may stand in public."""
    own = ("ana@shop.example", "+44 20 7946 0958", "5 Mill Lane")
    for text in (
        "Write to ana@shop.example today.",
        "My number is 020 7946 0958 until six.",
        "Our listed line is +44 20 7946 0958.",
        "Write to care.team@shop.example or email me at ben@shop.example.",
        "Call 1-800-555-0199 any time.",
        "We are at 5 Mill Lane.",
        "Visit us at 12 High Street.",
        "Please quote reference 884-31772 when you call.",
    ):
        assert "pii_leak" not in codes(text, LATE, own_contacts=own), text


def test_their_contacts_are_a_leak() -> None:
    """A private mailbox, a number we rang and an address of theirs stop the draft; nobody may lift that."""
    for text in (
        "We wrote to mara.lind@gmail.com.",
        "We sent it to your mail mara@lind.example.",
        "We rang you on 07911 123456.",
        "It is at flat 4, 22 Rose Avenue.",
    ):
        assert codes(text, LATE)["pii_leak"] is Level.STOP, text


def test_a_number_of_nobody_in_particular_is_a_note() -> None:
    """Where it is not clear whose a phone number is, the reader says so quietly."""
    assert codes("Details: 07911 123456.", LATE)["pii_leak"] is Level.NOTE
    assert "pii_leak" not in codes("The count is 12 345 678.", LATE)


def test_what_they_wrote_themselves_is_a_note() -> None:
    """Repeating their own number is unkind, not a leak."""
    found = one_of("pii_leak", Reading(text="I have order 88213475 open now.", mention="where is order 88213475?!"))
    assert found.level is Level.NOTE
    assert "themselves" in found.because


def test_flights_and_errors_have_numbers_too() -> None:
    """Public numbers are nobody's."""
    assert "pii_leak" not in codes("Flight #63530 leaves at eight.", LATE)


def test_too_long_marks_what_is_over_and_offers_a_shorter_end() -> None:
    """The span begins where the last sentence that fits ends; taking the wording makes the draft fit."""
    text = "I am sorry. " + "This sentence says a little more than it has to. " * 6 + "^Ben"
    found = one_of("too_long", Reading(text=text, length=Length(used=len(text), limit=150)))
    assert found.level is Level.STOP
    assert found.instead is not None
    assert len(text[: found.span[0]] + found.instead) <= 150
    assert found.instead.endswith("^Ben")


def test_too_long_without_a_place_to_cut() -> None:
    """One endless sentence is marked where the limit falls, with no wording."""
    text = "word " * 100
    found = one_of("too_long", Reading(text=text, length=Length(used=500, limit=300)))
    assert found.span == (300, 500)
    assert found.instead is None


def test_what_fits_is_not_too_long() -> None:
    """A length within the limit, or none at all, says nothing."""
    assert "too_long" not in codes("Short.", length=Length(used=6, limit=280))


@pytest.mark.parametrize("slot", ["[day and hour]", "{name}", "{{name}}", "___", "<insert date>", "TBD", "%name%"])
def test_a_place_left_open_stops(slot: str) -> None:
    """Every common way to leave a place open is seen, at its exact span."""
    text = f"It comes on {slot} for sure."
    found = one_of("unfilled_slot", Reading(text=text))
    assert (found.level, text[slice(*found.span)]) == (Level.STOP, slot)


@pytest.mark.parametrize(
    "text", ["See [the page](https://shop.example/a).", "As in [1].", "https://shop.example/[slug]/x"]
)
def test_brackets_that_are_no_places(text: str) -> None:
    """Links, footnotes and addresses stay."""
    assert "unfilled_slot" not in codes(text)


def test_asking_for_removal_is_a_warning_unless_it_protects_them() -> None:
    """Their review is theirs; a post that shows their address may be asked for."""
    assert codes("Could you delete your review please?", LATE)["asks_for_removal"] is Level.WARN
    assert "asks_for_removal" not in codes("Please delete your post, it shows your address.", LATE)
    assert "asks_for_removal" not in codes("Please delete your review.", LATE, stage=Stage.STATEMENT)


def test_listening_is_asked_for_only_under_a_complaint() -> None:
    """Praise needs no apology and no next step; Reading.complains overrules the words."""
    assert not {"no_acknowledgement", "no_next_step"} & set(codes("See you soon.", "love your cakes, thank you"))
    assert codes("It is Tuesday.", "love your cakes", complains=True)["no_next_step"] is Level.WARN
    assert codes("It is Tuesday.", LATE, complains=False) == {}


def test_an_acknowledgement_needs_a_step_but_no_repair() -> None:
    """A first word with a time is whole; without one it lacks something."""
    whole = "I am sorry your parcel is late. I will write here again by four."
    assert codes(whole, LATE, stage=Stage.ACKNOWLEDGEMENT) == {}
    assert codes("I am sorry your parcel is late.", LATE, stage=Stage.ACKNOWLEDGEMENT) == {"no_next_step": Level.WARN}


def test_a_vague_goodbye_is_a_note() -> None:
    """ "Feel free to write" is little, yet something."""
    text = "I am sorry your parcel took so long. Feel free to write if there is anything else."
    assert codes(text, LATE) == {"no_next_step": Level.NOTE}


def test_a_statement_is_no_answer() -> None:
    """A statement answers nobody, so nobody's words need to be heard in it."""
    assert codes("The shop opens on Monday.", LATE, stage=Stage.STATEMENT) == {}


@pytest.mark.parametrize("severity", [Severity.HIGH, Severity.CRITICAL])
def test_a_stock_line_does_not_stand_under_something_grave(severity: Severity) -> None:
    """Grave mentions need their own words and a name."""
    mention = "your heater caught fire in my son's bedroom"
    stock = codes("We're sorry to hear this. We're here to help, please send us a DM.", mention, severity=severity)
    assert stock["no_acknowledgement"] is Level.WARN
    assert stock["unsigned"] is Level.NOTE
    own = "I am sorry the heater caught fire. I look after this and will call you by noon. Ben"
    assert codes(own, mention, severity=severity) == {}


def test_sameness_with_recent_replies() -> None:
    """Nearly the words of last time are marked at the run both share."""
    said = "Hi Tom, I am sorry your parcel is late. I have asked the depot and will write by noon. Ana"
    text = "Hi Mara, I am sorry your parcel is late. I have asked the depot and will write by four. Ana"
    found = one_of("repeated_words", Reading(text=text, mention=LATE, recent=("Thanks for the cake.", said)))
    assert found.level is Level.WARN
    assert text[slice(*found.span)] == "I am sorry your parcel is late. I have asked the depot and will write by"
    assert "repeated_words" not in codes(text, LATE, recent=("Something else was said to them at great length then.",))
    assert codes(
        "We love that you love our little cakes.", "love it", recent=("We love that you love our little cakes.",)
    ) == {"repeated_words": Level.NOTE}


def test_small_notes() -> None:
    """A cheerful goodbye under a grievance and office words are noted, and no more."""
    text = "Dear customer, I am sorry about your parcel. I will call you tomorrow. Have a wonderful evening. ^AK"
    assert codes(text, LATE) == {"stiff": Level.NOTE, "cheerful": Level.NOTE}


@pytest.mark.parametrize("sign", ["^AK", "*TJH", "/RB", "– Ben", "-Ben", "~Kim", "Ben", "\nBen Lind"])
def test_signatures_are_no_words(sign: str) -> None:
    """Any usual way to sign is left out of reading and counts as a name."""
    text = f"I am sorry the heater broke, Mara. I will call you by noon. {sign}"
    assert "unsigned" not in codes(text, "the heater broke and I am hurt", severity=Severity.HIGH)


def test_play_is_left_alone() -> None:
    """Where nobody complains, capitals and jokes are no more than notes."""
    found = codes(
        "Wow, what a surprise! BEST DAY EVER, my friends 😂 No, we did not lie, you must have missed it.", "love it ❤"
    )
    assert set(found.values()) == {Level.NOTE}


def test_capitals_are_calmed_in_the_better_wording() -> None:
    """The wording is the same words in small letters; abbreviations alone are no shouting."""
    found = one_of("shouting", Reading(text="PLEASE STOP WRITING HERE, now.", mention=LATE))
    assert (found.level, found.instead) == (Level.WARN, "Please stop writing here")
    assert "shouting" not in codes("It works on USB, TV and DVD. It is open AM and PM.", LATE)


def test_many_marks_are_a_note() -> None:
    """Three exclamation marks sound loud."""
    assert codes("I will call you now!!!", LATE)["shouting"] is Level.NOTE


def test_policy_is_a_note_beside_an_answer() -> None:
    """A rule in place of an answer warns; beside a step it is only noted."""
    assert codes("Our policy is thirty days.", LATE)["defensive"] is Level.WARN
    beside = "I am sorry about your parcel. Our policy is thirty days, and I will see what I can do by noon."
    assert codes(beside, LATE)["defensive"] is Level.NOTE
    assert "defensive" not in codes("Our policy is thirty days.", "love the shop, thanks")


def test_passive_words_with_a_doer_are_a_note() -> None:
    """Somebody who acts takes the sting out of the passive voice."""
    assert codes("An error was made.", LATE)["passive_evasion"] is Level.WARN
    assert (
        codes("An error was made. I am looking into it and will call by noon.", LATE)["passive_evasion"] is Level.NOTE
    )


def test_an_own_error_that_is_mended_is_no_admission() -> None:
    """Honesty about a small error is welcome, admitted negligence is not."""
    assert "legal_admission" not in codes("It was our error, and it is fixed now.", LATE)
    assert codes("We were negligent.", LATE)["legal_admission"] is Level.WARN
    assert codes("We were negligent.", "love it, thanks")["legal_admission"] is Level.NOTE


def test_conditional_regret_for_inconvenience_is_a_note() -> None:
    """The line everybody has read is noted, not blocked."""
    text = "We are sorry for any inconvenience. I will call you by noon."
    assert codes(text, LATE)["non_apology"] is Level.NOTE


def test_how_refunds_work_is_no_offer() -> None:
    """Explaining is not promising, and neither is a refusal."""
    for text in (
        "Refunds usually take 3-5 days.",
        "We can't offer you a refund.",
        "Learn how to redeem a voucher code here.",
    ):
        assert "public_offer" not in codes(text, LATE), text
    assert codes("We would like to refund you.", LATE)["public_offer"] is Level.STOP
    assert codes("Feel free to ask, and you'll get a voucher.", LATE)["public_offer"] is Level.NOTE


def test_a_note_gives_way_on_the_same_words() -> None:
    """On one stretch of words only the graver remark stands, and of one code only one."""
    found = read(Reading(text="Sorry if any inconvenience was caused to you by it.", mention=LATE))
    assert [one.level for one in found if one.code == "non_apology"] == [Level.WARN]


def test_spans_count_code_points_of_the_draft_as_written() -> None:
    """Letters that grow in lower case, curly quotes and emoji do not shift a span."""
    text = "İstanbul 🎈 “hi” – it’s not our fault. I’ll call."
    found = one_of("blame", Reading(text=text, mention=LATE))
    assert text[slice(*found.span)] == "İstanbul 🎈 “hi” – it’s not our fault."


def test_their_words_may_be_found_where_our_regret_stands() -> None:
    """Where the mention does not tell, our own apology does: somebody was let down."""
    assert "no_next_step" in codes("So sorry.", "it was the blue one")
    assert "no_next_step" not in codes("So sorry.", "")


def test_handles_are_no_capitals_and_no_words() -> None:
    """Names of others in a reply are not read."""
    assert codes("@STUPID_IDIOT @WE_ARE_LOUD Thank you for the cake.", "love it, thanks") == {}
