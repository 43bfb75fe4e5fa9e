"""Situations are named only where they are sure."""

import pytest

from bot.listening.flagging import flag


@pytest.mark.parametrize(
    ("text", "situation"),
    [
        ("My parcel never arrived and tracking says nothing", "parcel_lost"),
        ("The delivery is two days late again", "late_delivery"),
        ("The vase arrived broken, such a pity", "broken_item"),
        ("You sent the wrong size, I ordered a medium", "wrong_item"),
        ("I was charged twice for one coffee", "charged_twice"),
        ("Still waiting for my refund after six weeks", "refund_missing"),
        ("Your cashier was so rude to my grandmother", "rude_staff"),
        ("Your website is down again", "outage"),
        ("I can't log in to my account since Monday", "locked_out"),
        ("You cancelled my booking an hour before", "cancelled"),
        ("Nobody has replied to any of my emails, you ignore all of us", "no_answer"),
        ("Prices have gone up again, that is not fair", "price_rise"),
        ("Terrible quality, the seams fell apart", "quality"),
        ("Is it true that you sell our voices?", "misinformation"),
        ("Earn $500 a day with bitcoin, dm me", "spam_or_wrong_name"),
        ("The kettle you sold us caught fire", "safety"),
        ("I can see another customer's orders in my account", "data_leak"),
        ("My lawyer will write to you", "legal_threat"),
        ("I'm a journalist writing a story about your bakery", "press_question"),
        ("Your driver made racist remarks to my mum", "discrimination"),
        ("Thank you, what a lovely evening at your place", "praise"),
        ("What time do you open on Sundays?", "question"),
        ("My parcel never came and nobody answers my emails", "parcel_lost"),
        ("I would like to appeal my ban please", "ban_appeal"),
        ("You banned me from the server and my account is locked", "ban_appeal"),
        ("Got kicked from your community for a joke", "ban_appeal"),
        ("The mods here are so biased, it is always the same people", "unfair_moderation"),
        ("My post was deleted without a word", "unfair_moderation"),
        ("I got muted for asking a question", "unfair_moderation"),
        ("One of your moderators insulted me in front of everyone", "moderator_conduct"),
        ("The moderator was rude and muted me for no reason", "moderator_conduct"),
        ("A member keeps insulting people in this channel", "member_conflict"),
        ("People are fighting in the general chat again", "member_conflict"),
        ("We are being raided, please come", "raid"),
        ("Bots are flooding the whole server", "raid"),
    ],
)
def test_a_plain_sentence_is_named(text: str, situation: str) -> None:
    """One thing said plainly gets its name."""
    assert flag(text).situation == situation


@pytest.mark.parametrize(
    "text",
    [
        "Hm.",
        "I am so done with you",
        "Tuesday at the harbour",
        "The site is down and your cashier was rude to my mother",
        "Boycott them until they pay their bakers",
        "They raided the fridge again",
        "I muted the TV when it came on",
        "They announced a ban on plastic bags",
        "My mod on the bike broke",
        "",
    ],
)
def test_what_is_not_sure_has_no_name(text: str) -> None:
    """Nothing plain, or two things at once: the headline quotes their words instead."""
    assert flag(text).situation is None


@pytest.mark.parametrize(
    "text",
    [
        "So this is the thanks I get",
        "This is the thanks we get after ten years with you",
        "That's the thanks you get",
        "Is this all the thanks they've got for me, so be it",
        "Thanks for nothing",
        "Cheers for nothing",
        "Thanks a lot for ruining my day",
        "Thank you so much for wasting my time",
        "Some thanks that is",
        "Twelve years a customer and this is the thanks",
        "Twenty parcels a month with you and that's the thanks.",
        "No thanks to you I got home",
        "Thanks but no thanks",
        "Not even a thank you",
        "Thanks a bunch",
        "What thanks do I get",
        "Thanks for not calling me",
    ],
)
def test_thanks_that_are_not_meant_are_no_praise(text: str) -> None:
    """Thanks said in bitterness are never called praise, whatever words they borrow."""
    assert flag(text).situation != "praise"


@pytest.mark.parametrize(
    "text",
    [
        "Thanks for the quick answer, I get it now",
        "Thank you for everything",
        "I get it now, thanks",
        "Thanks to your team I have my bag back, lovely people",
        "This is the best thanks card I ever got",
        "Look, this is the thanks card you sent, lovely",
        "Many thanks for the lovely flowers, all of you",
        "All thanks to you I got home in time, wonderful people",
        "Thank you for saving the day",
        "Nice, thanks a lot for the lovely tea",
    ],
)
def test_thanks_that_are_meant_are_praise(text: str) -> None:
    """Plain thanks keep their name."""
    assert flag(text).situation == "praise"


def test_spam_that_complains_is_left_to_a_person() -> None:
    """A real complaint that looks like spam is not called spam."""
    text = "Terrible service, my parcel is broken and still no refund. Sorry wrong account if this is not the shop"
    assert flag(text).situation is None
