"""A backup goes into an empty machine, all of it or nothing."""

from pathlib import Path

import pytest

from desk.audit.book import AuditBook
from desk.audit.chain import verify
from desk.backup import restorer
from desk.backup.errors import DamagedError
from desk.backup.maker import make_backup
from desk.backup.restorer import STAGE, restore
from desk.database.database import Database
from desk.lock import Lock
from desk.registry import Registry
from desk.settings import Settings
from flow.errors import OperatorError, ToolError
from tests.desk.backup.machines import CHEAP, DIGEST, NOW, PASSPHRASE, contents, filled, settings_for
from tests.desk.database.postgres import PostgresServer

KEPT = ("keys.db", "machine.key", "master.key", "access/stream-1.pem", "standing/plain.json", "lobby/plain/a.grey",
        f"documents/{DIGEST}")


def _backup(settings: Settings, file: Path) -> Path:
    make_backup(
        settings, file, config=settings.data / "xacast.toml", now_s=NOW, passphrase=PASSPHRASE, cost=CHEAP,
    )
    return file


def _restored(file: Path, settings: Settings, **words: bool) -> None:
    settings.data.mkdir(exist_ok=True)
    restore(settings, file, passphrase=PASSPHRASE, **words)


@pytest.mark.parametrize(("first", "second"), [("sqlite", "sqlite"), ("sqlite", "server"), ("server", "sqlite")])
def test_an_empty_machine_becomes_the_one_that_was_backed_up(
    first: str, second: str, tmp_path: Path, postgres: PostgresServer,
) -> None:
    """T-41: also from SQLite into PostgreSQL, and back."""
    urls = [postgres.new() if kind == "server" else "" for kind in (first, second)]
    before = filled(settings_for(tmp_path / "data", urls[0]))
    after = settings_for(tmp_path / "again", urls[1])
    _restored(_backup(before, tmp_path / "b"), after)
    signed_in = {"account_session": []}  # nobody is, on another machine
    assert contents(after) == contents(before) | signed_in
    assert contents(after)["account"] == contents(before)["account"] != []
    registries = Registry(before.database), Registry(after.database)
    assert registries[1].channels() == registries[0].channels()
    for one in registries:
        one.close()
    for name in (*KEPT, "xacast.toml"):
        assert (after.data / name).read_bytes() == (before.data / name).read_bytes(), name
        assert (after.data / name).stat().st_mode & 0o077 == 0
    lines, _ = AuditBook(after.data).page(0)
    head = AuditBook(after.data).head()
    assert head == AuditBook(before.data).head()
    assert verify(lines, head).fault == ""
    assert not (after.data / "media").exists()
    assert not list(after.data.glob(".*"))


def test_settings_are_not_put_in_force_where_others_hold(tmp_path: Path) -> None:
    after = settings_for(tmp_path / "again")
    after.data.mkdir()
    (after.data / "xacast.toml").write_text('log = "error"\n', "ascii")
    _restored(_backup(filled(settings_for(tmp_path / "data")), tmp_path / "b"), after, configured=True)
    assert (after.data / "xacast.toml").read_text("ascii") == 'log = "error"\n'
    assert "warning" in (after.data / "xacast.toml.restored").read_text("utf-8")


def test_a_directory_with_something_in_it_is_refused(tmp_path: Path) -> None:
    before = filled(settings_for(tmp_path / "data"))
    file = _backup(before, tmp_path / "b")
    with pytest.raises(OperatorError, match="not empty: access, audit"):
        _restored(file, before)
    after = settings_for(tmp_path / "again")
    (after.data / STAGE).mkdir(parents=True)
    with pytest.raises(OperatorError, match="never finished"):
        _restored(file, after)


def test_a_directory_in_use_is_refused(tmp_path: Path) -> None:
    file = _backup(filled(settings_for(tmp_path / "data")), tmp_path / "b")
    after = settings_for(tmp_path / "again")
    with Lock(after.run), pytest.raises(OperatorError, match="xacast is up already"):
        _restored(file, after)


def test_a_database_with_something_in_it_is_refused(tmp_path: Path, database_url: str) -> None:
    file = _backup(filled(settings_for(tmp_path / "data")), tmp_path / "b")
    Database.open(database_url).close()
    after = settings_for(tmp_path / "again", database_url)
    with pytest.raises(OperatorError, match=r"is there already|is not empty"):
        _restored(file, after)
    assert _nothing_in(after)


def _nothing_in(settings: Settings) -> bool:
    return [path.name for path in settings.data.iterdir()] == ["run"]


@pytest.mark.parametrize("part", [0.2, 0.5, 0.8, 0.999])
def test_a_flipped_byte_changes_nothing(tmp_path: Path, part: float) -> None:
    """T-41, T-42."""
    file = _backup(filled(settings_for(tmp_path / "data")), tmp_path / "b")
    content = bytearray(file.read_bytes())
    content[int(len(content) * part)] ^= 1
    file.write_bytes(content)
    after = settings_for(tmp_path / "again")
    with pytest.raises(DamagedError, match="is not what was written, at "):
        _restored(file, after)
    assert _nothing_in(after)


def test_a_disk_that_fails_at_the_end_leaves_all_as_it_was(
    tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """T-42: files and tables come together, in either engine."""
    file = _backup(filled(settings_for(tmp_path / "data")), tmp_path / "b")
    after = settings_for(tmp_path / "again", database_url)

    def fails(_folder: Path) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(restorer, "sync_folder", fails)
        with pytest.raises(ToolError, match="Input/output"):
            _restored(file, after)
    assert _nothing_in(after)
    assert not (tmp_path / "register.db").exists()
    _restored(file, after)  # the database is as empty as before
    assert len(contents(after)["site"]) == 2
