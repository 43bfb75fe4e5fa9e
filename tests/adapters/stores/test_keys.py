"""Key names."""

import pytest

from adapters.stores.keys import Keys


def test_a_team_is_one_slot() -> None:
    """All keys of a team carry its tag, and nothing in a name can break it."""
    keys = Keys("T01:ab.c_d-e")
    for key in (keys.lease("a}b{c"), keys.marker()):
        assert key.startswith("{T01:ab.c_d-e}:")


def test_shared_keys_belong_to_no_team() -> None:
    """They carry a tag that no team can have."""
    assert Keys.shared().lease("gateway") == "{coolhead}:lease:gateway"


@pytest.mark.parametrize("team", ["", "coolhead", "a}b", "{a", "a b", "é", "x" * 65, "a\n"])
def test_ids_that_would_break_the_tag(team: str) -> None:
    """They are refused."""
    with pytest.raises(ValueError, match="a team's id"):
        Keys(team)
