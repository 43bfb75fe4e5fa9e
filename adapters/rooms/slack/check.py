"""What `coolhead check` says of Slack: the token, its scopes, and each place, with what to press where something is missing."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from adapters.connections.slack import Secret, Slack, reveal
from adapters.connections.slack_answers import Answered, Lost, Refused
from adapters.connections.slack_budget import Rank
from adapters.rooms.slack.channels import Channel, Channels
from adapters.rooms.slack.cures import because
from adapters.rooms.slack.doors import EVENTS
from adapters.rooms.slack.refs import ROOM
from bot.nouns.team import Place
from bot.ports import Finding

_ALLOWED = "It is shared with another company. Cards there show no words and no names."
_CONFIRM = (
    "Name a channel that only your company reads, or confirm this one with `shared = true` in its [[place]]: "
    "its cards then show no words and no names."
)


async def check(
    slack: Slack,
    channels: Channels,
    places: Callable[[], Awaitable[Sequence[Place]]],
    scopes: Mapping[str, str],
    listening: Finding,
) -> Sequence[Finding]:
    """Each finding is a sentence; `scopes` are those needed, each with its reason."""
    answer = await slack.call("auth.test", {}, rank=Rank.ANSWER)
    match answer:
        case Lost(because=lost):
            return (Finding(ok=False, what=lost, fix="See that this machine reaches Slack, and check again."),)
        case Refused(error=error):
            return (Finding(ok=False, what="Slack does not let us in.", fix=because(error)),)
        case Answered(body=body, scopes=held):
            who, where = body.get("user", "the app"), body.get("team", "Slack")
            found = [Finding(ok=True, what=f"Slack lets us in as {who} in {where}."), listening]
            found += [_missing(one, reason) for one, reason in scopes.items() if held and one not in held]
            ours = [place for place in await places() if place.room == ROOM]
            found += [await _place(channels, place) for place in ours]
            return (*found, *(() if ours else (_nowhere(),)))


def mistaken(bot_token: Secret, app_token: Secret | None) -> Sequence[Finding]:
    """Tokens of another kind than theirs, told by how they begin (docs.slack.dev/authentication/tokens). None is shown."""
    found: list[Finding] = []
    if reveal(bot_token).startswith(("xapp-", "xoxp-")):
        fix = "The bot's token begins with xoxb-. The app shows it under *Install App*."
        found.append(Finding(ok=False, what="COOLHEAD_SLACK_BOT_TOKEN holds a token of another kind.", fix=fix))
    if app_token is not None and not reveal(app_token).startswith("xapp-"):
        fix = "An app-level token begins with xapp-. It is made under *Basic Information*, *App-Level Tokens*."
        found.append(Finding(ok=False, what="COOLHEAD_SLACK_APP_TOKEN holds a token of another kind.", fix=fix))
    return found


async def how(slack: Slack, app_token: Secret | None, signing_secret: Secret | None) -> Finding:
    """By which way presses reach us, and whether it works."""
    if app_token is None:
        if signing_secret is None:
            fix = "Set COOLHEAD_SLACK_APP_TOKEN (no public address needed), or COOLHEAD_SLACK_SIGNING_SECRET."
            return Finding(ok=False, what="Nothing is set by which presses in Slack could reach us.", fix=fix)
        return Finding(
            ok=True, what="Presses come in by signed HTTP.", fix=f"Slack is to know {EVENTS} at your address."
        )
    answer = await slack.call("apps.connections.open", {}, rank=Rank.ANSWER, token=app_token)
    if isinstance(answer, Answered):
        return Finding(ok=True, what="Presses come in by Socket Mode.")
    said = answer.error if isinstance(answer, Refused) else answer.because
    fix = "Switch Socket Mode on in the app's settings, and make an app-level token with the scope connections:write."
    return Finding(ok=False, what=f"Slack does not open a socket for our app-level token ({said}).", fix=fix)


def _missing(scope: str, reason: str) -> Finding:
    fix = "Put the manifest that `coolhead manifest slack` prints into the app's settings, and install the app again."
    return Finding(ok=False, what=f"The app lacks the scope {scope}: {reason}", fix=fix)


def _nowhere() -> Finding:
    fix = (
        "Start `coolhead run`, type /invite @Coolhead in the channel of your team, and press *Bring incidents here* where "
        'it greets. Or add a [[place]] with room = "slack".'
    )
    return Finding(ok=False, what="No channel of Slack is a place of the team yet.", fix=fix)


async def _place(channels: Channels, place: Place) -> Finding:
    channels.changed(place.id)
    channel = await channels.get(place.id)
    named = f"#{channel.name}" if isinstance(channel, Channel) else place.name or place.id
    match channel:
        case Lost(because=lost):
            return Finding(ok=False, what=lost, fix="Check again.")
        case Refused(error=error):
            fix = f"Set the place's id to the channel's, as its details show it, and type /invite there. {because(error, named)}"
            return Finding(ok=False, what=f"Slack does not show us {named}.", fix=fix)
        case Channel(archived=True):
            return Finding(ok=False, what=f"{named} is archived.", fix="Unarchive it, or name another place.")
        case Channel(member=False):
            return Finding(ok=False, what=f"The app is not in {named}.", fix=f"Type /invite @Coolhead in {named}.")
        case Channel(shared=True):
            return _shared(place, named)
        case Channel(public=True):
            fix = "Everybody in the workspace can read it. A private channel keeps what customers say among the team."
            return Finding(ok=True, what=f"The app is in {named}, which is public.", fix=fix)
        case _:
            return Finding(ok=True, what=f"The app is in {named}.")


def _shared(place: Place, named: str) -> Finding:
    if place.shared:
        return Finding(ok=True, what=f"The app is in {named}.", fix=_ALLOWED)
    return Finding(ok=False, what=f"{named} is shared with another company.", fix=_CONFIRM)
