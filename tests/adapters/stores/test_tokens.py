"""The blind index tokens of words: as many as can be searched for, and none of the words kept after somebody is forgotten."""

from adapters.stores.crypt import Secrets
from adapters.stores.hashes import Layout


def test_each_word_has_one_token() -> None:
    """In the order of the words, whatever their case, each once; another team's are others."""
    ours, theirs = Secrets(b"a master secret", "ours"), Secrets(b"a master secret", "theirs")
    parcel, never = ours.tokens("Parcel never")
    assert ours.tokens("never PARCEL, never_parcel!") == (never, parcel)
    assert {parcel, never}.isdisjoint(theirs.tokens("parcel never"))
    assert len({*ours.tokens("parcel"), *Secrets(b"a master secret", "ours", Layout.HMAC).tokens("parcel")}) == 2


def test_the_first_400_words_are_found() -> None:
    """What stands behind them costs the store nothing."""
    secrets = Secrets(b"a master secret", "ours")
    words = [f"word{number}" for number in range(500)]
    assert secrets.tokens(" ".join(words)) == tuple(secrets.tokens(word)[0] for word in words[:400])


def test_no_word_is_kept_once_somebody_is_forgotten() -> None:
    """Tokens are remembered with their words, and let go with the person."""
    secrets = Secrets(b"a master secret", "ours")
    secrets.tokens("Parcel never")
    assert secrets._token.cache_info().currsize == 2
    secrets.forget("ann")
    assert secrets._token.cache_info().currsize == 0
