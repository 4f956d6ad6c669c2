"""`xacast backup` and `restore` as an operator sees them."""

import json
from pathlib import Path

import pytest

from desk.backup.last import last_backup
from desk.cli import run
from tests.desk.backup.machines import PASSPHRASE, filled, settings_for


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    data = filled(settings_for(tmp_path / "data")).data
    monkeypatch.setenv("XACAST_DATA", str(data))
    monkeypatch.setenv("XACAST_CONFIG", str(data / "xacast.toml"))
    (tmp_path / "pass").touch(0o600)
    (tmp_path / "pass").write_text(PASSPHRASE, "ascii")
    return data


def test_a_backup_is_made_looked_at_and_restored(
    machine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:
    words = [str(tmp_path / "b"), "--passphrase-file", str(tmp_path / "pass")]
    assert run(["backup", *words]) == 0
    assert "encrypted, 9 rows of tables" in capsys.readouterr().out
    assert last_backup(machine) is not None
    assert run(["restore", *words, "--check"]) == 0
    said = capsys.readouterr().out
    assert "2 channels, 9 rows of tables, audit head 20:" in said
    assert "nothing was changed" in said
    assert run(["restore", *words, "--into", str(tmp_path / "again")]) == 0
    assert (tmp_path / "again" / "master.key").read_bytes() == (machine / "master.key").read_bytes()
    assert "restored into" in capsys.readouterr().out
    assert run(["restore", *words]) == 2
    assert "is not empty" in capsys.readouterr().err


def test_a_backup_in_clear_says_what_is_not_in_it(
    machine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["backup", str(tmp_path / "b")]) == 0
    said = capsys.readouterr().out
    assert "not in it: the master key" in said
    assert "not in it: channel secret: a feed of its has a secret" in said
    assert run(["backup", str(tmp_path / "c"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["encrypted"] is False
    assert run(["restore", str(tmp_path / "c"), "--check", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["channels"] == 1
    assert (machine / "backup.json").is_file()
