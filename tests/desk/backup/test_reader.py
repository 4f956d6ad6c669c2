"""A backup is read to its end, and what is wrong with it is named."""

from pathlib import Path

import pytest

from desk.backup.archive import ArchiveWriter
from desk.backup.envelope import EnvelopeWriter
from desk.backup.errors import DamagedError
from desk.backup.maker import make_backup
from desk.backup.reader import read_backup
from desk.backup.restorer import NothingSink
from flow.errors import ToolError
from tests.desk.backup.machines import NOW, filled, settings_for


def _made(path: Path, *members: tuple[str, bytes]) -> Path:
    with path.open("wb") as file:
        writer = ArchiveWriter(EnvelopeWriter(file))
        for name, content in members:
            writer.add(name, content)
        writer.finish({"made_s": 1, "xacast": "0", "machine": "m", "schema": None, "left_out": []})
    return path


@pytest.mark.parametrize(("name", "content", "said"), [
    ("files/../machine.key", b"x", "has no place"),
    ("files/log/headend.log", b"x", "has no place"),
    ("elsewhere", b"x", "has no place"),
    ("channels.jsonl", b"[1]\n", "channels.jsonl cannot be read"),
    ("tables/site/000000.jsonl", b"nonsense\n", "tables/site/000000.jsonl cannot be read"),
    ("files/audit.head", b"nonsense", "audit.head cannot be read"),
    (f"files/documents/{'0a' * 32}", b"x", "is not what its name says"),
    ("files/documents/report.pdf", b"x", "has no place"),
])
def test_what_has_no_place_in_a_backup_or_makes_no_sense_is_named(
    tmp_path: Path, name: str, content: bytes, said: str,
) -> None:
    with pytest.raises(DamagedError, match=said):
        read_backup(_made(tmp_path / "b", (name, content)), "", NothingSink())


@pytest.mark.parametrize(("spoil", "fault"), [
    (lambda lines: [*lines[:3], *lines[4:]], "entry 4 is not the one"),
    (lambda lines: lines[:-2], "entries 19 to 20 are missing"),
    (lambda lines: [lines[0].replace("set", "cut"), *lines[1:]], "entry 1 is not the one"),
])
def test_an_audit_that_was_broken_before_is_told_and_not_refused(
    tmp_path: Path, spoil: "object", fault: str,
) -> None:
    settings = filled(settings_for(tmp_path / "data"))
    path = settings.data / "audit" / "audit.jsonl"
    lines = path.read_text("ascii").splitlines()
    path.write_text("\n".join(spoil(lines)) + "\n", "ascii")  # type: ignore[operator]
    make_backup(settings, tmp_path / "b", config=None, now_s=NOW)
    assert fault in read_backup(tmp_path / "b", "", NothingSink()).audit_fault


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(ToolError, match="none"):
        read_backup(tmp_path / "none", "", NothingSink())
