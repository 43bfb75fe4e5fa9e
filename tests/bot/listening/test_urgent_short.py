"""Short, allusive sentences in the six languages: what happened is told in a few plain words, and nobody complains."""

import pytest

from bot.listening.flagging import flag
from bot.listening.tokens import cut
from bot.listening.urgency import alarms
from bot.nouns.flag import Severity

SHORT = [
    ("en", "The ladder folded with my sister on it.", "safety"),
    ("en", "His lips turned blue after the shake.", "safety"),
    ("en", "The shelf came down on my daughter.", "safety"),
    ("en", "We print on Friday, your side by noon?", "press"),
    ("en", "Your porter called my wife a dyke.", "discrimination"),
    ("de", "Das Hochbett ist auf meine Tochter gekracht.", "safety"),
    ("de", "Mit der Nachtcreme ist mein Hals zugeschwollen.", "safety"),
    ("de", "Euer Türsteher hat mich an den Haaren gezerrt.", "assault"),
    ("de", "Die Polizei ermittelt jetzt gegen euren Laden.", "legal"),
    ("es", "La silla se partió conmigo encima.", "safety"),
    ("es", "El revisor agarró a mi hijo del cuello.", "assault"),
    ("es", "Publicamos el lunes, ¿vuestra versión?", "press"),
    ("fr", "L'ascenseur fume et l'hôpital a gardé mon fils.", "safety"),
    ("fr", "Votre vigile m'a attrapée par les cheveux.", "assault"),
    ("fr", "Des débris de verre dans l'eau.", "safety"),
    ("it", "C'era una lametta nell'insalata.", "safety"),
    ("it", "Mio zio è all'ospedale per le vostre cozze.", "safety"),
    ("it", "Il controllore ha preso mia figlia per un braccio.", "assault"),
    ("pt", "O escadote partiu comigo em cima.", "safety"),
    ("pt", "A ASAE já sabe.", "legal"),
    ("pt", "O vosso porteiro chamou a minha irmã de macaca.", "discrimination"),
]
CALM = [
    "My brother works in A&E and swears by your soup.",
    "The ladder folds away nicely.",
    "My daughter fell for the blue one.",
    "Meine Schwester arbeitet im Krankenhaus und mag euren Tee.",
    "Das Gericht war warm, wir kommen wieder.",
    "Der Joghurt im Glas ist wieder da.",
    "Das Hochbett ist im Preis gefallen.",
    "Mi prima trabaja en urgencias y compra aquí.",
    "La silla se pliega fácil.",
    "Un verre de lait avec vos biscuits.",
    "Ma cousine travaille aux urgences.",
    "La bottiglia di vetro con l'acqua è carina.",
    "A sopa vem em frasco de vidro.",
]


@pytest.mark.parametrize(("lang", "text", "kind"), SHORT, ids=lambda each: each[:24])
def test_few_words_are_enough(lang: str, text: str, kind: str) -> None:
    """It is heard without a complaint's tone, as high or critical, and as what it is."""
    found = alarms(cut(text), lang)
    assert kind in {alarm.kind for alarm in found}
    assert found[0].severity.rank >= Severity.HIGH.rank


@pytest.mark.parametrize("text", CALM, ids=lambda each: each[:24])
def test_the_same_words_at_peace_ring_nobody(text: str) -> None:
    """Who works there, what it is kept in, how it folds: nothing happened."""
    assert flag(text).severity.rank < Severity.HIGH.rank
