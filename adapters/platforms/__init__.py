"""The register of platforms: name -> how to open it from its settings. README.md says how to add one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from aiohttp import ClientSession
from pydantic import SecretStr

from adapters.platforms.by_hand import ByHandPlatform
from adapters.platforms.inbox import Inbox
from bot.ports import Clock, Platform


@dataclass(frozen=True, slots=True)
class Means:
    """What every platform is opened with.

    `values`: settings by their name without prefix in lower case, `mastodon_url`; all secret, for many of them are.
    `inbox_tokens`: source -> secret. `session`: without cookies (`DummyCookieJar`), shared by all.
    """

    clock: Clock
    session: ClientSession
    values: Mapping[str, SecretStr]
    inbox_tokens: Mapping[str, SecretStr]

    def value(self, name: str) -> str:
        """A setting, or '' where it is not set."""
        found = self.values.get(name)
        return found.get_secret_value() if found is not None else ""


def _inbox(means: Means) -> Platform | None:
    return Inbox(means.inbox_tokens, means.clock) if means.inbox_tokens else None


def _alerts(means: Means) -> Platform | None:
    feeds = [SecretStr(each.strip()) for each in means.value("alert_feeds").split(",") if each.strip()]
    if not feeds:
        return None
    from adapters.platforms.alerts import Alerts  # and the feed parser with it

    return Alerts(feeds, means.session, means.clock)


def _mastodon(means: Means) -> Platform | None:
    url, token = means.value("mastodon_url"), means.values.get("mastodon_token")
    if not url or token is None:
        return None
    from adapters.platforms.mastodon import Mastodon

    return Mastodon(url, token, means.session, means.clock)


#: Each answers None where its settings are not there, and imports its platform only where they are.
FACTORIES: Mapping[str, Callable[[Means], Platform | None]] = {
    "inbox": _inbox,
    "alerts": _alerts,
    "mastodon": _mastodon,
}


def open_platforms(means: Means) -> Mapping[str, Platform]:
    """Every platform that is set up, by name. Raises WrongSettings for a setting that cannot be used."""
    opened = {name: factory(means) for name, factory in FACTORIES.items()}
    return {name: platform for name, platform in opened.items() if platform is not None}


def platform_for(name: str, opened: Mapping[str, Platform]) -> Platform:
    """The platform of this name; one that nobody opened is served by hand."""
    return opened.get(name) or ByHandPlatform(name)
