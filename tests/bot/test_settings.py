"""Settings: environment over file over defaults; every wrong one is named with its place and the nearest right one."""

import os
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.errors import WrongSettings
from bot.nouns.delivery import Account
from bot.nouns.mention import MentionKind
from bot.nouns.team import Grants, Place
from bot.settings import SETTINGS, Settings, read


def test_nothing_given_is_a_whole_set_of_settings(tmp_path: Path) -> None:
    """A team with no setting at all gets the embedded store on this machine's own port."""
    settings = given(tmp_path)
    assert (settings.host, settings.port, settings.redis_url, settings.config) == ("127.0.0.1", 8420, None, None)
    assert settings.base_url == "http://127.0.0.1:8420"
    assert settings.public_url == ""
    assert settings.watches == ()
    assert settings.policy.response_cools == timedelta(minutes=20)
    assert set(settings.inbox_tokens()) == {"local"}
    assert settings.platform_values().keys() == {"data_dir", "host", "port", "zone", "log_level"}


def test_the_environment_is_read_where_nobody_hands_one_over(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """`read()` looks at the process's own environment."""
    for name in [name for name in os.environ if name.startswith("COOLHEAD_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("COOLHEAD_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("COOLHEAD_PORT", "9001")
    assert read().port == 9001


def test_environment_wins_over_the_file_and_the_file_over_defaults(tmp_path: Path) -> None:
    """Each setting says where it came from."""
    config = write(tmp_path, 'port = 9001\nhost = "0.0.0.0"\nzone = ""\n')
    settings = given(tmp_path, COOLHEAD_PORT="9002")
    shown = settings.shown()
    assert shown["COOLHEAD_PORT"] == {"value": "9002", "from": "COOLHEAD_PORT"}
    assert shown["COOLHEAD_HOST"] == {"value": "0.0.0.0", "from": str(config)}
    assert shown["COOLHEAD_ZONE"] == {"value": "UTC", "from": "default"}
    assert settings.base_url == "http://127.0.0.1:9002"


def test_an_empty_variable_is_as_good_as_none(tmp_path: Path) -> None:
    """A compose file that hands over an empty text sets nothing."""
    secret = tmp_path / "kept"
    secret.write_text("a secret from a file\n")
    settings = given(tmp_path, COOLHEAD_PUBLIC_URL="", COOLHEAD_SECRET="", COOLHEAD_SECRET_FILE=str(secret))
    assert settings.public_url == ""
    assert settings.master_secret() == b"a secret from a file"


def test_a_file_named_by_hand_is_read_from_where_it_lies(tmp_path: Path) -> None:
    """COOLHEAD_CONFIG wins over the data folder's own file."""
    write(tmp_path, "port = 9001\n")
    other = tmp_path / "other.toml"
    other.write_text("port = 9003\n")
    settings = given(tmp_path, COOLHEAD_CONFIG=str(other))
    assert (settings.port, settings.config) == (9003, other)


@pytest.mark.parametrize(
    "how", ["environment", "environment file", "environment both", "toml", "toml file", "toml both"]
)
def test_a_secret_can_be_given_in_each_of_six_ways(how: str, tmp_path: Path) -> None:
    """Itself or in a file, in the environment or in TOML; itself wins over its file."""
    (tmp_path / "token").write_text("  tok-12345678\n")
    match how:
        case "environment":
            settings = given(tmp_path, COOLHEAD_MASTODON_TOKEN="tok-12345678")
        case "environment file":
            settings = given(tmp_path, COOLHEAD_MASTODON_TOKEN_FILE=str(tmp_path / "token"))
        case "environment both":
            settings = given(
                tmp_path, COOLHEAD_MASTODON_TOKEN="tok-12345678", COOLHEAD_MASTODON_TOKEN_FILE="/nowhere/at/all"
            )
        case "toml":
            write(tmp_path, 'mastodon_token = "tok-12345678"')
            settings = given(tmp_path)
        case "toml file":
            write(tmp_path, 'mastodon_token_file = "token"')
            settings = given(tmp_path)
        case _:
            write(tmp_path, 'mastodon_token_file = "nowhere"\nmastodon_token = "tok-12345678"')
            settings = given(tmp_path)
    assert settings.platform_values()["mastodon_token"].get_secret_value() == "tok-12345678"


def test_a_secret_from_a_file_is_read_as_it_is_now(tmp_path: Path) -> None:
    """A token that is renewed while we run is seen; an unreadable or empty file changes nothing."""
    kept = tmp_path / "token"
    kept.write_text("first\n")
    ways = [given(tmp_path, COOLHEAD_SLACK_BOT_TOKEN_FILE=str(kept))]
    write(tmp_path, 'slack_bot_token_file = "token"')
    ways.append(given(tmp_path))
    reads = [read for settings in ways if (read := settings.secret("slack_bot_token")) is not None]
    assert [read().get_secret_value() for read in reads] == ["first", "first"]
    kept.write_text("second")
    assert [read().get_secret_value() for read in reads] == ["second", "second"]
    kept.write_text("")
    assert [read().get_secret_value() for read in reads] == ["second", "second"]
    kept.unlink()
    assert [read().get_secret_value() for read in reads] == ["second", "second"]
    fixed = given(tmp_path, COOLHEAD_CONFIG=str(empty(tmp_path)), COOLHEAD_SLACK_BOT_TOKEN="fixed").secret(
        "slack_bot_token"
    )
    assert fixed is not None
    assert fixed().get_secret_value() == "fixed"
    assert ways[0].secret("discord_token") is None


def test_a_short_token_is_taken_and_named(tmp_path: Path) -> None:
    """Whoever chose it may have to; `coolhead check` names its source, never the token."""
    settings = given(tmp_path, COOLHEAD_INBOX_TOKENS="crm=abc,ok=0123456789abcdef", COOLHEAD_API_TOKENS="board=t")
    assert settings.inbox_tokens()["crm"].get_secret_value() == "abc"
    assert settings.short_tokens() == ["board", "crm"]


def test_lists_may_be_lists_or_texts(tmp_path: Path) -> None:
    """`alert_feeds` is one text with commas, or a TOML list; both reach the platform alike."""
    feeds = ("https://alerts.example/1", "https://alerts.example/2")
    write(tmp_path, f'alert_feeds = ["{feeds[0]}", "{feeds[1]}"]\ntrusted_proxies = []')
    assert given(tmp_path).get("ALERT_FEEDS") == feeds
    settings = given(tmp_path, COOLHEAD_ALERT_FEEDS=" , ".join(feeds))
    assert settings.platform_values()["alert_feeds"] == SecretStr(",".join(feeds))


def test_every_table_of_the_file_is_read(tmp_path: Path) -> None:
    """Policy, contacts, alarm, watches and places; quiet hours stand in the team's zone."""
    write(tmp_path, WHOLE)
    settings = given(tmp_path)
    assert settings.policy.response_cools == timedelta(minutes=10)
    assert settings.policy.storm_count == 6
    assert (settings.policy.quiet_hours.zone, settings.policy.quiet_hours.begin.hour) == ("Europe/Berlin", 22)
    assert settings.policy.late_hours.zone == "Europe/Berlin"
    assert settings.contacts.email == "help@shop.example"
    assert settings.contacts.hours is not None
    assert settings.alarm["webhook"].get_secret_value() == "https://ring.example/tok-12345678"
    assert [(watch.name, watch.kind) for watch in settings.watches] == [("us", None), ("reviews", MentionKind.REVIEW)]
    assert settings.places == (Place(room="web", id="desk", name="Desk"),)
    assert settings.roles == Grants(lead=("slack:U1", "discord:Leads"))
    assert settings.in_force() != given(tmp_path, COOLHEAD_CONFIG=str(empty(tmp_path))).in_force()


def test_what_differs_from_the_default_is_shown_with_the_file(tmp_path: Path) -> None:
    """`coolhead config` shows tables too, and tells a default from a choice."""
    config = str(write(tmp_path, WHOLE))
    shown = given(tmp_path).shown()
    assert shown["[policy] response_cools"] == {"value": "10m", "from": config}
    assert shown["[policy] answer_within"] == {"value": "3h", "from": "default"}
    assert shown["[policy] settle"] == {"value": "20s", "from": "default"}
    assert shown["[policy] storm_count"]["value"] == "6"
    assert shown["[policy] quiet_hours"]["value"] == "22:00-07:00 Europe/Berlin"
    assert shown["[policy] late_hours"]["value"] == ""
    assert shown["[contacts] hours"]["value"] == "09:00-17:00 Europe/Berlin"
    assert "parcel" in shown["[[watch]] us"]["value"]
    assert shown["[[place]] Desk"]["value"] == "web desk Desk"
    assert shown["[roles] lead"] == {"value": "slack:U1, discord:Leads", "from": config}
    assert shown["COOLHEAD_CONFIG"]["value"] == config
    assert shown["COOLHEAD_DATA_DIR"]["value"] == str(tmp_path)
    assert given(tmp_path, COOLHEAD_CONFIG=str(empty(tmp_path))).shown()["[contacts] hours"]["value"] == ""


WHOLE = """
zone = "Europe/Berlin"
[policy]
response_cools = "10m"
storm_count = 6
quiet_hours = "22:00-07:00"
[contacts]
email = "help@shop.example"
phone = "555 0100"
hours = "09:00-17:00"
[alarm]
webhook = "https://ring.example/tok-12345678"
[[watch]]
name = "us"
words = ["shop", "parcel"]
[[watch]]
name = "reviews"
kind = "review"
[[place]]
room = "web"
id = "desk"
name = "Desk"
[roles]
lead = ["slack:U1", "discord:Leads"]
"""

WRONG = [
    ("prot = 1", "line 1: prot is no setting; did you mean port."),
    ("\n\nsecret_fil = 'x'", "line 3: secret_fil is no setting; did you mean secret_file."),
    ("[polcy]\n", "line 1: polcy is no setting; did you mean policy."),
    ("qqqqqq = 1", "line 1: qqqqqq is no setting."),
    ('[policy]\nresponse_cool = "1m"', "line 2: response_cool is no key of [policy]; did you mean response_cools."),
    ('[policy]\nresponse_cools = "soon"', "line 2: response_cools: 'soon' is no length of time"),
    ("[policy]\nresponse_cools = 20", "line 2: response_cools: '20' is no length of time"),
    ('[policy]\nsettle = "99999999999d"', "line 2: settle: that is longer than anybody can wait."),
    ('[policy]\nstorm_count = "many"', "line 2: storm_count: it has to be a whole number."),
    ('[policy]\nnotes_cross = "here"', "line 2: notes_cross: 'here' is neither yes nor no."),
    ("[policy]\nstorm_count = 1", "line 2: storm_count: Input should be greater than or equal to 2."),
    ('[policy]\nquiet_hours = "at night"', "line 2: quiet_hours: 'at night' are no hours"),
    ('[policy]\nresponse_cools = "2h"', "line 1: response_cools_at_most: must not be shorter than response_cools."),
    ('[policy]\nalarm_every = "0s"', "line 2: alarm_every: must be longer than 0."),
    ('policy = "calm"', "line 1: [policy]: it has to be a table."),
    ('[contacts]\n\nhours = "9 to 5"', "line 3: hours: '9 to 5' are no hours"),
    ('[[watch]]\nname = "a"\n[[watch]]\nnam = "b"\nname = "c"', "line 4: nam is no key of [watch]; did you mean name."),
    ('[[watch]]\nname = "a"\n[[watch]]\nname = "b"\nkind = "poem"', "line 5: kind: Input should be 'post'"),
    ('[[watch]]\nname = "a"\nwords = ["!"]', "line 3: words: '!' has no word in it that could be heard."),
    ('[[watch]]\nwords = ["a"]', "line 1: name: Field required."),
    ("[watch]\nname = 'a'", "line 1: [watch]: it has to be written with two brackets, once for each."),
    ("place = [1]", "line 1: [place]: it has to be written with two brackets, once for each."),
    ('[roles]\nlead = ["Ana"]', 'line 2: lead: it has to be a list of "room:id"'),
    ("[roles]\nlead = [1]", 'line 2: lead: it has to be a list of "room:id"'),
    ('[roles]\nleads = ["chat:u1"]', "line 2: leads is no key of [roles]; did you mean lead."),
    ('contacts = {mail = "a"}', "line 1: mail is no key of [contacts]; did you mean email."),
    ("[port]\nnumber = 1", "line 1: port: it has to be a text, not a table."),
    ('host = "::"\nport = 70000', "line 2: port: a port is a whole number from 0 to 65535."),
    ('port = "eight"', "line 1: port: it has to be a whole number."),
    ('zone = "Europe/Bern"', "line 1: zone: 'Europe/Bern' is no time zone"),
    ('log_level = "LOUD"', "line 1: log_level: it is one of DEBUG, INFO, WARNING, ERROR."),
    ('public_url = "shop.example"', "line 1: public_url: it has to begin with https:// or http://."),
    ('alert_feeds = ["https://a.example", "b"]', "line 1: alert_feeds: entry 2 has to begin with https:// or http://."),
    ('accept_loss = "perhaps"', "line 1: accept_loss: 'perhaps' is neither yes nor no."),
    ('secret_file = "/nowhere/at/all"', "line 1: secret_file names a file that cannot be read."),
    ("port = ", "is not TOML: "),
    ("a = " + "[" * 5000, "is not TOML"),
]


@pytest.mark.parametrize(("text", "says"), WRONG)
def test_every_wrong_key_and_value_of_the_file_is_named_with_its_line(text: str, says: str, tmp_path: Path) -> None:
    """Whoever reads the error knows file, line, key and what to write instead."""
    config = write(tmp_path, text)
    with pytest.raises(WrongSettings) as error:
        given(tmp_path)
    assert says in str(error.value)
    assert str(config) in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("COOLHEAD_PROT", "1", "COOLHEAD_PROT is no setting; did you mean COOLHEAD_PORT."),
        ("COOLHEAD_HOST_FILE", "x", "COOLHEAD_HOST_FILE is no setting; did you mean COOLHEAD_HOST."),
        ("COOLHEAD_PORT", "-1", "COOLHEAD_PORT: a port is a whole number from 0 to 65535."),
        ("COOLHEAD_INBOX_TOKENS", "crm", "COOLHEAD_INBOX_TOKENS: entry 1 is not name=token"),
        ("COOLHEAD_API_TOKENS", "a=12345678,b=", "COOLHEAD_API_TOKENS: entry 2 is not name=token"),
        ("COOLHEAD_SECRET_FILE", "/nowhere/at/all", "COOLHEAD_SECRET_FILE names a file that cannot be read."),
        ("COOLHEAD_SECRET_FILE", "~nobody-at-all/x", "COOLHEAD_SECRET_FILE names a file that cannot be read."),
        ("COOLHEAD_SECRET_FILE", "/dev/null", "COOLHEAD_SECRET_FILE names a file that is empty."),
        ("COOLHEAD_CONFIG", "/nowhere/at/all.toml", "/nowhere/at/all.toml cannot be read: No such file or directory."),
        ("COOLHEAD_REDIS_URL", "redis://store", "COOLHEAD_SECRET is needed with COOLHEAD_REDIS_URL"),
    ],
)
def test_every_wrong_variable_is_named(name: str, value: str, says: str, tmp_path: Path) -> None:
    """The environment is held to the same as the file."""
    with pytest.raises(WrongSettings, match=r".+") as error:
        given(tmp_path, **{name: value})
    assert says in str(error.value)


def test_all_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    """Nobody has to start it four times to find four faults."""
    write(tmp_path, 'prot = 1\n[policy]\nsettle = "soon"\nanswer_within = "later"\n')
    with pytest.raises(WrongSettings) as error:
        given(tmp_path, COOLHEAD_PORT="x")
    assert [line.rpartition(": ")[2][:14] for line in str(error.value).splitlines()] == [
        "prot is no set",
        "it has to be a",
        "'soon' is no l",
        "'later' is no ",
    ]


def test_a_file_that_is_not_utf_8_is_said_to_be_so(tmp_path: Path) -> None:
    """An editor's old encoding is no riddle."""
    (tmp_path / "coolhead.toml").write_bytes(b"host = '\xff'")
    with pytest.raises(WrongSettings, match="it is not UTF-8"):
        given(tmp_path)


CANARIES = {
    "COOLHEAD_REDIS_URL": "redis://user:canary-redis@store",
    "COOLHEAD_SECRET": "canary-master",
    "COOLHEAD_INBOX_TOKENS": "crm=canary-inbox,forms=whsec_canary-hook",
    "COOLHEAD_API_TOKENS": "board=canary-board",
    "COOLHEAD_MASTODON_TOKEN": "canary-mastodon",
    "COOLHEAD_ALERT_FEEDS": "https://alerts.example/canary-feed",
    "COOLHEAD_SLACK_BOT_TOKEN": "xoxb-canary",
    "COOLHEAD_SLACK_APP_TOKEN": "xapp-canary",
    "COOLHEAD_SLACK_SIGNING_SECRET": "canary-signing",
    "COOLHEAD_DISCORD_TOKEN": "canary-discord",
}


def test_no_secret_is_ever_shown(tmp_path: Path) -> None:
    """Neither `coolhead config` nor a repr nor what goes on the team's timeline holds one; the table is complete."""
    write(tmp_path, '[alarm]\nwebhook = "https://ring.example/canary-alarm"\nsmtp = "smtp://u:canary-smtp@mail"')
    settings = given(tmp_path, **CANARIES)
    seen = f"{settings.shown()}{settings!r}{settings.in_force()}{settings.inbox_tokens()}{settings.platform_values()}"
    assert "canary" not in seen
    assert {each.name for each in SETTINGS if each.secret} == {name.removeprefix("COOLHEAD_") for name in CANARIES}
    for name in CANARIES:
        assert settings.shown()[name] == {"value": "••••", "from": name}
    assert settings.api_tokens["board"].get_secret_value() == "canary-board"
    assert settings.inbox_tokens()["crm"].get_secret_value() == "canary-inbox"
    assert settings.master_secret() == b"canary-master"


def test_no_error_holds_a_secret(tmp_path: Path) -> None:
    """Secrets in the wrong place, in the wrong form or in a wrong file stay unsaid."""
    write(
        tmp_path,
        'secret = ["canary-a"]\nport = "x"\n[mastodon_token]\nx = "canary-b"\n[slack_bot_token]\ny = "canary-c"',
    )
    wrong = {
        "COOLHEAD_INBOX_TOKENS": "canary-no-equals",
        "COOLHEAD_API_TOKENS": "canary name=canary-token",
        "COOLHEAD_ALERT_FEEDS": "canary-feed",
        "COOLHEAD_MASTODON_URL": "canary-url",
        "COOLHEAD_DISCORD_TOKENS": "canary-unknown",
        "COOLHEAD_SECRET_FILE": "/nowhere/canary-path",
    }
    with pytest.raises(WrongSettings) as error:
        given(tmp_path, **wrong)
    assert "canary" not in str(error.value)
    assert len(str(error.value).splitlines()) == 9


def test_what_is_made_once_stays_and_only_we_may_read_it(tmp_path: Path) -> None:
    """The master secret and the local token are made at the first start, 0600, and are the same ever after."""
    first, second = given(tmp_path / "new"), given(tmp_path / "new")
    assert first.master_secret() == second.master_secret()
    assert len(first.master_secret()) >= 32
    token = first.inbox_tokens()["local"].get_secret_value()
    assert token == second.inbox_tokens()["local"].get_secret_value() == first.local_token_file.read_text().strip()
    assert stat.S_IMODE(first.local_token_file.stat().st_mode) == 0o600
    assert sorted(each.name for each in (tmp_path / "new").iterdir()) == ["inbox-token", "secret"]


def test_who_makes_it_second_takes_the_first_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two that start together agree on one token."""
    settings = given(tmp_path)

    def late(source: str, target: Path) -> None:
        target.write_text("the-first\n")
        raise FileExistsError

    monkeypatch.setattr(os, "link", late)
    assert settings.master_secret() == b"the-first"


def test_the_installer_is_whoever_is_at_the_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that was set comes first; a machine that does not know says You."""
    assert given(tmp_path, COOLHEAD_INSTALLER="Ana").installer == "Ana"
    monkeypatch.setattr("getpass.getuser", lambda: "sam")
    assert given(tmp_path).installer == "Sam"

    def nobody() -> str:
        raise KeyError

    monkeypatch.setattr("getpass.getuser", nobody)
    assert given(tmp_path).installer == "You"


@pytest.mark.parametrize(("text", "value"), [("yes", True), ("TRUE", True), ("1", True), ("off", False), ("0", False)])
def test_yes_and_no_are_understood(text: str, value: bool, tmp_path: Path) -> None:
    """In the ways people write them."""
    assert given(tmp_path, COOLHEAD_ACCEPT_LOSS=text).get("ACCEPT_LOSS") is value


@pytest.mark.parametrize(
    ("text", "seconds"), [("90s", 90), ("2m", 120), ("1h", 3600), ("1h 30m", 5400), ("2d", 172800), ("1.5m", 90)]
)
def test_lengths_of_time_are_understood_and_shown(text: str, seconds: int, tmp_path: Path) -> None:
    """As CONTRACTS writes them."""
    write(tmp_path, f'[policy]\nsilence_review_after = "{text}"')
    assert given(tmp_path).policy.silence_review_after == timedelta(seconds=seconds)


def test_the_address_from_outside_has_no_closing_slash(tmp_path: Path) -> None:
    """So that links are made by adding to it."""
    settings = given(tmp_path, COOLHEAD_PUBLIC_URL="https://coolhead.example/")
    assert settings.base_url == settings.public_url == "https://coolhead.example"


def write(folder: Path, text: str) -> Path:
    """The data folder's own file."""
    path = folder / "coolhead.toml"
    path.write_text(text, encoding="utf-8")
    return path


def empty(folder: Path) -> Path:
    """A file in which nothing stands."""
    path = folder / "empty.toml"
    path.write_text("")
    return path


def given(folder: Path, **environ: str) -> Settings:
    """The settings in force with this environment and that data folder."""
    return read({"COOLHEAD_DATA_DIR": str(folder), "HOME": "/somewhere", **environ})


def test_accounts_of_ours_have_names(tmp_path: Path) -> None:
    """By platform, as a statement and the record name them; what is no pair is an error that says which."""
    settings = given(tmp_path, COOLHEAD_ACCOUNTS="mastodon=@shop, alerts = The shop's press office")
    assert settings.accounts == {
        "mastodon": Account(platform="mastodon", name="@shop"),
        "alerts": Account(platform="alerts", name="The shop's press office"),
    }
    assert settings.shown()["COOLHEAD_ACCOUNTS"]["value"] == "mastodon=@shop, alerts=The shop's press office"
    assert given(tmp_path).accounts == {}
    for wrong in ("mastodon", "=@shop", "mastodon=", "a b=@shop", f"mastodon={'x' * 121}", "mastodon=a\x07b"):
        with pytest.raises(WrongSettings, match="entry 1"):
            given(tmp_path, COOLHEAD_ACCOUNTS=wrong)
