"""The house rules that no single part can keep alone: who reads what, who may say which word, what the docs must name."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path

import pytest

from bot.cli import parser
from bot.nouns.team import Policy
from bot.settings import SETTINGS, Settings, read
from bot.settings_tables import TABLES

ROOT = Path(__file__).parent.parent
PRODUCT = ("bot", "adapters", "responders")
HERE = "tests/test_house.py"
LARGEST = 300_000  # bytes of a file; the weights and the pictures are smaller

#: Only the first may be asked what time it is; the others have a reason of their own.
READS_TIME = {
    "adapters/clock.py": "the real clock",
    "adapters/connections/last_instant.py": "the instant before a byte is written, by the event loop's own clock",
    "adapters/stores/launcher.py": "counts how long a server took to start, by the event loop's own clock",
    "adapters/stores/locks.py": "gives up waiting for a file lock, by the event loop's own clock",
}
READS_ENVIRONMENT = {"bot/settings.py": "the only reader of configuration"}
SAYS_CHATS = {
    "bot/__main__.py": "the composition root",
    "bot/settings.py": "names their settings",
    "bot/cli.py": "the command line",
}
_TIME = {"now", "utcnow", "today", "time", "time_ns", "monotonic", "monotonic_ns", "perf_counter", "clock_gettime"}
_CLOCKS = {"datetime", "date", "time", "loop", "get_running_loop", "get_event_loop"}


def sources(*folders: str) -> list[Path]:
    """Every Python file under these folders."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def name(path: Path) -> str:
    """As the repository calls it."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    """The file, read once."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that belongs to the repository; what a test or a run leaves behind does not."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, check=False
    )
    names = listed.stdout.decode().split("\0") if listed.returncode == 0 else []
    skipped = {".venv", ".git", "node_modules"}
    everything = [ROOT / each for each in names if each] or [
        path for path in ROOT.rglob("*") if not skipped & set(path.relative_to(ROOT).parts)
    ]
    return tuple(path for path in everything if path.is_file())


