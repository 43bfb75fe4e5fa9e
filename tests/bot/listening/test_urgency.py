"""What is urgent is heard, with its reason; what only sounds so is not."""

import pytest

from bot.listening.phrases import lines, parse
from bot.listening.situations import SITUATIONS
from bot.listening.tokens import cut
from bot.listening.urgency import REASONS, alarms, score
from bot.nouns.flag import Severity

GRAVE = [
    ("The heater I bought from you caught fire while my son was asleep", "hurt"),
    ("My toddler choked on a button that came off your teddy bear", "hurt"),
    ("We all got food poisoning at your Leeds branch last night", "hurt"),
    ("There is a strong smell of gas in your lobby and nobody is doing anything", "hurt"),
    ("I can't do this any more, I just want to end it all", "self"),
    ("I know where your office is and you deserve to be shot", "threat"),
    ("Your guard grabbed my brother by the arm and threw him to the floor", "crime"),
    ("One of your crew groped my girlfriend on the night bus", "crime"),
    ("When I log in I can see another customer's orders and address", "leak"),
]
HIGH = [
    ("Expect a letter from my solicitor about this", "lawyer"),
    ("I have reported your courier to the police", "police"),
    ("I have sent all of this to the ombudsman", "office"),
    ("You are breaking the law and you know it", "unlawful"),
    ("Somebody hacked my account and changed the email", "account"),
    ("Got a text pretending to be from you asking for my card number", "faked"),
    ("There are charges on my card that I never made", "money"),
    ("Your removal men nicked my watch", "stolen"),
    ("Hi, I'm a reporter with the evening paper, who can comment on the closures?", "press"),
    ("Boycott them until they pay their bakers", "public"),
    ("Turned away at the door because of my guide dog", "unfair"),
    ("Your site has a security hole in the login page", "weakness"),
]
HARMLESS = [
    "This new album is fire",
    "My phone died again, the battery is rubbish",
    "I would kill for one of those cupcakes right now",
    "What a steal, thank you for the summer sale",
    "Can I bring my wheelchair on board?",
    "Your streaming stick keeps buffering",
    "You cancelled my train and left me stranded in Oslo",
    "Watching the evening news on the new television, stunning picture",
    "The soup was dangerously good",
    "How do I change the password on my account?",
]


@pytest.mark.parametrize(("text", "reason"), GRAVE)
def test_harm_to_people_is_critical(text: str, reason: str) -> None:
    """Where somebody could be hurt, was attacked, or data lies open, it is critical, with the reason."""
    first = alarms(cut(text), "en")[0]
    assert (first.severity, first.reason, first.because) == (Severity.CRITICAL, reason, REASONS[reason])


@pytest.mark.parametrize(("text", "reason"), HIGH)
def test_the_other_urgent_kinds_are_high(text: str, reason: str) -> None:
    """Law, accounts, theft, discrimination and the press are high, with the reason."""
    found = alarms(cut(text), "en", 0.6)
    assert {alarm.severity for alarm in found} == {Severity.HIGH}
    assert reason in {alarm.reason for alarm in found}


@pytest.mark.parametrize("text", HARMLESS)
def test_what_only_sounds_urgent_is_not(text: str) -> None:
    """Figures of speech and ordinary complaints wake nobody."""
    assert alarms(cut(text), "en", 0.6) == ()


@pytest.mark.parametrize(
    ("text", "lang", "kind"),
    [
        ("El cargador explotó y se quemó la mesa de mi madre", "es", "safety"),
        ("Votre livreur a volé mon vélo, je vais porter plainte", "fr", "theft"),
        ("Das Ladegerät ist explodiert, meine Tochter musste ins Krankenhaus", "de", "safety"),
        ("Vou falar com o meu advogado", "pt", "legal"),
        ("Sono una giornalista, vorrei un commento", "it", "press"),
    ],
)
def test_the_other_five_languages_have_rules_of_their_own(text: str, lang: str, kind: str) -> None:
    """Fewer and plainer rules, but rules."""
    assert kind in {alarm.kind for alarm in alarms(cut(text), lang)}


def test_english_rules_are_not_asked_in_other_languages() -> None:
    """Spanish "molesta" means that something bothers; it accuses nobody."""
    assert alarms(cut("me molesta el ruido"), "es") == ()


def test_bare_words_count_only_in_a_complaint() -> None:
    """The same words are passed over where nobody complains."""
    ready = cut("a lethal corner, that one")
    assert alarms(ready, "en", 0.2) == ()
    assert [alarm.reason for alarm in alarms(ready, "en", 0.7)] == ["hurt"]


