"""What is let into a backup, and what never is."""

from pathlib import Path

import pytest

from desk.backup.contents import Way, files_of, kept
from tests.desk.backup.machines import DIGEST, filled, settings_for


@pytest.mark.parametrize("path", [
    "audit.head", "audit/audit.jsonl", "standing/hop.json", "lobby/hop/a.grey", "keys.db", "access/stream-1.pem",
    f"documents/{'0a' * 32}",
])
def test_what_is_named_is_let_in(path: str) -> None:
    assert kept(path) is not None


@pytest.mark.parametrize("path", [
    "../machine.key", "/etc/passwd", "standing/../machine.key", "standing/a/b.json", "log/headend.log", "run/lock",
    "media/hop/1.m4s", "", ".", "standing//hop.json", "x/audit.head", "access/guests.json",
    "documents/report.pdf", "documents/.coming-x", f"documents/{'0A' * 32}",
])
def test_everything_else_stays_out(path: str) -> None:
    """T-41: what nobody has named is in no backup, and no backup puts it anywhere."""
    assert kept(path) is None


def test_the_files_of_a_machine_are_found_and_drafts_and_links_are_not(tmp_path: Path) -> None:
    data = filled(settings_for(tmp_path / "data")).data
    (data / "standing" / ".draft.json").write_text("{}", "ascii")
    (data / "standing" / "link.json").symlink_to("/etc/hostname")
    found = {name: one for name, _, one in files_of(data)}
    assert list(found) == [
        "audit.head", "audit/audit.jsonl", "standing/plain.json", "lobby/plain/a.grey", "keys.db", "master.key",
        "machine.key", "access/stream-1.pem", f"documents/{DIGEST}",
    ]
    assert found["audit/audit.jsonl"].way is Way.LINES
    assert [name for name, one in found.items() if one.secret] == [
        "keys.db", "master.key", "machine.key", "access/stream-1.pem", f"documents/{DIGEST}",
    ]
