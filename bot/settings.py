"""The only reader of configuration and environment. Environment wins over `coolhead.toml`, which wins over defaults."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import platformdirs
from pydantic import SecretStr

from bot import settings_text as text
from bot.errors import WrongSettings
from bot.nouns.community import Community
from bot.nouns.delivery import Account
from bot.nouns.team import Contacts, Grants, Place, Policy, Watch
from bot.settings_file import ConfigFile, nearest, open_file
from bot.settings_kept import as_it_is, kept, whoever
from bot.settings_shown import DOTS, of_noun, plain
from bot.settings_tables import READERS, Fault

PREFIX = "COOLHEAD_"


@dataclass(frozen=True, slots=True)
class Setting:
    """One name in the environment (with the prefix) and in TOML (lower case). `secret`: `…_FILE` is understood too."""

    name: str
    read: Callable[[str], Any]
    default: str
    says: str
    secret: bool = False


SETTINGS: tuple[Setting, ...] = (
    Setting("DATA_DIR", str, "", "where the embedded store, keys and tokens lie"),
    Setting("CONFIG", str, "", "path of the TOML file"),
    Setting("HOST", str, "127.0.0.1", "address to listen on"),
    Setting("PORT", text.port, "8420", "port to listen on"),
    Setting("PUBLIC_URL", text.url, "", "where people reach this from outside; cards carry links only with it"),
    Setting("TRUSTED_PROXIES", text.listed, "", "addresses whose forwarded headers are believed"),
    Setting("REDIS_URL", str, "", "the store; empty: the embedded one", secret=True),
    Setting("ACCEPT_LOSS", text.truth, "no", "run on a store that can lose what it confirmed"),
    Setting("SECRET", SecretStr, "", "master secret; made once in the data folder", secret=True),
    Setting("INBOX_TOKENS", text.tokens, "", "name=token,… of who may send mentions", secret=True),
    Setting("API_TOKENS", text.tokens, "", "name=token,… of who may read /api/v1", secret=True),
    Setting("MASTODON_URL", text.url, "", "your Mastodon server"),
    Setting("MASTODON_TOKEN", SecretStr, "", "an access token of your account there", secret=True),
    Setting("ALERT_FEEDS", text.urls, "", "Google Alerts feeds, comma separated", secret=True),
    Setting("SLACK_BOT_TOKEN", SecretStr, "", "the Slack app's bot token", secret=True),
    Setting("SLACK_APP_TOKEN", SecretStr, "", "the Slack app's app-level token", secret=True),
    Setting("SLACK_SIGNING_SECRET", SecretStr, "", "the Slack app's signing secret", secret=True),
    Setting("SLACK_API_URL", text.url, "", "where Slack's API is, if not at Slack"),
    Setting("DISCORD_TOKEN", SecretStr, "", "the Discord bot's token", secret=True),
    Setting("ACCOUNTS", text.names, "", "platform=name,… of the accounts you speak from, as @shop"),
    Setting("ZONE", text.zone, "UTC", "the team's time zone, for quiet hours"),
    Setting("INSTALLER", str, "", "your name on the first sign-in link"),
    Setting("LOG_LEVEL", text.level, "WARNING", "DEBUG, INFO, WARNING or ERROR"),
)
#: As they stand in the file: a setting, and a file that holds a secret one.
_PLAIN = {each.name.lower(): each.name for each in SETTINGS}
_IN_FILES = {f"{each.name.lower()}_file": each.name for each in SETTINGS if each.secret}


@dataclass(frozen=True, slots=True)
class _Given:
    """A text that somebody set: `origin` is shown by `coolhead config`, `place` in an error."""

    text: str = field(repr=False)
    origin: str
    place: str
    file: Path | None = None


@dataclass(frozen=True)
class Settings:
    """Every setting in force. `origin` says where each came from: `default`, an environment name, or the file."""

    data_dir: Path
    values: Mapping[str, Any] = field(repr=False)
    origin: Mapping[str, str] = field(repr=False)
    policy: Policy = Policy()
    contacts: Contacts = Contacts()
    watches: tuple[Watch, ...] = ()
    places: tuple[Place, ...] = ()
    communities: tuple[Community, ...] = ()
    roles: Grants = Grants()
    alarm: Mapping[str, SecretStr] = field(default_factory=dict, repr=False)
    config: Path | None = None
    files: Mapping[str, Path] = field(default_factory=dict, repr=False)

    @property
    def host(self) -> str:
        """The address to listen on."""
        return str(self.values["HOST"])

    @property
    def port(self) -> int:
        """The port to listen on."""
        return int(self.values["PORT"])

    @property
    def public_url(self) -> str:
        """The address from outside, without a closing slash; '' where there is none."""
        return str(self.values["PUBLIC_URL"]).rstrip("/")

    @property
    def base_url(self) -> str:
        """An address that works at least on this machine."""
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::") else self.host  # compared, not bound
        return self.public_url or f"http://{host}:{self.port}"

    @property
    def redis_url(self) -> str | None:
        """The store's address; None for the embedded one."""
        return str(self.values["REDIS_URL"]) or None

    @property
    def installer(self) -> str:
        """Who the first sign-in link is for."""
        return str(self.values["INSTALLER"]) or whoever()

    @property
    def local_token_file(self) -> Path:
        """Where the token of the source `local` lies."""
        return self.data_dir / "inbox-token"

    def get(self, name: str) -> Any:
        """A plain setting by its name without the prefix."""
        return self.values[name]

    def shown(self) -> dict[str, dict[str, str]]:
        """Every setting by name: its value (secrets as dots) and where it came from."""
        shown = {
            f"{PREFIX}{each.name}": {
                "value": DOTS if each.secret and self.values[each.name] else plain(self.values[each.name]),
                "from": self.origin.get(each.name, "default"),
            }
            for each in SETTINGS
        }
        shown["COOLHEAD_DATA_DIR"]["value"] = str(self.data_dir)
        shown["COOLHEAD_CONFIG"]["value"] = str(self.config or "")
        origin = str(self.config or "default")
        shown |= of_noun("policy", self.policy, origin) | of_noun("contacts", self.contacts, origin)
        shown |= of_noun("roles", self.roles, origin)
        for table, rows in (("watch", self.watches), ("place", self.places)):
            shown |= {f"[[{table}]] {row.name}": {"value": plain(row), "from": origin} for row in rows}
        for number, each in enumerate(self.communities, start=1):
            shown[f"[[community]] {each.platform} {number}"] = {"value": plain(each), "from": origin}
        return shown | {f"[alarm] {name}": {"value": DOTS, "from": origin} for name in self.alarm}

    def in_force(self) -> str:
        """What the rules depend on, as text: the team's timeline notes when it changes."""
        rules = (self.policy, self.contacts, self.roles, *self.watches, *self.places, *self.communities)
        return "\n".join(each.model_dump_json() for each in rules)

    def master_secret(self) -> bytes:
        """The master secret; made once in the data folder where none was given."""
        given: SecretStr = self.values["SECRET"]
        return (given.get_secret_value() or kept(self.data_dir / "secret", 32)).encode()

    def inbox_tokens(self) -> Mapping[str, SecretStr]:
        """Who may send mentions: the configured sources, and `local`, whose token is made at the first start."""
        given: Mapping[str, SecretStr] = self.values["INBOX_TOKENS"]
        return {"local": SecretStr(kept(self.local_token_file, 24)), **given}

    def short_tokens(self) -> Sequence[str]:
        """The sources and readers whose token has fewer than 16 characters."""
        given = {**self.values["INBOX_TOKENS"], **self.api_tokens}
        return sorted(name for name, token in given.items() if len(token.get_secret_value()) < 16)

    def secret(self, name: str) -> Callable[[], SecretStr] | None:
        """How to read a setting, by its name in lower case, as it is now; None where it was not given."""
        return self.secrets().get(name)

    def secrets(self) -> Mapping[str, Callable[[], SecretStr]]:
        """How to read each setting, by its name in lower case, as it is now: one that came from a file may be changed while we
        run. While the file cannot be read, what it last held counts."""
        given = self.platform_values()
        return {name: as_it_is(self.files.get(name.upper()), value) for name, value in given.items()}

    def platform_values(self) -> Mapping[str, SecretStr]:
        """Every setting that a platform may ask for, by its name in lower case; those not set are left out."""
        plain = {each.name.lower(): self.values[each.name] for each in SETTINGS if self.values[each.name]}
        texts = {
            name: value if isinstance(value, SecretStr) else ",".join(value) if isinstance(value, tuple) else str(value)
            for name, value in plain.items()
        }
        return {name: v if isinstance(v, SecretStr) else SecretStr(v) for name, v in texts.items()}

    @property
    def accounts(self) -> Mapping[str, Account]:
        """The accounts we speak from, by platform, where somebody named them."""
        named: Mapping[str, str] = self.values["ACCOUNTS"]
        return {platform: Account(platform=platform, name=name) for platform, name in named.items()}

    @property
    def api_tokens(self) -> Mapping[str, SecretStr]:
        """Who may read the API."""
        tokens: Mapping[str, SecretStr] = self.values["API_TOKENS"]
        return tokens


