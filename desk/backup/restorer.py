"""Puts a backup into an empty data directory and an empty database: all of it, or nothing."""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from desk.backup.channels import keep_channels, rows_in
from desk.backup.errors import DamagedError
from desk.backup.maker import SETTINGS, sync_folder
from desk.backup.reader import Read, read_backup
from desk.lock import Lock
from desk.settings import Settings
from flow.errors import OperatorError, ToolError

STAGE = ".restoring"
"""The folder in a data directory where a backup is unpacked; one that is left over was never finished."""
_MAY_BE_THERE = {"run", "xacast.toml", "lost+found"}
_ROWS = "rows"


class NothingSink:
    """For a look alone."""

    def settings(self, text: bytes) -> None:
        """Nothing."""

    def channels(self, content: bytes) -> None:
        """Whether they can be read; raises ValueError."""
        rows_in(content)

    def rows(self, _table: str, content: bytes) -> None:
        """Whether they can be read; raises ValueError."""
        from desk.backup.rows import rows_in as rows_of  # noqa: PLC0415 - SQLAlchemy, for these commands alone

        rows_of(content)

    def file(self, _name: str, pieces: Iterable[bytes]) -> None:
        """To its end."""
        for _ in pieces:
            pass


class _Stage:
    """Everything on the disk, in a folder aside."""

    def __init__(self, folder: Path) -> None:
        self.files, self.tables = folder / "files", folder / _ROWS
        for one in (folder, self.files, self.tables):
            one.mkdir(mode=0o700)
        self._count = 0

    def settings(self, text: bytes) -> None:
        _put(self.files / SETTINGS, [text])

    def channels(self, content: bytes) -> None:
        keep_channels(self.files / "xacast.db", rows_in(content))

    def rows(self, table: str, content: bytes) -> None:
        self._count += 1
        _put(self.tables / f"{self._count:06}.{table}", [content])

    def file(self, name: str, pieces: Iterable[bytes]) -> None:
        path = self.files / name
        for folder in reversed(path.relative_to(self.files).parents[:-1]):
            (self.files / folder).mkdir(mode=0o700, exist_ok=True)
        _put(path, pieces)


def _put(path: Path, pieces: Iterable[bytes]) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for piece in pieces:
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())


def restore(
    settings: Settings, file: Path, *, passphrase: str = "", configured: bool = False,
    tell: Callable[[int], object] = lambda _: None,
) -> Read:
    """Put the backup into the data directory of `settings` and the database that it names.

    `configured` is whether a file of settings holds here already: then the backup's is put beside it, as
    `xacast.toml.restored`. Raises OperatorError for a directory that is in use or not empty, and for a database
    that is not empty; DamagedError, PassphraseError, ToolError, DatabaseGoneError. Then nothing has changed.
    """
    data, stage = settings.data, settings.data / STAGE
    with ExitStack() as stack:
        stack.enter_context(Lock(settings.run))  # and nobody brings it up meanwhile
        _check_empty(data)
        try:
            stack.callback(shutil.rmtree, stage, ignore_errors=True)
            staged = _Stage(stage)
            read = read_backup(file, passphrase, staged, tell)
            _settle(staged.files / SETTINGS, keep_name=read.config_in_data and not configured)
            _take_over(settings, staged, read.schema, data)
        except OSError as error:
            tool = f"the data directory {data}"
            raise ToolError(tool, error.strerror or str(error)) from error
    return read


def _check_empty(data: Path) -> None:
    there = sorted(path.name for path in data.iterdir() if path.name not in _MAY_BE_THERE)
    if STAGE in there:
        problem = f"a restore into {data} was never finished"
        raise OperatorError(problem, "Empty the directory, and the database if it is a server's, and do it again")
    if there:
        problem = f"{data} is not empty: {', '.join(there[:3])}{' …' if len(there) > 3 else ''} is there"
        raise OperatorError(problem, "Restore into an empty directory: name one with --into")


def _settle(text: Path, *, keep_name: bool) -> None:
    """Settings that hold elsewhere (ports, places) are not put in force unasked."""
    if text.exists() and not keep_name:
        text.rename(text.with_name(f"{SETTINGS}.restored"))


def _take_over(settings: Settings, staged: _Stage, schema: str | None, data: Path) -> None:
    if schema is None:
        with _moved(staged.files, data):
            return
    from sqlalchemy import make_url  # noqa: PLC0415 - half a second, for this command alone

    address = make_url(settings.register)
    if address.drivername != "sqlite":
        with _loaded(settings.register, staged.tables, schema), _moved(staged.files, data):
            return
    wanted = Path(address.database or "")
    if wanted.exists():
        problem = f"{wanted} is there already"
        raise OperatorError(problem, "Move it away, or name another one in database_url")
    draft = wanted.with_name(f".{wanted.name}{STAGE}")
    try:
        with _loaded(f"sqlite:///{draft}", staged.tables, schema):
            pass
        with _moved(staged.files, data):
            draft.rename(wanted)
            sync_folder(wanted.parent)
    finally:
        for left in wanted.parent.glob(f"{draft.name}*"):
            left.unlink()


@contextmanager
def _loaded(address: str, tables: Path, schema: str) -> Iterator[None]:
    """The rows in a database of today's schema; kept when the block ends well, else as if it had never been."""
    from sqlalchemy.exc import IntegrityError, SQLAlchemyError  # noqa: PLC0415

    from desk.backup.rows import Loader, rows_in, tables_of  # noqa: PLC0415
    from desk.database.database import Database  # noqa: PLC0415
    from desk.database.engine import engine_for  # noqa: PLC0415
    from desk.database.migration import bring_up_to_date  # noqa: PLC0415

    database = Database(engine_for(address))
    try:
        with database.writing() as connection:
            if tables_of(connection):
                problem = "the database that database_url names is not empty"
                raise OperatorError(problem, "Name one in which there is nothing yet")
            bring_up_to_date(connection, schema)  # first as it was when the backup was made
            try:
                loader = Loader(connection)
                for path in sorted(tables.iterdir()):
                    loader.load(path.name.partition(".")[2], rows_in(path.read_bytes()))
                loader.finish()
            except (ValueError, IntegrityError) as error:
                raise DamagedError(what="its tables do not fit together") from error
            bring_up_to_date(connection, keep=False)
            yield
    except SQLAlchemyError as error:
        tool = "the database"
        raise ToolError(tool, type(error).__name__) from error
    finally:
        database.close()


@contextmanager
def _moved(files: Path, data: Path) -> Iterator[None]:
    """What was unpacked in its place; back again when anything goes wrong before the block ends."""
    moved: list[Path] = []
    try:
        for path in sorted(files.iterdir()):
            path.rename(data / path.name)
            moved.append(path)
        sync_folder(data)
        yield
    except BaseException:
        for path in moved:
            with suppress(OSError):
                (data / path.name).rename(path)
        raise