def text(path: Path) -> str:
    """What stands in it; nothing for a picture or weights."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


# ---------------------------------------------------------------- who reads what


def test_only_the_settings_read_the_environment() -> None:
    """So that `coolhead config` shows everything that can change what runs."""
    readers = {
        name(path)
        for path in sources(*PRODUCT)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "environb", "getenv", "putenv")
    }
    assert readers == READS_ENVIRONMENT.keys()


def test_only_the_clock_reads_the_time() -> None:
    """Everything else is handed the time, so every wait can be tested without waiting."""
    readers = {name(path) for path in sources(*PRODUCT) for node in ast.walk(tree(path)) if asks_the_time(node)}
    assert readers == READS_TIME.keys()


def asks_the_time(node: ast.AST) -> bool:
    """Whether it is `datetime.now`, `time.monotonic`, `get_running_loop().time` or the like."""
    if isinstance(node, ast.ImportFrom):
        return node.module == "time"
    if not isinstance(node, ast.Attribute) or node.attr not in _TIME:
        return False
    owner = node.value.func if isinstance(node.value, ast.Call) else node.value
    called = owner.attr if isinstance(owner, ast.Attribute) else owner.id if isinstance(owner, ast.Name) else ""
    return called in _CLOCKS and not (called == "datetime" and node.attr == "time")


def test_only_the_store_knows_a_keys_name() -> None:
    """No hash tag and no Redis command outside adapters/stores; the composition root alone hands the keys around."""
    outside = [path for path in sources(*PRODUCT) if not name(path).startswith("adapters/stores/")]
    tags = re.compile(r"\{(team|coolhead|home)\}:")
    knows = {
        name(path)
        for path in outside
        for node in ast.walk(tree(path))
        if (isinstance(node, ast.Constant) and isinstance(node.value, str) and tags.search(node.value))
        or (isinstance(node, ast.Attribute) and node.attr == "execute_command")
        or (isinstance(node, ast.ImportFrom) and (node.module or "").startswith("redis"))
        or (isinstance(node, ast.Import) and any(each.name.startswith("redis") for each in node.names))
    }
    imports = {
        name(path)
        for path in outside
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and node.module == "adapters.stores.keys"
    }
    assert knows == set()
    assert imports <= {"bot/__main__.py"}


def test_thought_knows_no_chat_by_name() -> None:
    """Slack and Discord are words of their adapters (DESIGN §4)."""
    chats = re.compile(r"slack|discord", re.IGNORECASE)
    files = [path for path in tracked() if name(path).startswith(("bot/", "responders/"))]
    assert {name(path) for path in files if chats.search(text(path))} <= SAYS_CHATS.keys()


def test_who_may_import_whom() -> None:
    """The contracts in pyproject.toml hold."""
    checked = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout


# ---------------------------------------------------------------- size and words


def test_no_file_is_long() -> None:
    """Three hundred lines at most, half of them under 120."""
    sizes = {name(path): len(text(path).splitlines()) for path in sources(*PRODUCT, "benchmarks", "tools")}
    assert {each for each, size in sizes.items() if size > 300} == set()
    assert sorted(sizes.values())[len(sizes) // 2] < 120


def undocumented(path: Path) -> Iterator[str]:
    """Public functions and classes of a file that do not say what they are for."""
    classes = [node for node in tree(path).body if isinstance(node, ast.ClassDef)]
    holders: list[ast.Module | ast.ClassDef] = [tree(path), *classes]
    for holder in holders:
        if isinstance(holder, ast.ClassDef) and (_is_protocol(holder) or holder.name.startswith("_")):
            continue
        for node in holder.body:
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                continue
            if not node.name.startswith("_") and ast.get_docstring(node) is None:
                yield f"{name(path)}:{node.lineno} {node.name}"


def _is_protocol(node: ast.ClassDef) -> bool:
    return any(isinstance(base, ast.Name) and base.id == "Protocol" for base in node.bases)


#: Tables of small functions of one shape: the module's docstring says what each of them is for.
ONE_SHAPE = ("bot/screens/lines/",)


def test_everything_public_says_what_a_caller_needs() -> None:
    """Every module, public class and public function has a docstring."""
    files = [path for path in sources(*PRODUCT, "benchmarks") if not name(path).startswith(ONE_SHAPE)]
    bare = [each for path in files for each in undocumented(path)]
    silent = [
        name(path) for path in sources(*PRODUCT, "benchmarks") if text(path) and not ast.get_docstring(tree(path))
    ]
    assert bare + silent == []


def test_every_test_states_its_promise() -> None:
    """One sentence each."""
    tests = [
        f"{name(path)}:{node.lineno} {node.name}"
        for path in sources("tests")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
        and ast.get_docstring(node) is None
    ]
    assert tests == []


def test_nothing_names_a_machine_or_a_registry() -> None:
    """Whoever clones the repository reads nothing of where it was made."""
    words = (
        "/ro" + "ot/",
        "pythonho" + "sted",
        "pypi." + "org",
        "npm" + "js",
        "artif" + "actory",
        "jf" + "rog",
    )
    named = re.compile("|".join(map(re.escape, words)) + r"|index-url\s*[=:]|/ho" + r"me/[a-z]|(?<![\w.])/wor" + r"k/")
    allowed = re.compile(r"--no-emit-index-url")
    found = [
        f"{name(path)}:{number}"
        for path in tracked()
        for number, line in enumerate(text(path).splitlines(), start=1)
        if named.search(allowed.sub("", line))
    ]
    assert found == []


def test_no_secret_is_in_the_repository() -> None:
    """Nothing that looks like a real token of a service we speak to."""
    token = re.compile(r"xox[abp]-\d{6,}|xapp-\d-[A-Z0-9]{8,}|-----BEGIN [A-Z ]*PRIVATE KEY|AKIA[0-9A-Z]{16}")
    assert [name(path) for path in tracked() if name(path) != HERE and token.search(text(path))] == []


def test_nothing_large_lies_about() -> None:
    """What somebody downloaded to try, or a run left behind, is none of the repository."""
    assert [name(path) for path in tracked() if path.stat().st_size > LARGEST] == []


# ---------------------------------------------------------------- what the docs must name


def given(tmp_path: Path, **environ: str) -> Settings:
    """Settings in force."""
    return read({"COOLHEAD_DATA_DIR": str(tmp_path), **environ})


def test_every_setting_stands_in_the_docs() -> None:
    """By its name in the environment, or by its key in its table; and nothing stands there that is no setting."""
    page = text(ROOT / "docs/settings.md")
    assert [f"COOLHEAD_{each.name}" for each in SETTINGS if f"`COOLHEAD_{each.name}`" not in page] == []
    assert [key for keys in TABLES.values() for key in keys if f"`{key}`" not in page] == []
    known = {each.name for each in SETTINGS} | {f"{each.name}_FILE" for each in SETTINGS if each.secret}
    assert {each.rstrip("_") for each in re.findall(r"COOLHEAD_([A-Z_]+)", page)} - known == set()


def test_the_example_is_the_defaults(tmp_path: Path) -> None:
    """Copied as it is, `coolhead.example.toml` changes nothing."""
    bare, example = given(tmp_path), given(tmp_path, COOLHEAD_CONFIG=str(ROOT / "docs/coolhead.example.toml"))
    for each in fields(Settings):
        if each.name not in ("config", "origin", "values"):
            assert getattr(example, each.name) == getattr(bare, each.name), each.name
    assert {**example.values, "CONFIG": ""} == {**bare.values, "CONFIG": ""}


def test_the_example_is_complete_and_every_line_of_it_can_be_used(tmp_path: Path) -> None:
    """With each `#key = …` made a line of its own, every key there is stands in it once and is read."""
    source = text(ROOT / "docs/coolhead.example.toml")
    used = re.sub(r"(?m)^#(?=[a-z_]+ = |\[)", "", source)
    table = tomllib.loads(used)
    tables = {name: table.pop(name) for name in TABLES}
    assert table.keys() == {each.name.lower() for each in SETTINGS} - {"config", "data_dir"}
    for each, keys in TABLES.items():
        rows = tables[each] if isinstance(tables[each], list) else [tables[each]]
        assert {key for row in rows for key in row} == keys, each
    (tmp_path / "whole.toml").write_text(used)
    whole = given(tmp_path, COOLHEAD_CONFIG=str(tmp_path / "whole.toml"))
    assert whole.policy == Policy.model_validate({**dict(Policy()), **dict(given(tmp_path).policy)})
    assert whole.watches
    assert whole.places


def documents() -> list[Path]:
    """The README and everything in docs."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), ROOT / "benchmarks/README.md"]


