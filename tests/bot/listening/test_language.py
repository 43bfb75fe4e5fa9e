"""Languages are guessed, or honestly not."""

import pytest

from bot.listening.language import NAMES, guess, unscored


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Where is the parcel that you promised me for this week?", "en"),
        ("¿Dónde está mi pedido? Llevo una semana esperando", "es"),
        ("Je n'ai toujours pas reçu mon colis, qu'est-ce qui se passe ?", "fr"),
        ("Ich warte seit einer Woche auf mein Paket und niemand meldet sich", "de"),
        ("Ainda não recebi a minha encomenda, vocês podem ver isso?", "pt"),
        ("Non ho ancora ricevuto il mio pacco, cosa devo fare?", "it"),
        ("Waar blijft mijn pakket? Ik wacht nu al een week", "nl"),
        ("Gdzie jest moja paczka? Czekam już tydzień i nie ma nic", "pl"),
        ("Kargom nerede, bir haftadır bekliyorum ve çok üzgünüm", "tr"),
        ("أين طلبي؟ أنتظر منذ أسبوع", "ar"),
        ("سفارش من کجاست؟ یک هفته است که منتظرم چرا", "fa"),
        ("میرا پارسل کہاں ہے؟ ایک ہفتہ ہو گیا ہے", "ur"),
        ("मेरा पार्सल कहाँ है", "hi"),
        ("荷物がまだ届きません", "ja"),
        ("我的包裹在哪里", "zh"),
        ("택배가 아직 안 왔어요", "ko"),
        ("Где моя посылка?", "ru"),
        ("Де моя посилка? Її досі немає", "uk"),
        ("Πού είναι το δέμα μου;", "el"),
        ("איפה החבילה שלי", "he"),
    ],
)
def test_a_sentence_gives_its_language_away(text: str, lang: str) -> None:
    """One ordinary sentence is enough."""
    assert guess(text) == lang


@pytest.mark.parametrize("text", ["", "ok", "👍👍", "12345", "Zyx Qwv"])
def test_nothing_to_go_by_is_honestly_none(text: str) -> None:
    """Where nothing is sure nothing is said."""
    assert guess(text) is None


def test_a_hint_is_believed_only_where_the_words_leave_room() -> None:
    """Menus are often in another language than the words."""
    assert guess("Zyx Qwv", "pt-BR") == "pt"
    assert guess("Where is the parcel that you promised me?", "de") == "en"
    assert guess("no me", "es") == "es"
    assert guess("le la les que", "nl") is None
    assert guess("Zyx", "not a code") is None


def test_a_hint_chooses_between_languages_of_one_script() -> None:
    """Cyrillic with a Bulgarian hint is Bulgarian; with an English one it stays what it looks like."""
    assert guess("Къде е пратката ми", "bg") == "bg"
    assert guess("Где моя посылка?", "en") == "ru"


def test_a_foreign_word_does_not_make_a_foreign_text() -> None:
    """One word in another script inside English leaves it English."""
    assert guess("The sign said 東 and we were all very much lost in the station") == "en"


def test_accents_count_where_words_are_few() -> None:
    """Letters that few languages use speak too."""
    assert guess("mañana señor ¿") == "es"


def test_unscored_languages_are_named_in_words() -> None:
    """A person is asked to look, and told which language it is."""
    assert unscored("ja") == "not scored: nobody here reads Japanese by machine; a person should look"
    assert unscored("xx") == "not scored: nobody here reads this language (xx) by machine; a person should look"
    assert unscored("en") is None
    assert unscored(None) is None


def test_every_scored_language_has_a_name() -> None:
    """Names are there for what we guess most."""
    assert {"en", "es", "fr", "de", "pt", "it", "nl"} <= NAMES.keys()
