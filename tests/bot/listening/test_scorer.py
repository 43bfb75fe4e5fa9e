"""The scorer tells complaints from the rest, the same everywhere."""

import pytest

from bot.listening import scorer as scoring
from bot.listening.scorer import SCORED, Families, Head, Scorer, features, logistic, read_heads, scorer
from bot.listening.tokens import cut

COMPLAINTS = [
    "Three weeks and my blender still hasn't come, and nobody answers my emails. Terrible service.",
    "@gardenshop the hose you sent is broken and I want a refund",
    "your website keeps crashing every time I try to pay, please fix it",
]
CALM = [
    "Lovely morning by the lake with the kids",
    "@gardenshop thank you, the roses are beautiful",
    "We are happy to announce our summer fair on Saturday",
]


def reader(lang: str = "en") -> Scorer:
    """The shipped scorer of a language."""
    found = scorer(lang)
    assert found is not None
    return found


@pytest.mark.parametrize("text", COMPLAINTS)
def test_a_complaint_scores_above_the_balanced_point(text: str) -> None:
    """Plain English complaints are above 0.5."""
    assert reader().read(cut(text)).scores["post"] > 0.5


@pytest.mark.parametrize("text", CALM)
def test_calm_words_score_below_it(text: str) -> None:
    """Plain English chatter and thanks are below 0.5."""
    assert reader().read(cut(text)).scores["post"] < 0.5


@pytest.mark.parametrize(
    ("lang", "sore", "glad"),
    [
        ("es", "Qué vergüenza de servicio, otra vez roto y nadie contesta", "Muchas gracias, me encanta el regalo"),
        ("fr", "C'est une honte, toujours en panne et personne ne répond", "Merci beaucoup, c'est magnifique"),
        (
            "de",
            "Schon wieder kaputt, so ein schlechter Service, ich bin sauer",
            "Vielen Dank, das hat super geklappt und ist wunderschön",
        ),
        ("pt", "Que vergonha, quebrou de novo e ninguém responde", "Adorei, muito obrigada, ficou lindo"),
        ("it", "Che schifo, ancora rotto e nessuno risponde", "Grazie mille, è bellissimo"),
    ],
)
def test_each_scored_language_tells_sore_from_glad(lang: str, sore: str, glad: str) -> None:
    """In every scored language a sore sentence scores above a glad one, on either side of the balanced point."""
    assert reader(lang).read(cut(sore)).scores["post"] > 0.5 > reader(lang).read(cut(glad)).scores["post"]


def test_a_language_without_weights_has_no_scorer() -> None:
    """What we have no weights for is not scored."""
    assert scorer("nl") is None
    assert "nl" not in SCORED


def test_telling_words_come_from_our_own_lists_only() -> None:
    """Names and other words of the author never appear in reasons."""
    found = reader().read(cut("Zephyrine Quux still waiting, the kettle is broken, no refund")).telling
    assert found
    assert set(found) <= {"still", "waiting", "broken", "refund"}


def test_reading_twice_gives_the_same_scores() -> None:
    """The memory of words changes nothing."""
    assert reader().read(cut(COMPLAINTS[0])) == reader().read(cut(COMPLAINTS[0]))


def test_reading_sums_up_what_training_saw() -> None:
    """The quick path and the training features give one number."""
    text = "#Refund please!! 😡 still nothing, still no answer :( http://x.example"
    for name in ("post", "review", "anger"):
        head = reader().heads[name]
        total = head.total(features(text, scoring.families("en")).items())
        assert reader().read(cut(text)).scores[name] == pytest.approx(head.score(total))


def test_memory_of_words_is_let_go_when_full(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ever new words from outside cannot fill the memory."""
    monkeypatch.setattr(scoring, "KEPT_WORDS", 3)
    families = Families(["bad: three"])
    small = Scorer(reader()._heads, families)
    small.read(cut("one two three four five six seven eight"))
    assert len(small._known) <= 3
    assert len(small._pairs) <= 3
    assert len(families._seen) <= 3


def test_what_was_read_before_changes_nothing() -> None:
    """A text is scored alike by a scorer that has read much and by one that has read nothing, whatever families are
    called.
    """
    told = ("good thanks, bad rude", "Thank you, great!", "awful, I am angry", "good thanks", "Thank you, great!")
    much = Scorer(reader()._heads, reader()._families)
    for text in told:
        nothing = Scorer(reader()._heads, reader()._families)
        assert much.read(cut(text)) == nothing.read(cut(text))


def test_families_know_whole_words_stems_and_faces() -> None:
    """A star stands for any ending; smileys and emoji count as glad or sore; remarks are passed over."""
    kept = Families(["# bad: nothing", "no colon here", "bad: awful disgust*", "rude: disgust*"])
    assert kept.of("#disgusted") == ("bad", "rude")
    assert kept.of("awful") == ("bad",)
    assert kept.of("awfully") == ()
    assert kept.of("😍") == ("good", "smile")
    assert kept.of("😡") == ("bad", "frown")


def test_weights_are_read_head_after_head() -> None:
    """The first line names the heads; their signed bytes follow in its order."""
    said = b'{"heads":[{"name":"a","bits":1,"scale":0.5,"slope":1,"middle":0,"watch":0.2},'
    said += b'{"name":"b","bits":0,"scale":1,"slope":1,"middle":0,"watch":0.3}]}\n'
    first, second = read_heads(said + bytes([1, 255, 128]))
    assert (first.name, list(first.weights), second.name, list(second.weights)) == ("a", [1, -1], "b", [-128])


def test_the_top_bit_turns_a_weight_around() -> None:
    """A hash's top bit is the sign, its low bits the place."""
    head = Head("a", 1, 0.5, 1.0, 0.0, 0.2, memoryview(bytes([2, 4])).cast("b"))
    assert head.total([(1, 1.0), (1 << 31, 1.0)]) == 0.5 * (4 - 2)


def test_logistic_never_overflows() -> None:
    """Far below zero it is zero."""
    assert logistic(-10_000) == 0.0
    assert logistic(0) == 0.5
