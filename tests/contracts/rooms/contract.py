"""What every room promises, as stories. A room's own test file derives from `RoomContract` and gives `house`."""

from typing import Protocol

from bot.nouns.conversation import Mood
from bot.nouns.team import Handle, Place
from bot.ports import Finding, Gone, LineRef, Member, Room, Stranger, ThreadRef
from bot.screens.shapes import Answer, Card, Gesture, Line, Quote
from tests.fakes.desk_pages import NOON


class RoomHouse(Protocol):
    """A room and what a test must know of it. `member` is on the team, `stranger` nobody; `place` can be painted in."""

    room: Room
    place: Place
    member: Handle
    guest: Handle
    stranger: Handle

    async def notes(self, to: Handle) -> int:
        """How many private notes that person has now."""


def card(incident: str, headline: str = "Parcel never came", version: int = 1) -> Card:
    """A small card."""
    return Card(incident, f"{incident}-1", headline, "Mara", Mood.WAITING, (Quote("Where is it?"),), version=version)


LINE = Line("Ana has this", NOON)


class RoomContract:
    """Each test is one promise of DESIGN §5 and §7."""

    async def test_its_name_is_its_handles(self, house: RoomHouse) -> None:
        """The room's name is what handles and places carry."""
        assert house.room.name == house.place.room == house.member.room

    async def test_a_thread_is_opened_in_its_place(self, house: RoomHouse) -> None:
        """Opening gives a reference to exactly that room and place."""
        ref = await house.room.open_thread(house.place, card("i1"), "k1")
        assert isinstance(ref, ThreadRef)
        assert (ref.room, ref.place) == (house.room.name, house.place.id)
        assert ref.id

    async def test_opening_twice_is_opening_once(self, house: RoomHouse) -> None:
        """The same key gives the same thread."""
        assert await house.room.open_thread(house.place, card("i1"), "k1") == await house.room.open_thread(
            house.place, card("i1"), "k1"
        )

    async def test_two_incidents_have_two_threads(self, house: RoomHouse) -> None:
        """No two cards share a thread."""
        first = await house.room.open_thread(house.place, card("i1"), "k1")
        second = await house.room.open_thread(house.place, card("i2"), "k2")
        assert first != second

    async def test_repainting_may_be_repeated(self, house: RoomHouse) -> None:
        """The same card twice, a newer and then an older one: always an answer, and the thread stays findable."""
        ref = await house.room.open_thread(house.place, card("i1"), "k1")
        assert isinstance(ref, ThreadRef)
        for version in (2, 2, 3, 1):
            painted = await house.room.repaint(ref, card("i1", version=version))
            assert isinstance(painted, ThreadRef)
            assert painted.place == ref.place

    async def test_a_withdrawn_card_is_healed(self, house: RoomHouse) -> None:
        """After a card was taken away, repainting shows the incident again."""
        ref = await house.room.open_thread(house.place, card("i1"), "k1")
        assert isinstance(ref, ThreadRef)
        assert isinstance(await house.room.withdraw(ref), Gone)
        assert isinstance(await house.room.repaint(ref, card("i1")), ThreadRef)

    async def test_a_line_is_said_in_its_thread(self, house: RoomHouse) -> None:
        """Saying gives a reference; the same key says it once."""
        ref = await house.room.open_thread(house.place, card("i1"), "k1")
        assert isinstance(ref, ThreadRef)
        first, again = [await house.room.say(ref, LINE, "l1") for _ in range(2)]
        assert isinstance(first, LineRef)
        assert first == again
        assert await house.room.say(ref, LINE, "l2") != first

    async def test_a_note_lasts_and_is_private(self, house: RoomHouse) -> None:
        """It reaches its person, once for a key, and nobody else."""
        for _ in range(2):
            assert isinstance(await house.room.tell(house.member, card("i1"), "n1"), LineRef)
        assert await house.notes(house.member) == 1
        assert await house.notes(house.guest) == 0

    async def test_a_note_can_be_taken_back(self, house: RoomHouse) -> None:
        """Withdrawn it is gone, and withdrawing again is no error."""
        ref = await house.room.tell(house.member, card("i1"), "n1")
        assert isinstance(ref, LineRef)
        for _ in range(2):
            assert isinstance(await house.room.withdraw(ref), Gone)
        assert await house.notes(house.member) == 0

    async def test_hostile_words_break_nothing(self, house: RoomHouse) -> None:
        """A card of controls, surrogates and markup is painted like any other."""
        text = "\x00\ud800<script>&@everyone <!channel> [a](b) \u202e" * 20
        ref = await house.room.open_thread(house.place, card("i1", text), "k1")
        assert isinstance(ref, ThreadRef)
        assert isinstance(await house.room.say(ref, Line(text, NOON, by=text, quote=text), "l1"), LineRef)
        assert isinstance(await house.room.tell(house.member, card("i1", text), "n1"), LineRef)

    async def test_people_are_known(self, house: RoomHouse) -> None:
        """Members by name, guests as guests, strangers as an answer and not an error."""
        member, guest = await house.room.who(house.member), await house.room.who(house.guest)
        assert isinstance(member, Member)
        assert member.name
        assert not member.guest
        assert isinstance(guest, Member)
        assert guest.guest
        assert isinstance(await house.room.who(house.stranger), Stranger)

    async def test_a_check_says_what_it_looked_at(self, house: RoomHouse) -> None:
        """Every finding is a sentence, and what is not well names its fix."""
        found = await house.room.check()
        assert found
        assert all(isinstance(one, Finding) and one.what and (one.ok or one.fix) for one in found)

    def test_doors_are_methods_and_paths(self, house: RoomHouse) -> None:
        """No two doors stand at the same method and path."""

        async def hear(gesture: Gesture) -> Answer:
            raise AssertionError(f"nobody pressed {gesture}")

        doors = [(door.method, door.path) for door in house.room.doors(hear)]
        assert len(doors) == len(set(doors))
        assert all(method in {"GET", "POST"} and path.startswith("/") for method, path in doors)
