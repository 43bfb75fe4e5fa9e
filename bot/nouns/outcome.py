"""How an incident can have ended for the people in it. One fixed list, so that endings can be counted."""

from enum import StrEnum


class Outcome(StrEnum):
    """One word each; a better rating and a deletion by the author count as endings too."""

    CALMED = "calmed"
    THANKED_US = "thanked_us"
    BETTER_RATING = "better_rating"
    DELETED_BY_AUTHOR = "deleted_by_author"
    SETTLED_OFFLINE = "settled_offline"
    UNCHANGED = "unchanged"
    WORSE = "worse"
    NO_ANSWER_NEEDED = "no_answer_needed"
