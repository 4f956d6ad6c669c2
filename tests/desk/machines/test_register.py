"""Which machines there are."""

from pathlib import Path

import pytest

from desk.machines.machine import Kind
from desk.machines.register import FILE, MachineRegister
from flow.errors import OperatorError, ToolError


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
    theirs.add("a", Kind.EDGE, now=1)
    theirs.certify("a", "0f")
    assert mine.look()
    assert not mine.look()
    known = mine.of_serial("0f")
    assert known is not None
    assert known.kind is Kind.EDGE
    theirs.revoke("a", now=9)
    assert mine.look()
    assert mine.of_serial("0f") is None
    gone = mine.get("a")
    assert gone is not None
    assert (gone.revoked, gone.key) == (9, "")
    (tmp_path / FILE).unlink()
    assert mine.look()
    assert list(mine) == []


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
