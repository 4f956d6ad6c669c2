import json
from pathlib import Path

import pytest

from desk.api_client import ApiClient
from desk.cli import run
from desk.settings import KEYS

SECRET = "postgresql://xacast:hunter2@db/xacast"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    for key in KEYS:
        monkeypatch.delenv(f"XACAST_{key.upper()}", raising=False)


def test_each_setting_says_where_it_comes_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "xacast.toml").write_text('log = "debug"\nviewers = "127.0.0.1:1"\n')
    monkeypatch.setenv("XACAST_VIEWERS", "127.0.0.1:2")
    assert run(["config", "show", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert list(told) == list(KEYS)
    assert told["log"] == {"value": "debug", "from": "xacast.toml"}
    assert told["viewers"] == {"value": "127.0.0.1:2", "from": "XACAST_VIEWERS"}
    assert told["cage"] == {"value": "best", "from": "default"}


@pytest.mark.parametrize("words", [[], ["--json"]])
def test_what_may_be_secret_is_never_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str],
) -> None:
    """T-41: what somebody pastes into a letter holds no password."""
    (tmp_path / "xacast.toml").write_text(f'database_url = "{SECRET}"\n')
    assert run(["config", "show", *words]) == 0
    said = capsys.readouterr().out
    assert "hunter2" not in said
    assert "(set, and not shown)" in said


def test_a_file_is_looked_at_before_it_is_put_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "new.toml").write_text('log = "info"\ndata = "/srv/xacast"\n')
    monkeypatch.setenv("XACAST_LOG", "loud")  # this machine's, and no matter of the file's
    assert run(["config", "check", "new.toml"]) == 0
    assert capsys.readouterr().out == "new.toml is right: log, data\n"


@pytest.mark.parametrize(("text", "said"), [
    ("lgo = 'info'", "unknown key “lgo”. Did you mean “log”?"), ("log = 'loud'", "unknown log level “loud”"),
    ("log = ", "cannot be read"), ("operators = '0.0.0.0:8090'", "may not stand on"),
])
def test_what_is_wrong_in_a_file_is_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, said: str,
) -> None:
    """T-42."""
    (tmp_path / "new.toml").write_text(text)
    assert run(["config", "check", "new.toml"]) == 2
    assert said in capsys.readouterr().err


def test_without_a_file_that_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["config", "check"]) == 0
    assert "there is no xacast.toml" in capsys.readouterr().out


def test_every_key_is_documented() -> None:
    page = (Path(__file__).parents[3] / "docs" / "operating.md").read_text("utf-8")
    assert [key for key in KEYS if f"| `{key}` | `XACAST_{key.upper()}` |" not in page] == []


@pytest.mark.parametrize(("waiting", "said"), [([], False), (["cage"], True)])
def test_what_was_read_again_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], waiting: list[str], said: bool,
) -> None:
    asked: list[object] = []

    def reload(_client: ApiClient, words: dict[str, object]) -> dict[str, list[str]]:
        asked.append(words)
        return {"changed": ["log"], "waiting": waiting}

    monkeypatch.setattr(ApiClient, "reload", reload)
    assert run(["config", "reload", "--why", "test"]) == 0
    out = capsys.readouterr().out
    assert "holds now: log" in out
    assert ("needs a restart: cage" in out) is said
    assert asked == [{"why": "test"}]
    assert run(["config", "reload", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"changed": ["log"], "waiting": waiting}
