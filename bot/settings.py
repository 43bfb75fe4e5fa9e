"""The only reader of configuration and environment. Environment wins over `coolhead.toml`, which wins over defaults."""

import contextlib
import difflib
import getpass
import os
import secrets
import tempfile
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import platformdirs
from pydantic import SecretStr, ValidationError

from bot import settings_text as text
from bot.errors import WrongSettings
from bot.nouns.team import Contacts, Place, Policy, Watch
from bot.settings_shown import DOTS, of_noun, plain
from bot.settings_tables import TABLES, alarm, contacts, places, policy, watches

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
    Setting("DATA_DIR", Path, "", "where the embedded store, keys and tokens lie"),
    Setting("CONFIG", Path, "", "path of the TOML file"),
    Setting("HOST", str, "127.0.0.1", "address to listen on"),
    Setting("PORT", int, "8420", "port to listen on"),
    Setting("PUBLIC_URL", str, "", "where people reach this from outside; cards carry links only with it"),
    Setting("TRUSTED_PROXIES", text.listed, "", "addresses whose forwarded headers are believed"),
    Setting("REDIS_URL", str, "", "the store; empty: the embedded one", secret=True),
    Setting("ACCEPT_LOSS", text.truth, "no", "run on a store that can lose what it confirmed"),
    Setting("SECRET", SecretStr, "", "master secret; made once in the data folder", secret=True),
    Setting("INBOX_TOKENS", text.tokens, "", "name=token,… of who may send mentions", secret=True),
    Setting("API_TOKENS", text.tokens, "", "name=token,… of who may read /api/v1", secret=True),
    Setting("MASTODON_URL", str, "", "your Mastodon server"),
    Setting("MASTODON_TOKEN", SecretStr, "", "an access token of your account there", secret=True),
    Setting("ALERT_FEEDS", text.listed, "", "Google Alerts feeds, comma separated"),
    Setting("SLACK_BOT_TOKEN", SecretStr, "", "the Slack app's bot token", secret=True),
    Setting("SLACK_APP_TOKEN", SecretStr, "", "the Slack app's app-level token", secret=True),
    Setting("SLACK_SIGNING_SECRET", SecretStr, "", "the Slack app's signing secret", secret=True),
    Setting("SLACK_API_URL", str, "", "where Slack's API is, if not at Slack"),
    Setting("DISCORD_TOKEN", SecretStr, "", "the Discord bot's token", secret=True),
    Setting("ZONE", text.zone, "UTC", "the team's time zone, for quiet hours"),
    Setting("INSTALLER", str, "", "your name on the first sign-in link"),
    Setting("LOG_LEVEL", str, "WARNING", "DEBUG, INFO, WARNING or ERROR"),
)
_BY_NAME = {each.name: each for each in SETTINGS}


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
    alarm: Mapping[str, SecretStr] = field(default_factory=dict, repr=False)
    config: Path | None = None

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
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::") else self.host  # noqa: S104  # compared, not bound
        return self.public_url or f"http://{host}:{self.port}"

    @property
    def redis_url(self) -> str | None:
        """The store's address; None for the embedded one."""
        return str(self.values["REDIS_URL"]) or None

    @property
    def installer(self) -> str:
        """Who the first sign-in link is for."""
        return str(self.values["INSTALLER"]) or _whoever()

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
        for table, rows in (("watch", self.watches), ("place", self.places)):
            shown |= {f"[[{table}]] {row.name}": {"value": plain(row), "from": origin} for row in rows}
        return shown | {f"[alarm] {name}": {"value": DOTS, "from": origin} for name in self.alarm}

    def in_force(self) -> str:
        """What the rules depend on, as text: the team's timeline notes when it changes."""
        rules = (self.policy, self.contacts, *self.watches, *self.places)
        return "\n".join(each.model_dump_json() for each in rules)

    def master_secret(self) -> bytes:
        """The master secret; made once in the data folder where none was given."""
        given: SecretStr = self.values["SECRET"]
        return (given.get_secret_value() or _kept(self.data_dir / "secret", 32)).encode()

    def inbox_tokens(self) -> Mapping[str, SecretStr]:
        """Who may send mentions: the configured sources, and `local`, whose token is made at the first start."""
        given: Mapping[str, SecretStr] = self.values["INBOX_TOKENS"]
        return {"local": SecretStr(_kept(self.local_token_file, 24)), **given}

    def platform_values(self) -> Mapping[str, SecretStr]:
        """Every setting that a platform may ask for, by its name in lower case; those not set are left out."""
        plain = {each.name.lower(): self.values[each.name] for each in SETTINGS if self.values[each.name]}
        texts = {
            name: value if isinstance(value, SecretStr) else ",".join(value) if isinstance(value, tuple) else str(value)
            for name, value in plain.items()
        }
        return {name: v if isinstance(v, SecretStr) else SecretStr(v) for name, v in texts.items()}

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
    config, table = _file(environ, data, wrong)
    given, origin = _given(environ, config, table, wrong)
    values = {each.name: _value(each, given, origin, wrong) for each in SETTINGS}
    if values["REDIS_URL"] and not values["SECRET"]:
        wrong.append("COOLHEAD_SECRET is needed with COOLHEAD_REDIS_URL: every replica must hold the same one.")
    zone = values["ZONE"] or "UTC"
    made: dict[str, Any] = {}
    builders: tuple[tuple[str, Callable[[Any, str], Any]], ...] = (
        ("policy", policy), ("contacts", contacts), ("watch", watches), ("place", places), ("alarm", alarm)
    )  # fmt: skip
    for name, build in builders:
        made[name] = _table(partial(build, table.get(name), zone), f"{config} [{name}]", wrong)
    if wrong:
        raise WrongSettings("\n".join(wrong))
    return Settings(
        data_dir=data,
        values=values,
        origin=origin,
        policy=made["policy"],
        contacts=made["contacts"],
        watches=made["watch"],
        places=made["place"],
        alarm=made["alarm"],
        config=config,
    )