def read(environ: Mapping[str, str] | None = None) -> Settings:
    """Read everything. Raises WrongSettings, which names every wrong key, where it stands, and the fix."""
    environ = os.environ if environ is None else environ
    wrong: list[str] = []
    data = Path(environ.get("COOLHEAD_DATA_DIR") or platformdirs.user_data_dir("coolhead")).expanduser()
    named = environ.get("COOLHEAD_CONFIG")
    file = open_file(Path(named).expanduser() if named else data / "coolhead.toml", named=bool(named), wrong=wrong)
    wrong += file.strangers([*_PLAIN, *_IN_FILES])
    given = {**_from_file(file, wrong), **_from_environment(environ, wrong)}
    values = {each.name: _value(each, given.get(each.name), wrong) for each in SETTINGS}
    if values["REDIS_URL"] and not values["SECRET"]:
        wrong.append("COOLHEAD_SECRET is needed with COOLHEAD_REDIS_URL: every replica must hold the same one.")
    made: dict[str, Any] = {}
    for name, build in READERS.items():
        faults: list[Fault] = []
        made[name] = build(file.table.get(name), values["ZONE"], faults)
        wrong += file.faults(name, faults)
    if wrong:
        raise WrongSettings("\n".join(wrong))
    return Settings(
        data_dir=data,
        values=values,
        origin={name: each.origin for name, each in given.items()},
        policy=made["policy"],
        contacts=made["contacts"],
        watches=made["watch"],
        places=made["place"],
        communities=made["community"],
        roles=made["roles"],
        alarm=made["alarm"],
        config=file.path,
        files={name: each.file for name, each in given.items() if each.file is not None},
    )


