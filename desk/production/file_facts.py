"""The data directory and what lies in it, as facts."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from desk.audit.book import AuditBook
from desk.audit.chain import verify
from desk.backup.contents import files_of
from desk.backup.last import last_backup
from desk.backup.restorer import STAGE
from desk.machines.edge_check import edges_of
from desk.machines.ending import endings
from desk.preflight import free_bytes, held_bytes
from desk.production.facts import FileFacts
from desk.production.mode import open_to_all, open_to_read, open_to_write
from desk.settings import SECRET, from_file
from flow.errors import XacastError

_DAY = 24 * 3600
_PRIVATE = ("xacast.db", "register.db", "audit/audit.jsonl", "audit.head")
"""Besides what a backup calls secret."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What is looked at: the data directory, the file of settings, programs that are run, the mounts (proc(5))."""

    data: Path
    config: Path | None
    programs: tuple[Path, ...]
    mounts: str


def file_facts(looked: Looked, now_s: int, *, quick: bool = False) -> FileFacts:
    """The facts; `quick` leaves out what takes long, which no rule that is fatal asks for."""
    data, config = looked.data, looked.config
    book = AuditBook(data)
    return FileFacts(
        data_open=data.exists() and open_to_write(data),
        secrets_open=tuple(_open_secrets(data)),
        settings_open=str(config) if config and open_to_read(config) and _holds_secret(config) else "",
        settings_writable=str(config) if config and open_to_write(config) else "",
        program_writable=tuple(str(path) for path in looked.programs if open_to_all(path)),
        file_system=file_system(data, looked.mounts),
        disk_bytes=0 if quick else free_bytes(data) + held_bytes(data / "media"),
        audit_fault="" if quick else audit_fault(book),
        audit_head_gone=(data / "audit" / "audit.jsonl").exists() and book.head() is None,
        signing_key_days=_signing_days(data, now_s),
        backup_days=None if (made := last_backup(data)) is None else max(0, now_s - made) // _DAY,
        edges_ending=() if quick else tuple(endings(edges_of(data), now_s)),
        restore_unfinished=(data / STAGE).exists(),
    )


def _open_secrets(data: Path) -> Iterator[str]:
    secret = [(name, path) for name, path, one in files_of(data) if one.secret]
    secret += [(name, data / name) for name in _PRIVATE]
    for name, path in secret:
        if path.exists() and path.stat().st_mode & 0o077:
            yield name


def _holds_secret(config: Path) -> bool:
    try:
        return any(from_file(config).get(key) for key in SECRET)
    except XacastError:
        return True


def audit_fault(book: AuditBook) -> str:
    """What is wrong with the chain on the disk, empty for nothing."""
    head = book.head()
    try:
        return verify(_lines(book), head).fault
    except XacastError as error:
        return str(error)


def _lines(book: AuditBook) -> Iterator[str]:
    at = 0
    while True:
        lines, after = book.page(at)
        if not lines or after == at:
            return
        yield from lines
        at = after


def _signing_days(data: Path, now_s: int) -> int:
    births = [int(path.stem.partition("-")[2]) for path in (data / "access").glob("stream-[0-9]*.pem")]
    return max(0, now_s - max(births)) // _DAY if births else 0


def file_system(path: Path, mounts: str) -> str:
    """The kind of the file system that `path` is on, as proc(5) writes `mountinfo`; empty when it is not known."""
    best, kind = "", ""
    for line in mounts.splitlines():
        words, _, after = line.partition(" - ")
        fields = words.split()
        if len(fields) < 5 or not after:
            continue
        point = fields[4].replace("\\040", " ")
        if (path == Path(point) or Path(point) in path.parents) and len(point) >= len(best):
            best, kind = point, after.split()[0]
    return kind.partition(".")[0]