def _file(environ: Mapping[str, str], data: Path, wrong: list[str]) -> tuple[Path | None, dict[str, Any]]:
    named = environ.get("COOLHEAD_CONFIG")
    path = Path(named).expanduser() if named else data / "coolhead.toml"
    if not named and not path.exists():
        return None, {}
    try:
        source = path.read_text(encoding="utf-8")
        return path, _known(path, source, tomllib.loads(source), wrong)
    except (OSError, UnicodeDecodeError) as error:
        wrong.append(f"{path} cannot be read: {getattr(error, 'strerror', None) or 'it is not UTF-8'}.")
    except tomllib.TOMLDecodeError as error:
        wrong.append(f"{path} is not TOML: {error}.")
    return path, {}


def _known(path: Path, source: str, table: dict[str, Any], wrong: list[str]) -> dict[str, Any]:
    plain = {each.name.lower() for each in SETTINGS}
    for key, value in table.items():
        if key not in plain | TABLES.keys():
            wrong.append(
                f"{path}, line {_line(source, key)}: {key} is no setting{_nearest(key, plain | TABLES.keys())}."
            )
        elif key in TABLES:
            rows = value if isinstance(value, list) else [value]
            for inner in (k for row in rows if isinstance(row, dict) for k in row if k not in TABLES[key]):
                place = f"{path}, line {_line(source, inner)}"
                wrong.append(f"{place}: {inner} is no key of [{key}]{_nearest(inner, TABLES[key])}.")
    return table


def _line(source: str, key: str) -> int:
    """The first line that begins with `key`, for the person who has to find it."""
    lines = source.splitlines()
    return next((n for n, each in enumerate(lines, 1) if each.lstrip(" [").startswith(key)), 1)


def _nearest(key: str, right: set[str] | frozenset[str]) -> str:
    close = difflib.get_close_matches(key, sorted(right), n=1, cutoff=0.5)
    return f"; did you mean {close[0]}" if close else ""


def _given(
    environ: Mapping[str, str], config: Path | None, table: Mapping[str, Any], wrong: list[str]
) -> tuple[dict[str, str], dict[str, str]]:
    given: dict[str, str] = {}
    origin: dict[str, str] = {}
    for name in (each.name for each in SETTINGS if each.name.lower() in table):
        value = table[name.lower()]
        given[name] = ",".join(map(str, value)) if isinstance(value, list) else str(value)
        origin[name] = str(config)
    for key in (key for key in environ if key.startswith(PREFIX) and environ[key] != ""):
        name = key.removeprefix(PREFIX)
        if name in _BY_NAME:
            given[name], origin[name] = environ[key], key
        elif name.endswith("_FILE") and (base := name.removesuffix("_FILE")) in _BY_NAME and _BY_NAME[base].secret:
            content = _content(key, environ[key], wrong)
            if content and f"{PREFIX}{base}" not in environ:
                given[base], origin[base] = content, key
        else:
            wrong.append(f"{key} is no setting{_nearest(key, {PREFIX + each.name for each in SETTINGS})}.")
    return given, origin


def _content(key: str, path: str, wrong: list[str]) -> str:
    try:
        return Path(path).expanduser().read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        wrong.append(f"{key} names a file that cannot be read.")
        return ""


def _value(setting: Setting, given: Mapping[str, str], origin: Mapping[str, str], wrong: list[str]) -> Any:
    try:
        return setting.read(given.get(setting.name, setting.default))
    except ValueError as error:
        because = "it cannot be read" if setting.read is int else str(error)
        wrong.append(f"{PREFIX}{setting.name} (from {origin.get(setting.name, 'default')}): {because}.")
        return setting.read(setting.default)


def _table(build: Callable[[], Any], place: str, wrong: list[str]) -> Any:
    try:
        return build()
    except ValidationError as error:
        for each in error.errors(include_url=False, include_input=False):
            wrong.append(f"{place}: {'.'.join(map(str, each['loc']))}: {each['msg']}.")
    except (ValueError, TypeError, AttributeError) as error:
        wrong.append(f"{place}: {error}.")
    return None


def _kept(path: Path, size: int) -> str:
    """A token in a file of its own (0600), made once. Two that start together agree on the first one's."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        made, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(made, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(size) + "\n")
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(name, path)  # whole or not at all: nobody reads half of it
        os.unlink(name)
    return path.read_text(encoding="ascii").strip()


def _whoever() -> str:
    try:
        return getpass.getuser().capitalize()
    except (OSError, KeyError):
        return "You"
