"""A backup holds what it says, no secret in clear, and is there whole or not at all."""

import os
import stat
from pathlib import Path

import pytest

from desk.backup.maker import make_backup
from desk.backup.reader import read_backup
from desk.backup.restorer import NothingSink
from flow.errors import OperatorError, ToolError
from tests.desk.backup.machines import CANARY, CHEAP, DIGEST, NOW, PASSPHRASE, filled, settings_for


def test_with_a_passphrase_everything_is_in_it_and_nothing_can_be_read(tmp_path: Path) -> None:
    """T-41, T-16: the master key leaves the machine under a passphrase alone."""
    settings = filled(settings_for(tmp_path / "data"))
    file, told = tmp_path / "b", []
    made = make_backup(
        settings, file, config=settings.data / "xacast.toml", now_s=NOW, passphrase=PASSPHRASE, cost=CHEAP,
        tell=lambda what, size: told.append((what, size)),
    )
    content = file.read_bytes()
    assert made.left_out == ()
    assert made.size == len(content)
    assert CANARY.encode() not in content
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert {"table site", "keys.db", "audit.jsonl"} <= {what for what, _ in told}
    assert read_backup(file, PASSPHRASE, NothingSink()).channels == 2


class _Everything(NothingSink):
    def __init__(self) -> None:
        self.bytes = b""

    def settings(self, text: bytes) -> None:
        self.bytes += text

    def channels(self, content: bytes) -> None:
        self.bytes += content

    def rows(self, _table: str, content: bytes) -> None:
        self.bytes += content

    def file(self, _name: str, pieces: object) -> None:
        self.bytes += b"".join(pieces)  # type: ignore[call-overload]


def test_without_one_no_secret_is_in_it_and_it_says_what_is_not(tmp_path: Path) -> None:
    """T-41: the canaries of everything secret are looked for in all that comes out of it."""
    settings = filled(settings_for(tmp_path / "data"))
    made = make_backup(settings, tmp_path / "b", config=settings.data / "xacast.toml", now_s=NOW)
    sink = _Everything()
    read = read_backup(tmp_path / "b", "", sink)
    assert CANARY.encode() not in sink.bytes
    assert b"hush" not in sink.bytes
    assert b"Giao ban" in sink.bytes
    assert made.left_out == read.left_out == (
        "setting event_address", "accounts", "channel secret: a feed of its has a secret",
        "keys of encrypted channels",
        "the master key", "the machine's key", "keys that sign tokens", "documents of programmes",
    )


def test_a_document_that_is_not_what_came_is_left_out_and_named(tmp_path: Path) -> None:
    """The others can still be restored: one that is not what its name says would end that."""
    settings = filled(settings_for(tmp_path / "data"))
    (settings.data / "documents" / DIGEST).write_bytes(b"rotten")
    made = make_backup(settings, tmp_path / "b", config=None, now_s=NOW, passphrase=PASSPHRASE, cost=CHEAP)
    read = read_backup(tmp_path / "b", PASSPHRASE, NothingSink())
    assert made.left_out == read.left_out == (f"documents/{DIGEST}: it is not what came",)


def test_no_other_file_is_ever_overwritten(tmp_path: Path) -> None:
    (tmp_path / "b").write_text("the last one", "ascii")
    with pytest.raises(OperatorError, match="there already"):
        make_backup(settings_for(tmp_path / "data"), tmp_path / "b", config=None, now_s=NOW)
    assert (tmp_path / "b").read_text("ascii") == "the last one"


def test_a_disk_that_fails_leaves_no_half_backup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = filled(settings_for(tmp_path / "data"))

    def full(_place: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    target = tmp_path / "to"
    target.mkdir()
    with pytest.raises(ToolError, match="No space left"):
        make_backup(settings, target / "b", config=None, now_s=NOW)
    assert list(target.iterdir()) == []


def test_a_machine_on_which_nothing_was_ever_done_can_be_backed_up(tmp_path: Path) -> None:
    made = make_backup(settings_for(tmp_path / "data"), tmp_path / "b", config=None, now_s=NOW)
    assert (made.rows, made.left_out) == (0, ())
    assert not (tmp_path / "data" / "register.db").exists()
    assert read_backup(tmp_path / "b", "", NothingSink()).schema is None


def test_an_entry_that_is_half_written_is_not_there_yet(tmp_path: Path) -> None:
    settings = filled(settings_for(tmp_path / "data"))
    with (settings.data / "audit" / "audit.jsonl").open("ab") as file:
        file.write(b'{"entry"')
    make_backup(settings, tmp_path / "b", config=None, now_s=NOW)
    read = read_backup(tmp_path / "b", "", NothingSink())
    assert read.audit_fault == ""
    assert read.head.startswith("20:")
