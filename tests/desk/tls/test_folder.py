"""The authority and the certificates of a machine."""

import json
from pathlib import Path

import pytest

from desk.tls.authority import Names
from desk.tls.folder import LISTENERS, TlsFolder, ends
from flow.errors import OperatorError, ToolError

NOW = 1_790_000_000
DAY = 86_400
NAMES = Names.parse(("hop.example.vn", "localhost"), ("10.0.0.5",))


@pytest.fixture
def folder(tmp_path: Path) -> TlsFolder:
    made = TlsFolder(tmp_path)
    made.init(NAMES, days=30, now=NOW)
    return made


def test_all_of_it_is_the_owners_alone(folder: TlsFolder) -> None:
    """T-23, T-11."""
    assert folder.path.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.path.iterdir()} == {0o600}
    assert all(ends(folder.file(name)) == NOW + 30 * DAY for name in LISTENERS)


def test_a_second_one_does_not_take_its_place(folder: TlsFolder) -> None:
    before = folder.certificate()
    with pytest.raises(OperatorError, match="already"):
        folder.init(NAMES, days=30, now=NOW)
    assert folder.certificate() == before


def test_certificates_are_due_when_a_third_is_left(folder: TlsFolder) -> None:
    """T-23."""
    assert not folder.due(NOW + 19 * DAY)
    assert folder.due(NOW + 20 * DAY)
    folder.renew(now=NOW + 20 * DAY)
    assert not folder.due(NOW + 20 * DAY)
    assert ends(folder.file("viewers")) == NOW + 50 * DAY


def test_without_the_authoritys_key_nothing_is_renewed(folder: TlsFolder) -> None:
    (folder.path / "ca.key").unlink()
    assert not folder.due(NOW + 29 * DAY)
    with pytest.raises(OperatorError, match="can sign"):
        folder.renew(now=NOW)


def test_a_name_that_the_authority_may_not_sign_for_changes_nothing(folder: TlsFolder) -> None:
    before = folder.file("viewers").read_bytes()
    with pytest.raises(OperatorError, match=r"bank\.example\.com"):
        folder.renew(Names.parse(("bank.example.com",), ()), now=NOW)
    assert folder.file("viewers").read_bytes() == before
    assert folder.plan() == (NAMES, 30)


def test_a_plan_that_cannot_be_read_is_one_sentence(folder: TlsFolder) -> None:
    (folder.path / "names.json").write_text(json.dumps([]))
    with pytest.raises(ToolError, match=r"names\.json"):
        folder.plan()
