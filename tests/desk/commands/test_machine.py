"""What a machine carries over from a headend."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from desk.cli import cli
from desk.machines.credential import FILE, Credential
from desk.machines.register import MachineRegister
from flow.errors import OperatorError


def _run(data: Path, *words: str) -> str:
    done = CliRunner().invoke(cli, ["machine", *words], env={"XACAST_DATA": str(data)}, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_a_machine_is_added_carried_over_listed_and_revoked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """T-11, T-24: its key is in two files of their owners' alone, and on no terminal."""
    monkeypatch.chdir(tmp_path)
    here, there = tmp_path / "here", tmp_path / "there"
    said = _run(here, "add", "studio-2")
    file = tmp_path / "studio-2.machine.json"
    said += _run(there, "join", str(file)) + _run(here, "list") + _run(here, "list", "--json")
    carried = Credential.read(there / FILE)
    register = MachineRegister(here)
    register.look()
    assert [(one.name, one.key) for one in register] == [(carried.name, carried.key)]
    assert carried.key not in said + repr(carried)
    assert {path.stat().st_mode & 0o777 for path in (file, there / FILE)} == {0o600}
    _run(here, "revoke", "studio-2")
    register.look()
    assert [bool(one.revoked) for one in register] == [True]


def test_two_headends_know_a_machine_by_one_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    _run(tmp_path / "one", "add", "studio-2")
    _run(tmp_path / "two", "add", "studio-2", "--with", "studio-2.machine.json")
    keys = set()
    for name in ("one", "two"):
        register = MachineRegister(tmp_path / name)
        register.look()
        keys |= {one.key for one in register}
    assert len(keys) == 1
    with pytest.raises(OperatorError, match="credential of studio-2"):
        _run(tmp_path / "three", "add", "studio-3", "--with", "studio-2.machine.json")
    with pytest.raises(OperatorError, match="there already"):
        _run(tmp_path / "three", "add", "studio-2")


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"name": "a"}'])
def test_a_file_of_another_kind_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "x").write_text(text)
    with pytest.raises(OperatorError, match="no credential"):
        Credential.read(tmp_path / "x")
