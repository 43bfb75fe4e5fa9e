"""What Slack answers, as values, and which of its error names mean what.

The names are Slack's own (the method pages of docs.slack.dev): a refusal is a definite no; what Slack itself calls
possibly done is lost.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Answered:
    """Slack did it. `body` is its answer; `scopes` what our token may do, where the answer said so."""

    body: Mapping[str, Any]
    scopes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Refused:
    """Slack did not do it: `error` is its own name for why. `wait`: seconds after which it may, where Slack says so."""

    error: str
    wait: float | None = None
    body: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lost:
    """No whole answer came, or one that says that nobody knows whether it was done."""

    because: str


Answer = Answered | Refused | Lost

#: "It's possible some aspect of the operation succeeded before the error was raised."
UNSURE: Final = frozenset(
    {"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"}
)
#: The token is no good any more; a person must hand us another.
TOKEN: Final = frozenset(
    {
        "account_inactive",
        "app_uninstalled",
        "invalid_auth",
        "not_authed",
        "org_login_required",
        "team_access_not_granted",
        "token_expired",
        "token_revoked",
        "two_factor_setup_required",
    }
)
#: Too much at once.
LIMITED: Final = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
#: The channel is not to be had any more.
CHANNEL: Final = frozenset(
    {
        "channel_not_found",
        "ekm_access_denied",
        "is_archived",
        "is_inactive",
        "no_permission",
        "not_in_channel",
        "restricted_action",
        "restricted_action_non_threadable_channel",
        "restricted_action_read_only_channel",
        "restricted_action_thread_only_channel",
        "team_not_found",
    }
)
#: The message is not there any more.
MESSAGE_GONE: Final = frozenset({"message_not_found"})
#: It is there, and we may not change it any more.
MESSAGE_SET: Final = frozenset({"cant_update_message", "edit_window_closed"})
#: The thread takes no more lines.
THREAD: Final = frozenset({"cannot_reply_to_message", "restricted_action_thread_locked", "thread_not_found"})
#: What we painted is not to Slack's liking.
PAINT: Final = frozenset(
    {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long", "too_many_attachments"}
)
#: The person cannot be written to.
PERSON: Final = frozenset(
    {"cannot_dm_bot", "messages_tab_disabled", "user_disabled", "user_not_found", "users_not_found", "user_not_visible"}
)
