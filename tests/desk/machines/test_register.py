"""Which machines there are."""

import subprocess
import sys
from pathlib import Path

import pytest

from desk.machines.certified import Certified
from desk.machines.machine import Kind
from desk.machines.register import FILE, MachineRegister
from flow.errors import OperatorError, ToolError
from tests.house.repository import ROOT


def test_each_has_a_key_of_its_own_in_a_file_of_the_owner_s_alone(tmp_path: Path) -> None:
    """T-11, T-24."""
    register = MachineRegister(tmp_path)
    keys = {register.add(name, Kind.WORKER, now=1).key for name in ("a", "b")}
    assert len(keys) == 2
    assert min(map(len, keys)) > 40
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600


def test_what_another_process_changes_is_seen(tmp_path: Path) -> None:
    mine, theirs = MachineRegister(tmp_path), MachineRegister(tmp_path)
    assert not mine.look()
    theirs.add("a", Kind.WORKER, now=1)
    assert mine.look()
    assert not mine.look()
    theirs.revoke("a", now=9)
    assert mine.look()
    gone = mine.get("a")
    assert gone is not None
    assert (gone.revoked, gone.key) == (9, "")
    (tmp_path / FILE).unlink()
    assert mine.look()
    assert list(mine) == []


def test_an_edge_is_known_by_its_newest_two_certificates_and_has_no_key(tmp_path: Path) -> None:
    """T-24: while it is given another one, it goes on by the one before."""
    shown = [Certified(fingerprint=f"0{at}", ends=at) for at in range(3)]
    register = MachineRegister(tmp_path)
    assert register.add("e", Kind.EDGE, now=1, certificates=(shown[0],)).key == ""
    for one in shown[1:]:
        register.certify("e", one)
    register.revoke("e", now=2)
    found = [register.of_certificate(one.fingerprint) for one in shown]
    assert [one and (one[0].revoked, one[1].ends) for one in found] == [None, (2, 1), (2, 2)]
    with pytest.raises(OperatorError, match="no machine e"):
        register.certify("e", shown[0])
    register.add("w", Kind.WORKER, now=1)
    with pytest.raises(OperatorError, match="has no certificate"):
        register.certify("w", shown[0])


def test_of_two_who_write_at_once_neither_loses_what_the_other_wrote(tmp_path: Path) -> None:
    """T-24: else one that was revoked would be back."""
    script = (
        "import sys; from pathlib import Path; from desk.machines.machine import Kind; "
        "from desk.machines.register import MachineRegister; register = MachineRegister(Path(sys.argv[1])); "
        "[register.add(f'{sys.argv[2]}-{at}', Kind.WORKER, now=1) for at in range(40)]; "
        "register.revoke(f'{sys.argv[2]}-0', now=2)"
    )
    writing = [
        subprocess.Popen([sys.executable, "-c", script, str(tmp_path), name], cwd=ROOT) for name in ("a", "b", "c")
    ]
    assert [one.wait() for one in writing] == [0, 0, 0]
    register = MachineRegister(tmp_path)
    register.look()
    assert {one.name for one in register} == {f"{name}-{at}" for name in "abc" for at in range(40)}
    assert {one.name for one in register if one.revoked} == {"a-0", "b-0", "c-0"}


def test_what_could_not_be_written_is_not_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_path: Path, _content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("desk.machines.register.write_whole", full)
    register = MachineRegister(tmp_path)
    with pytest.raises(ToolError, match="No space left"):
        register.add("a", Kind.WORKER, now=1)
    assert register.get("a") is None


def test_a_name_never_comes_back(tmp_path: Path) -> None:
    """T-24: nor does what was made for who had it."""
    register = MachineRegister(tmp_path)
    register.add("a", Kind.WORKER, now=1)
    for _ in range(2):
        with pytest.raises(OperatorError, match="or was one"):
            register.add("a", Kind.WORKER, now=2)
        if not register.get("a").revoked:  # type: ignore[union-attr]
            register.revoke("a", now=2)
    with pytest.raises(OperatorError, match="no machine a"):
        register.revoke("a", now=3)


@pytest.mark.parametrize("name", ["local", "A", "", "a b", "../x"])
def test_a_wrong_name_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(OperatorError, match="no name"):
        MachineRegister(tmp_path).add(name, Kind.WORKER, now=1)


@pytest.mark.parametrize("text", ["", "[]", '{"machines": [{}]}', '{"machines": 1}', "\x00"])
def test_a_broken_file_leaves_what_was_known(tmp_path: Path, text: str) -> None:
    register = MachineRegister(tmp_path)
    register.add("a", Kind.WORKER, now=1)
    (tmp_path / FILE).write_text(text)
    with pytest.raises(ToolError, match=FILE):
        register.look()
    assert [one.name for one in register] == ["a"]
