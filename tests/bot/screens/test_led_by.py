"""A reply begins with the handles it is to; a headline begins with what it is about."""

import pytest

from bot.nouns.incident import Incident
from bot.screens.headline import headline
from tests.bot.build import START, a_mention, conversation, opened

INCIDENT = Incident(id="i1", opened=START)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("@shop where is it", "“where is it”"),
        ("@shop, where is it", "“where is it”"),
        ("@shop: where is it", "“where is it”"),
        (" @shop @help@square.test  @ben_k where is it", "“where is it”"),
        ("@shop\nwhere is it", "“where is it”"),
        ("where is it @shop", "“where is it @shop”"),
        ("@shop?! where is it", "“@shop?! where is it”"),
        ("@ noon where is it", "“@ noon where is it”"),
        ("help@shop.example bounces", "“help@shop.example bounces”"),
        ("@shop @help", "“@shop @help”"),
    ],
)
def test_the_handles_it_is_to_are_left_out(text: str, shown: str) -> None:
    """Only those at its very beginning; where nothing but handles was said, they are what was said."""
    assert headline(INCIDENT, conversation(opened(a_mention(text))))[0] == shown
