"""What each of Slack's errors means for what we show: how it is mended, and the sentence that says what a person may do."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from adapters.connections import slack_answers as errors
from adapters.connections.slack_answers import Lost, Refused
from bot.ports import Broken


class Cure(Enum):
    """ANEW: a new card in the same channel. ELSEWHERE: in another. PLAINER: in fewer words. WAIT: time mends it.
    MEND: a person must."""

    ANEW = "anew"
    ELSEWHERE = "elsewhere"
    PLAINER = "plainer"
    WAIT = "wait"
    MEND = "mend"


#: Seconds after which a call of which nobody knows what became of it is tried again.
AGAIN: Final = 10.0

_BECAUSE: Final[Mapping[str, str]] = {
    "account_inactive": "Slack no longer lets us in: the app's account is inactive. Install the app again.",
    "app_uninstalled": "The app was removed from Slack. Install it again and set its new token.",
    "channel_not_found": "Slack does not show us {channel}. Invite the app to it.",
    "ekm_access_denied": "Your company's keys do not let us write in {channel} just now.",
    "invalid_auth": "Slack no longer accepts our token. Set COOLHEAD_SLACK_BOT_TOKEN to the one the app shows now.",
    "is_archived": "{Channel} is archived. Unarchive it, or name another place.",
    "is_inactive": "{Channel} is no longer in use. Name another place.",
    "missing_scope": "The app may not do that yet. Add what `coolhead check` names, and install the app again.",
    "no_permission": "The app may not write in {channel}. Invite it there.",
    "not_authed": "No token reached Slack. Set COOLHEAD_SLACK_BOT_TOKEN.",
    "not_in_channel": "The app is not in {channel}. Invite it there.",
    "restricted_action": "Your workspace does not let the app write in {channel}.",
    "restricted_action_non_threadable_channel": "{Channel} takes no threads. Name another place.",
    "restricted_action_read_only_channel": "{Channel} can only be read. Let the app write there, or name another place.",
    "restricted_action_thread_locked": "Somebody locked the thread in {channel}.",
    "restricted_action_thread_only_channel": "{Channel} takes replies only. Name another place.",
    "token_expired": "Our token for Slack has run out. Set COOLHEAD_SLACK_BOT_TOKEN to the new one.",
    "token_revoked": "Our token for Slack was revoked. Install the app again and set its new token.",
}
_OTHER: Final = "Slack said no ({error})."


def cure(error: str) -> Cure:
    """How it is mended."""
    if error in errors.MESSAGE_GONE or error in errors.MESSAGE_SET or error in errors.THREAD:
        return Cure.ANEW
    if error in errors.CHANNEL:
        return Cure.ELSEWHERE
    if error in errors.PAINT:
        return Cure.PLAINER
    return Cure.WAIT if error in errors.LIMITED else Cure.MEND


def because(error: str, channel: str = "") -> str:
    """A sentence that says what happened, and where there is one what to do. `channel`: as people call it, or its id."""
    named = f"the channel {channel}" if channel else "that channel"
    told = _BECAUSE.get(error, _OTHER)
    return told.format(channel=named, Channel=f"{named[:1].upper()}{named[1:]}", error=error)


def broken(answer: Refused | Lost, now: datetime, channel: str = "") -> Broken:
    """What the core is told. `until` only where time alone may mend it."""
    match answer:
        case Lost(because=lost):
            return Broken(because=lost, until=now + timedelta(seconds=AGAIN))
        case Refused(error=error, wait=wait) if cure(error) is Cure.WAIT:
            until = now + timedelta(seconds=wait or AGAIN)
            return Broken(because="Slack asks us to wait; it is shown as soon as it may be.", until=until)
        case Refused(error=error):
            return Broken(because=because(error, channel))
