"""When the invented afternoon happens, and what is said in it."""

from datetime import UTC, datetime, timedelta

#: When everything here happens: 14:21 in Berlin.
NOON = datetime(2026, 3, 2, 13, 21, tzinfo=UTC)
WORDS = (
    "Eleven days, three chats, still no parcel. The last one hung up on me. I have had it with this shop and I will "
    "tell everyone who asks."
)
ANSWER = (
    "Mara, I’m sorry you waited eleven days and were cut off. It was ours to bring. I found it at the depot and it is "
    "on the van for tomorrow before noon. If it is not there, write to help@shop.example, reference K7. Ben"
)
DRAFT = (
    "Mara, I’m sorry you waited eleven days and were cut off. As we explained in chat, the carrier lost it. I have "
    "found it at the depot and it is on the van for [day and hour]. Here is 20 % off your next order. Ben"
)


def at(minutes: float) -> datetime:
    """So many minutes after NOON; before it where negative."""
    return NOON + timedelta(minutes=minutes)
