"""no_acknowledgement and no_next_step: what a reply to a complaint leaves out.

A request for details alone "does not appease" (Einwiller and Steilen 2015). Sure only where the reply plainly lacks it:
nothing heard and nothing said of what comes next, or nothing heard and something hurtful besides.
"""

import re
from collections.abc import Iterator, Sequence

from bot.nouns.caution import Caution, Level, Stage
from bot.nouns.flag import Severity
from responders.tone.draft import Draft
from responders.tone.heard import (
    Step,
    acknowledges,
    content_words,
    next_step,
    private_way,
    regrets,
    specific,
    without_stock,
)

_WHOLE = (0, 0)
_REFUSES = re.compile(
    r"\b(?:unfortunately|unable|not able|can't|cannot|can not|won't|wouldn't|not possible|not allowed|no longer|"
    r"impossible|nothing|refuse\w*|never|"
    r"(?:don't|do not|doesn't) (?:have|offer|do|provide|allow|cover|know))\b"
)
_POLITE = re.compile(
    r"\b(?:hello|hi|hey|dear|good (?:morning|afternoon|evening|day)|thank(?:s| you)(?: so much| very much)?(?: for "
    r"(?:\w+ ?){1,4})?|sorry(?: (?:for|about|to) (?:\w+ ?){1,6})?|"
    r"apolog\w+(?: (?:for|about|to) (?:\w+ ?){1,6})?|appreciate (?:your |the |you )?\w*|understand (?:your |the |"
    r"how )?(?:\w+ ?){0,4}|sincer\w+|genuinely|truly|feedback|accept|please|oh no|hope (?:to|that|you) (?:\w+ "
    r"?){1,6}|(?:have|enjoy) (?:a|your|the) (?:\w+ ?){1,3}|look forward to (?:\w+ ?){1,4}|(?:really |so |very "
    r")?disappoint\w+|that's (?:\w+ ){0,2}(?:good|great|right|nice))"
)


def find(draft: Draft, others: Sequence[Caution]) -> Iterator[Caution]:
    """`others` are the cautions already found: a reply that hurts and shows no listening surely did not listen."""
    if not draft.complaint or not draft.low.strip() or draft.reading.stage is Stage.STATEMENT:
        return
    step = next_step(draft)
    hurts = any(one.level is not Level.NOTE for one in others if one.code not in {"unfilled_slot", "too_long"})
    stuck = not draft.part and (
        step is not Step.PLAIN and _empty(draft) or step is Step.NONE and _plainly(draft, hurts)
    )
    yield from _unheard(draft, sure=stuck or hurts and not draft.part)
    if stuck or step is not Step.PLAIN:
        yield _no_step(Level.WARN if stuck else Level.NOTE)


def _plainly(draft: Draft, hurts: bool) -> bool:
    """Whether a reply without a step is surely lacking. To a question a plain fact may be the answer they asked for."""
    if hurts or _REFUSES.search(draft.low):
        return True
    return not acknowledges(draft) and "?" not in draft.reading.mention


def _empty(draft: Draft) -> bool:
    """Whether greetings, thanks and regret are all it says."""
    if private_way(draft) or "?" in draft.text:
        return False
    said = [draft.said(one) for one in draft.sentences]
    rest = content_words(_POLITE.sub(" ", without_stock(draft.low)))
    return len(rest) <= 2 or all(regrets(one) or not content_words(_POLITE.sub(" ", one)) for one in said)


def _unheard(draft: Draft, *, sure: bool) -> Iterator[Caution]:
    grave = draft.reading.severity.rank >= Severity.HIGH.rank
    if grave and not specific(draft):
        yield Caution(
            code="no_acknowledgement",
            level=Level.WARN,
            span=_WHOLE,
            because="This is grave, and the words could stand under anything. Name what happened and who has it.",
            instead="I have read that [what happened to them], and I am looking after it myself.",
        )
    elif not acknowledges(draft):
        yield Caution(
            code="no_acknowledgement",
            level=Level.WARN if sure else Level.NOTE,
            span=_WHOLE,
            because="It does not show that we heard them. One sentence that names their trouble is enough.",
            instead="I am sorry about [what happened to them].",
        )


def _no_step(level: Level) -> Caution:
    return Caution(
        code="no_next_step",
        level=level,
        span=_WHOLE,
        because="They won't know what happens now. One step with a time is enough.",
        instead="I will come back to you by [day and hour].",
    )