UNFORESEEN = [
    ("The stair gate popped open and my daughter fell down the steps", "safety"),
    ("ur lamp went bang & theres a scorch mark on the wall", "safety"),
    ("One of your ushers spat at my sister", "assault"),
    ("The barman would not serve us and laughed at my hijab", "discrimination"),
    ("my neighbour's solicitor and mine are both writing to you", "legal"),
    ("Your portal shows me a stranger's invoices", "security"),
    ("Somebody in Lagos is spending my points", "security"),
    ("The cleaner walked off with my earrings", "theft"),
    ("Reporter at a local daily here, could you comment on the strike?", "press"),
]


@pytest.mark.parametrize(("text", "kind"), UNFORESEEN)
def test_scenes_are_heard_in_words_nobody_wrote_down_together(text: str, kind: str) -> None:
    """Who did what to whom is enough; the sentence need not be known."""
    assert kind in {alarm.kind for alarm in alarms(cut(text), "en", 0.6)}


@pytest.mark.parametrize("calm", ["lol", "😂", "what a great film", "said the senator"])
def test_jokes_fiction_and_politics_wake_nobody(calm: str) -> None:
    """The same deed is passed over where it is plainly none of ours."""
    deed = "the guard punched my brother"
    assert [alarm.kind for alarm in alarms(cut(deed), "en")] == ["assault"]
    assert alarms(cut(f"{deed} {calm}"), "en") == ()


def test_tagged_newspapers_count_and_other_handles_do_not() -> None:
    """Whoever calls on the press by its handles tells the press; a newspaper alone may be who is written to."""
    assert [alarm.reason for alarm in alarms(cut("look what they do @cnn @bbcnews"), "en")] == ["press"]
    assert alarms(cut("@nytimes your login is broken"), "en") == ()
    assert alarms(cut("look what they do @nan @bea"), "en") == ()


@pytest.mark.parametrize("word", ["won't", "wont"])
def test_apostrophes_may_be_missing(word: str) -> None:
    """Many people leave them out."""
    assert alarms(cut(f"the car seat buckle {word} lock on the motorway"), "en") != ()


def test_each_kind_once_gravest_first() -> None:
    """Two kinds give two alarms; the graver comes first."""
    found = alarms(cut("Your driver punched my friend and I have called a lawyer"), "en")
    assert [alarm.kind for alarm in found] == ["assault", "legal"]


def test_scores_follow_the_alarms() -> None:
    """Critical above high above none; a pressing word adds a little."""
    critical, high = alarms(cut(GRAVE[0][0]), "en"), alarms(cut(HIGH[0][0]), "en")
    assert score(critical, 0.5, ()) > score(high, 0.5, ()) > 0.5 > score((), 1.0, ("now",)) > score((), 1.0, ())


def test_every_scene_names_a_kind_a_severity_and_a_reason() -> None:
    """A slip in the list is found here and not at night."""
    kinds = {"safety", "assault", "discrimination", "legal", "security", "theft", "press"}
    for kind, severity, reason in named():
        assert kind in kinds
        assert Severity(severity).rank >= Severity.HIGH.rank
        assert reason in REASONS


def named() -> list[list[str]]:
    """What the scenes of the shipped list are called."""
    return [line.strip("[]").split() for line in lines("urgent.txt") if line.startswith("[")]


def test_every_reason_has_a_scene() -> None:
    """No reason is promised that is never given."""
    assert {reason for _, _, reason in named()} == REASONS.keys()


def test_every_pattern_of_the_situations_can_be_compiled_and_answers() -> None:
    """Patterns are compiled only when they wake; a broken one is found here."""
    for phrase in parse(lines("situations.txt")):
        assert phrase.meant("") is False


def test_every_situation_that_is_sought_has_a_name() -> None:
    """Headlines have a name for whatever is found, at most five words."""
    assert {phrase.called[0] for phrase in parse(lines("situations.txt"))} <= SITUATIONS.keys()
    assert all(1 <= len(name.split()) <= 5 for name in SITUATIONS.values())


def test_a_long_text_that_does_not_complain_rings_nobody() -> None:
    """In a review of a page such words meet by chance: it is still looked at soon, and critical where it complains."""
    text = (
        "The kettle caught fire in my hands. "
        + "It came in a nice box and I like the colour of the lid very much. " * 5
    )
    ready = cut(text)
    assert [alarm.severity for alarm in alarms(ready, "en", 0.1)] == [Severity.HIGH]
    assert [alarm.severity for alarm in alarms(ready, "en", 0.9)] == [Severity.CRITICAL]
    assert [alarm.severity for alarm in alarms(cut("The kettle caught fire in my hands."), "en", 0.1)] == [
        Severity.CRITICAL
    ]
