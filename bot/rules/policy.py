"""What the policy says of a conversation: how long words cool, by when they are due. And whether it can stand at all."""

from datetime import timedelta

from bot.nouns.caution import Stage
from bot.nouns.conversation import Conversation
from bot.nouns.flag import Severity
from bot.nouns.mention import MentionKind
from bot.nouns.team import Policy

#: The longest a value of the policy may be: longer is a slip of the pen.
LONGEST = timedelta(days=30)


def cools(policy: Policy, stage: Stage, kind: MentionKind) -> timedelta:
    """How long words of that stage cool before anything is added. An article is answered like a review."""
    match stage, kind:
        case Stage.PRIVATE, _:
            return policy.private_cools
        case Stage.ACKNOWLEDGEMENT, MentionKind.CHAT:
            return policy.acknowledgement_cools_chat
        case Stage.ACKNOWLEDGEMENT, MentionKind.POST:
            return policy.acknowledgement_cools
        case Stage.ACKNOWLEDGEMENT, _:
            return policy.acknowledgement_cools_review
        case _, MentionKind.CHAT:
            return policy.response_cools_chat
        case _, MentionKind.POST:
            return policy.response_cools
        case _:
            return policy.response_cools_review


def at_most(policy: Policy, stage: Stage) -> timedelta:
    """The longest that words of that stage cool, whatever is added."""
    if stage is Stage.ACKNOWLEDGEMENT:
        return policy.acknowledgement_cools_at_most
    return policy.response_cools_at_most


def critical(c: Conversation) -> bool:
    """Whether it rings people and quiet hours do not count."""
    return c.severity is Severity.CRITICAL


def acknowledge_within(policy: Policy, c: Conversation) -> timedelta:
    """How soon the public should hear a first word."""
    return policy.critical_acknowledge_within if critical(c) else policy.acknowledge_within


def faults(policy: Policy) -> tuple[str, ...]:
    """What cannot stand in a policy, a sentence each; empty where all is well. Asked once, at the start."""
    found = []
    for name, value in policy:
        if isinstance(value, timedelta) and not timedelta() <= value <= LONGEST:
            found.append(f"{name} must be between 0 and 30 days.")
    pairs = (
        ("acknowledgement_cools_at_most", "acknowledgement_cools"),
        ("acknowledgement_cools_at_most", "acknowledgement_cools_chat"),
        ("acknowledgement_cools_at_most", "acknowledgement_cools_review"),
        ("response_cools_at_most", "response_cools"),
        ("response_cools_at_most", "response_cools_chat"),
        ("response_cools_at_most", "response_cools_review"),
        ("free_claim_after", "ask_owner_after"),
        ("answer_within", "acknowledge_within"),
        ("critical_acknowledge_within", "critical_claim_within"),
    )
    found += [
        f"{more} must not be shorter than {less}."
        for more, less in pairs
        if getattr(policy, more) < getattr(policy, less)
    ]
    often = ("alarm_every", "remind_unclaimed_after", "send_ask_lives")
    found += [f"{name} must be longer than 0." for name in often if getattr(policy, name) <= timedelta()]
    return tuple(found)