def _from_file(file: ConfigFile, wrong: list[str]) -> dict[str, _Given]:
    given: dict[str, _Given] = {}
    for key, value in file.table.items():
        if isinstance(value, dict) and key in (*_PLAIN, *_IN_FILES):
            wrong.append(f"{file.at(key)}: {key}: it has to be a text, not a table.")
        elif key in _IN_FILES and file.path is not None and _IN_FILES[key].lower() not in file.table:
            path = file.path.parent / str(value)
            content = _content(path, f"{file.at(key)}: {key}", wrong)
            given[_IN_FILES[key]] = _Given(content, str(file.path), file.at(key), path)
        elif key in _PLAIN and value not in ("", []):
            text = ",".join(map(str, value)) if isinstance(value, list) else str(value)
            given[_PLAIN[key]] = _Given(text, str(file.path), f"{file.at(key)}: {key}")
    return given


def _from_environment(environ: Mapping[str, str], wrong: list[str]) -> dict[str, _Given]:
    given: dict[str, _Given] = {}
    for key, value in environ.items():
        name = key.removeprefix(PREFIX).lower()
        if not key.startswith(PREFIX) or value == "":
            continue
        if name in _PLAIN:
            given[_PLAIN[name]] = _Given(value, key, key)
        elif name not in _IN_FILES:
            wrong.append(f"{key} is no setting{nearest(key, {PREFIX + each.name for each in SETTINGS})}.")
        elif not environ.get(f"{PREFIX}{_IN_FILES[name]}"):
            given[_IN_FILES[name]] = _Given(_content(Path(value), key, wrong), key, key, Path(value))
    return given


def _content(path: Path, whose: str, wrong: list[str]) -> str:
    try:
        content = path.expanduser().read_text(encoding="utf-8").strip()
    except (OSError, ValueError, RuntimeError):
        wrong.append(f"{whose} names a file that cannot be read.")
        return ""
    if not content:
        wrong.append(f"{whose} names a file that is empty.")
    return content


def _value(setting: Setting, given: _Given | None, wrong: list[str]) -> Any:
    if given is not None and given.text:
        try:
            return setting.read(given.text)
        except ValueError as error:
            wrong.append(f"{given.place}: {error}.")
    return setting.read(setting.default)