def test_every_command_in_the_docs_exists() -> None:
    """`make …` is a target, `coolhead …` a command; what a chat calls `/coolhead` is another matter, and so is the container of
    that name."""
    targets = set(re.findall(r"(?m)^([a-z-]+):", text(ROOT / "Makefile")))
    commands = set(re.findall(r"^    ([a-z-]+)", parser().format_help(), re.MULTILINE))
    assert {"run", "verify"} <= commands
    for path in documents():
        code = "\n".join(_code(text(path)))
        assert set(re.findall(r"\bmake ([a-z][a-z-]*)", code)) <= targets, name(path)
        assert (
            set(re.findall(r"(?:^|[\s|]|bin/)coolhead (?:coolhead )?([a-z][a-z-]*)", code, re.MULTILINE)) <= commands
        ), name(path)


def _code(page: str) -> list[str]:
    return [block or inline for block, inline in re.findall(r"```sh\n(.*?)```|`([^`\n]+)`", page, re.DOTALL)]


@pytest.mark.parametrize("path", documents(), ids=name)
def test_every_link_leads_somewhere(path: Path) -> None:
    """Between files of the repository."""
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", text(path))
    assert [each for each in links if not (path.parent / each).exists()] == []


@pytest.mark.parametrize("path", documents(), ids=name)
def test_every_file_the_docs_name_is_there(path: Path) -> None:
    """A promise that names its test names one that exists."""
    named = re.findall(r"`((?:tests|bot|adapters|responders|docs|benchmarks)/[\w./-]+)`", text(path))
    assert [each for each in named if not (ROOT / each).exists()] == []


@pytest.mark.parametrize("path", documents(), ids=name)
def test_the_docs_are_calm(path: Path) -> None:
    """No exclamation marks, no signs of alarm."""
    prose = re.sub(r"```.*?```|`[^`]*`|!\[", "", text(path), flags=re.DOTALL)
    assert "!" not in prose
    assert not re.search("[\U0001f300-\U0001faff\u2600-\u27bf]", prose)
