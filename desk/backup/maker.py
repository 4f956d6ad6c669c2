"""Makes a backup of one machine, while it runs: nothing of it is stopped, locked or waited for."""

import hashlib
import io
import os
import socket
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from secrets import token_hex
from typing import IO, Any

from desk.backup.archive import ArchiveWriter
from desk.backup.channels import channels_of
from desk.backup.contents import NEVER_TABLES, SECRET_TABLES, Kept, Way, files_of
from desk.backup.envelope import EnvelopeWriter
from desk.backup.passphrase import USUAL, Cost
from desk.backup.settings_text import settings_text
from desk.settings import Settings
from flow.errors import OperatorError, ToolError

CHANNELS, SETTINGS, TABLES, FILES = "channels.jsonl", "xacast.toml", "tables", "files"
Tell = Callable[[str, int], object]
"""Is told what is being copied, and how many bytes of it have just been."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A backup that was made: its size in bytes, how many rows of tables it holds, what is not in it."""

    size: int
    rows: int
    left_out: tuple[str, ...]


def make_backup(
    settings: Settings, file: Path, *, config: Path | None, now_s: int, passphrase: str = "", cost: Cost = USUAL,
    tell: Tell = lambda _what, _bytes: None,
) -> Made:
    """Write all that is to be kept of a machine into `file`, which comes into being whole or not at all.

    `config` is the file of its settings. Without a passphrase no secret is in it. Raises OperatorError, ToolError,
    DatabaseGoneError.
    """
    if file.exists():
        problem = f"{file} is there already"
        raise OperatorError(problem, "Choose another name: a backup never takes the place of another")
    draft = file.with_name(f".{file.name}.{token_hex(8)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as to:
            made = _write(settings, to, config, now_s, passphrase, cost, tell)
            to.flush()
            os.fsync(to.fileno())
        draft.rename(file)
        sync_folder(file.parent)
    except OSError as error:
        tool = f"the backup {file}"
        raise ToolError(tool, error.strerror or str(error)) from error
    finally:
        draft.unlink(missing_ok=True)
    return made


def sync_folder(folder: Path) -> None:
    """Which names it has, beyond a power cut; raises OSError."""
    place = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(place)
    finally:
        os.close(place)


def _write(
    settings: Settings, to: IO[bytes], config: Path | None, now_s: int, passphrase: str, cost: Cost, tell: Tell,
) -> Made:
    secrets, left = bool(passphrase), []
    envelope = EnvelopeWriter(to, passphrase, cost)
    archive = ArchiveWriter(envelope)
    about: dict[str, Any] = {"made_s": now_s, "xacast": version("xacast"), "machine": socket.gethostname()}
    if config is not None:
        left += _settings(archive, config, secrets=secrets)
        about["config"] = "in data" if config.absolute().parent == settings.data else "elsewhere"
    leave = NEVER_TABLES if secrets else NEVER_TABLES | SECRET_TABLES
    copied = _tables(archive, settings, leave, tell) if settings.has_register else (None, 0)
    about["schema"], about["rows"] = copied
    if about["schema"] and not secrets:
        left.append("accounts")
    content, channels = channels_of(settings.database, secrets=secrets)
    archive.add(CHANNELS, content)
    left += [f"channel {name}: a feed of its has a secret" for name in channels]
    for name, path, one in files_of(settings.data):
        if one.secret and not secrets:
            if one.called not in left:
                left.append(one.called)
        elif one.way is Way.DIGEST and not _whole(path):
            left.append(f"{name}: it is not what came")
        else:
            _file(archive, f"{FILES}/{name}", path, one, tell)
    archive.finish({**about, "left_out": left})
    return Made(size=to.tell(), rows=about["rows"], left_out=tuple(left))


def _settings(archive: ArchiveWriter, config: Path, *, secrets: bool) -> list[str]:
    try:
        text, left = settings_text(config, secrets=secrets)
    except ValueError as error:
        problem = f"{config} cannot be read"
        raise OperatorError(problem, "`xacast config check` says what is wrong") from error
    archive.add(SETTINGS, text.encode())
    return [f"setting {key}" for key in left]


def _tables(
    archive: ArchiveWriter, settings: Settings, leave: frozenset[str], tell: Tell,
) -> tuple[str | None, int]:
    """All tables as they are at one moment: their schema, and how many rows."""
    from desk.backup.rows import tables_of, texts_of  # noqa: PLC0415 - half a second, for this command alone
    from desk.database.database import Database  # noqa: PLC0415
    from desk.database.engine import engine_for  # noqa: PLC0415
    from desk.database.migration import revision_of  # noqa: PLC0415

    database, rows = Database(engine_for(settings.register)), 0
    try:
        with database.reading() as connection:
            schema = revision_of(connection)
            found = tables_of(connection) if schema else {}
            for name, table in found.items():
                if name in leave:
                    continue
                for number, (text, count) in enumerate(texts_of(connection, table)):
                    archive.add(f"{TABLES}/{name}/{number:06}.jsonl", text)
                    rows += count
                    tell(f"table {name}", len(text))
    finally:
        database.close()
    return schema, rows


def _file(archive: ArchiveWriter, name: str, path: Path, one: Kept, tell: Tell) -> None:
    """One file; one that has gone meanwhile was not to be kept."""
    try:
        source, size = _opened(path, one.way)
    except FileNotFoundError:
        return
    with source:
        archive.add_from(name, source, size, lambda count: tell(path.name, count))


def _whole(path: Path) -> bool:
    """Whether a file is what its name says; one that has gone meanwhile is nothing to tell of."""
    try:
        with path.open("rb") as source:
            return hashlib.file_digest(source, "sha256").hexdigest() == path.name
    except FileNotFoundError:
        return True


def _opened(path: Path, way: Way) -> tuple[IO[bytes], int]:
    if way is Way.SQLITE:
        content = _sqlite(path)
        return io.BytesIO(content), len(content)
    source = path.open("rb")
    size = source.seek(0, os.SEEK_END)
    if way is Way.LINES:
        size = _whole_lines(source, size)
    source.seek(0)
    return source, size


def _sqlite(path: Path) -> bytes:
    try:
        address = f"{path.as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, uri=True)) as source, closing(sqlite3.connect(":memory:")) as copy:
            source.backup(copy)
            return copy.serialize()
    except sqlite3.Error as error:
        raise ToolError(str(path), str(error)) from error


def _whole_lines(source: IO[bytes], size: int) -> int:
    """Bytes up to the last line's end."""
    at, step = size, 64 * 1024
    while at > 0:
        begin = max(0, at - step)
        source.seek(begin)
        if (end := source.read(at - begin).rfind(b"\n")) >= 0:
            return begin + end + 1
        at = begin
    return 0
