"""An afternoon at a small shop, in five minutes: who says what, when. All invented."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Turn:
    """At `second`, `who` says `text` (or does `what` to an earlier post named `post`)."""

    second: int
    post: str
    who: str = ""
    handle: str = ""
    text: str = ""
    followers: int = 40
    rating: int | None = None
    what: str = "said"
    answers: str = ""


AFTERNOON: tuple[Turn, ...] = (
    Turn(2, "parcel", "Mara", "mara", "Eleven days, three chats, still no parcel. The last one hung up on me. "
         "I have had it with this shop and I will tell everyone who asks.", 1200),
    Turn(20, "praise", "Tomasz", "tomasz", "The kettle I ordered from you came a day early and it is lovely. Thank you.", 85),
    Turn(45, "shout", "Gil", "gilgamesh", "YOU TOOK MY MONEY TWICE AND YOUR BOT SAYS IT IS NORMAL. IT IS NOT NORMAL. "
         "ARE YOU ALL ASLEEP OVER THERE", 310),
    Turn(70, "star", "A customer", "", "", 0, 1),
    Turn(95, "shout2", "Gil", "gilgamesh", "Still nothing. What a pack of idiots.", 310, None, "said", "shout"),
    Turn(120, "fire", "Jo", "jo_r", "Your night light caught fire next to my son's bed last night. He is fine. "
         "I have photos and nobody picks up the phone.", 640),
    Turn(140, "oops", "Wren", "wren", "Where is my refund, you promised it for Monday?", 22),
    Turn(165, "question", "Ines", "ines", "Do you still sell spare lids for the blue teapot?", 150),
    Turn(190, "parcel", "", "", "Eleven days, three chats, still no parcel. The last one hung up on me. I have had it "
         "with this shop. EDIT: the tracking page now says it was returned.", what="edited"),
    Turn(200, "oops", what="deleted"),
    Turn(220, "broken", "Noor", "noor", "Third plate in a row that arrives broken. Who packs these?", 510),
    Turn(245, "bystander", "Gil's friend", "otto", "Same here, charged twice. Is anybody at this shop reading this?", 60,
         None, "said", "shout"),
    Turn(270, "rude", "Samira", "samira", "The woman at the counter laughed at my mother's accent. We are not coming back.",
         980),
    Turn(295, "spam", "Cheap Views", "views4u", "Grow your shop with 10,000 new followers today, link in bio", 3),
)  # fmt: skip
