"""Roles are given to words, and scenes are heard where roles meet, as the lists promise."""

import pytest

from bot.listening.phrases import BadListError
from bot.listening.roles import Roles
from bot.listening.scenes import Scenes, Setting, scenes

WORDS = ["# roles", "MEANT: hot_dog", "WHO: cook waiter", "DID: burn* set_fire", "WHAT: dog cake_~_cream", "JOKE: haha"]


def heard(listed: list[str], text: str) -> list[tuple[str, ...]]:
    """What is heard in a text with the words above."""
    bits: dict[str, int] = {}
    roles = Roles(WORDS, bits)
    return [scene.called for scene in Scenes(listed, bits).heard(roles.cast(text.split()))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the cook burnt a dog", [("kind",)]),
        ("burning dog said the waiter", [("kind",)]),
        ("the cook burnt a hot dog", []),
        ("haha the cook burnt a dog", []),
        ("the cook likes the dog", []),
        ("the cook set fire to cake and cream", [("kind",)]),
        ("the cook set off with cake and jam", []),
    ],
)
def test_a_scene_needs_a_word_of_every_role_in_any_order(text: str, expected: list[tuple[str, ...]]) -> None:
    """Stems, phrases and open places count; what is meant otherwise or in fun does not."""
    assert heard(["[kind]", "near WHO DID WHAT", "not JOKE"], text) == expected


@pytest.mark.parametrize(("text", "is_heard"), [("cook burnt dog", True), ("dog burnt cook", False)])
def test_order_counts_where_it_is_asked_for(text: str, *, is_heard: bool) -> None:
    """Who did it stands before what was done."""
    assert bool(heard(["[kind]", "then WHO DID WHAT"], text)) is is_heard


@pytest.mark.parametrize("verb", ["near", "then"])
def test_words_far_apart_are_no_scene(verb: str) -> None:
    """The first word of a line says how far, in tokens."""
    assert heard(["[kind]", f"{verb} 3 WHO DID"], "cook has just burnt")
    assert not heard(["[kind]", f"{verb} 3 WHO DID"], "cook has only just burnt")


def test_one_word_fills_one_place() -> None:
    """A scene with a role twice needs two words of it."""
    assert heard(["[kind]", "near WHO WHO"], "cook and waiter")
    assert not heard(["[kind]", "near WHO WHO"], "cook")


def test_either_role_and_several_lines() -> None:
    """A bar means "or"; every line of a scene is one more way it may look."""
    assert heard(["[kind]", "near JOKE WHAT", "near WHO DID|WHAT"], "waiter dog") == [("kind",)]


def test_softness_is_read() -> None:
    """A soft scene says so."""
    bits: dict[str, int] = {}
    roles = Roles(WORDS, bits)
    kept = Scenes(["[a]", "near WHO", "soft", "", "[b]", "near WHO"], bits).heard(roles.cast(["cook"]))
    assert [(scene.called, scene.soft) for scene in kept] == [(("a",), True), (("b",), False)]


@pytest.mark.parametrize("wrong", [["[a]", "near NOBODY"], ["[a]", "hear WHO"], ["[a]", "not NOBODY"]])
def test_a_wrong_scene_is_refused_in_words(wrong: list[str]) -> None:
    """A slip stops the start, with the place."""
    with pytest.raises(BadListError, match="line 2"):
        heard(wrong, "cook")


def test_a_wrong_role_is_refused_in_words() -> None:
    """Roles are in capitals, before a colon."""
    with pytest.raises(BadListError, match="line 1"):
        Roles(["who cook"], {})


def test_a_language_of_its_own_and_none_at_all() -> None:
    """German words are asked in German and where the language is not known; in others English is."""
    fire = ("das", "ladegerät", "brennt")
    assert scenes(fire, "de")
    assert scenes(fire, None) == scenes(fire, "de")
    assert not scenes(fire, "ja")
    assert scenes(("charger", "caught", "fire"), "ja")


def test_the_words_of_an_ordered_scene_stand_near_each_other() -> None:
    """Each within reach of the one before it, in this order; a later word of the first role begins anew."""
    setting = Setting(slots=(1, 2), ordered=True, reach=3)
    assert setting.fits(((0, 1), (3, 2)))
    assert not setting.fits(((0, 1), (4, 2)))
    assert not setting.fits(((0, 2), (1, 1)))
    assert not setting.fits(((0, 1), (1, 1)))
    assert setting.fits(((0, 1), (5, 1), (7, 2)))


def test_words_nobody_says_again_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is remembered of words is bounded; they are looked up anew and have the same roles."""
    monkeypatch.setattr("bot.listening.roles.KEPT_WORDS", 2)
    roles = Roles(WORDS, {})
    text = ["the", "cook", "burnt", "a", "dog", "while", "the", "waiter", "ran"]
    assert roles.cast(text) == roles.cast(text) == Roles(WORDS, {}).cast(text)


def test_roles_nobody_plays_again_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is remembered of which scenes roles allow is bounded, and found again the same."""
    monkeypatch.setattr("bot.listening.scenes.KEPT_ROLES", 1)
    bits: dict[str, int] = {}
    roles = Roles(WORDS, bits)
    asked = Scenes(["[a]", "near WHO", "[b]", "near DID"], bits)
    for _ in range(2):
        assert [scene.called for scene in asked.heard(roles.cast(["cook"]))] == [("a",)]
        assert [scene.called for scene in asked.heard(roles.cast(["burnt"]))] == [("b",)]
    assert len(asked._known) == 1


@pytest.mark.parametrize(
    ("text", "places"), [("chef cook", [1]), ("pastrycook", [0]), ("cookery", []), ("l'cook s'ils", [0]), ("d'", [])]
)
def test_compounds_and_words_written_together_are_taken_apart(text: str, places: list[int]) -> None:
    """`*cook` is every longer word that ends so; behind an apostrophe a word is one of its own."""
    roles = Roles(["WHO: cook *cook"], {})
    assert [place for place, _ in roles.cast(text.split())] == places
