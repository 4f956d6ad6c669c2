"""Facts of the data directory."""

from pathlib import Path

import pytest

from desk.audit.book import AuditBook
from desk.audit.chain import Head, linked
from desk.backup.last import note_backup
from desk.production.facts import FileFacts
from desk.production.file_facts import Looked, audit_fault, file_facts, file_system
from tests.desk.backup.machines import filled, settings_for

DAY = 24 * 3600
MOUNTS = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:30 / /tmp rw,nosuid - tmpfs tmpfs rw
31 22 0:31 / /srv/my\\040data rw shared:5 master:2 - fuse.sshfs x rw
nonsense
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = filled(settings_for(tmp_path / "data")).data
    for path in folder.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
    return folder


def _facts(
    data: Path, now_s: int = DAY, config: Path | None = None, programs: tuple[Path, ...] = (),
) -> FileFacts:
    return file_facts(Looked(data=data, config=config, programs=programs, mounts=MOUNTS), now_s)


def test_of_a_directory_that_is_as_it_should_be(data: Path) -> None:
    found = _facts(data, 1 + 3 * DAY, data / "xacast.toml")
    assert (found.data_open, found.secrets_open) == (False, ())
    assert (found.settings_open, found.settings_writable) == ("", "")
    assert (found.audit_fault, found.audit_head_gone) == ("", False)
    assert found.signing_key_days == 3
    assert found.backup_days is None
    assert found.disk_bytes > 0


def test_of_one_on_which_everything_is_wrong(data: Path, tmp_path: Path) -> None:
    data.chmod(0o777)
    (data / "machine.key").chmod(0o640)
    (data / "register.db").chmod(0o644)
    (data / "xacast.toml").chmod(0o666)
    (data / "audit.head").unlink()
    (data / ".restoring").mkdir()
    lines = (data / "audit" / "audit.jsonl").read_text("ascii").replace("channel 3", "channel 9")
    (data / "audit" / "audit.jsonl").write_text(lines, "ascii")
    note_backup(data, at_s=0, sealed=True)
    program = tmp_path / "ffmpeg"
    program.touch()
    program.chmod(0o777)
    found = _facts(data, 9 * DAY, data / "xacast.toml", (program,))
    assert found.data_open
    assert found.secrets_open == ("machine.key", "register.db")
    assert found.settings_open == found.settings_writable == str(data / "xacast.toml")
    assert found.audit_head_gone
    assert found.audit_fault == "entry 4 is altered"
    assert found.program_writable == (str(program),)
    assert found.backup_days == 9
    assert found.restore_unfinished


def test_settings_without_a_secret_may_be_read(data: Path) -> None:
    path = data / "xacast.toml"
    path.write_text('log = "info"\n', "ascii")
    path.chmod(0o644)
    assert _facts(data, config=path).settings_open == ""
    path.write_text("nonsense", "ascii")
    assert _facts(data, config=path).settings_open == str(path)


def test_of_no_directory_at_all(tmp_path: Path) -> None:
    found = _facts(tmp_path / "none")
    assert (found.data_open, found.secrets_open, found.audit_fault) == (False, (), "")
    assert not found.audit_head_gone
    assert found.signing_key_days == 0


def test_a_long_audit_is_looked_at_to_its_end(data: Path) -> None:
    head, lines = Head(), []
    for number in range(1_200):
        head, line = linked(head, {"what": "x" * 300, "on": number})
        lines.append(line)
    path = data / "audit" / "audit.jsonl"
    path.write_text("\n".join(lines) + "\n", "ascii")
    (data / "audit.head").write_text(f"{head}\n", "ascii")
    assert audit_fault(AuditBook(data)) == ""
    path.write_text(path.read_text("ascii").replace('"on":1190', '"on":1191'), "ascii")
    assert audit_fault(AuditBook(data)) == "entry 1191 is altered"


@pytest.mark.parametrize(("path", "kind"), [
    ("/srv/xacast", "ext4"), ("/tmp", "tmpfs"), ("/tmp/x", "tmpfs"), ("/tmpx", "ext4"), ("/srv/my data/x", "fuse"),
])
def test_the_file_system_of_a_path(path: str, kind: str) -> None:
    assert file_system(Path(path), MOUNTS) == kind
    assert file_system(Path(path), "") == ""
