"""What of a data directory a backup holds: a list of what is let in. What is not named here stays out (T-41)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath

_DIGEST = re.compile(r"[0-9a-f]{64}")


class Way(StrEnum):
    """How a file is copied while it may be written."""

    WHOLE = "whole"
    """It is only ever replaced."""
    LINES = "lines"
    """It grows by lines; one that is half written is not there yet."""
    SQLITE = "sqlite"
    """By SQLite itself: what is in the log beside the file belongs to it."""
    DIGEST = "digest"
    """Its name is the SHA-256 of its bytes, in hex; one that is not is damaged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Files whose path below the data directory fits `pattern`; a `secret` one is never in a backup in clear."""

    pattern: str
    way: Way = Way.WHOLE
    secret: bool = False
    called: str = ""

    def fits(self, path: PurePosixPath) -> bool:
        """Whether it is one of these."""
        wanted = PurePosixPath(self.pattern)
        if self.way is Way.DIGEST and not _DIGEST.fullmatch(path.name):
            return False
        return len(wanted.parts) == len(path.parts) and path.match(self.pattern)


KEPT = (
    # The head first: entries that come meanwhile stand after it, which is no fault; the other way would be one.
    Kept(pattern="audit.head"),
    Kept(pattern="audit/audit.jsonl", way=Way.LINES),
    Kept(pattern="standing/*.json"),
    Kept(pattern="lobby/*/*"),
    # Wrapped keys before the key that opens them would be as good: both are only ever made once.
    Kept(pattern="keys.db", way=Way.SQLITE, secret=True, called="keys of encrypted channels"),
    Kept(pattern="master.key", secret=True, called="the master key"),
    Kept(pattern="machine.key", secret=True, called="the machine's key"),
    Kept(pattern="machines.json", secret=True, called="the machines that may come"),
    Kept(pattern="machine.json", secret=True, called="what other headends know it by"),
    Kept(pattern="access/stream-*.pem", secret=True, called="keys that sign tokens"),
    Kept(pattern="tls/*", secret=True, called="certificates and their keys"),
    # After the tables, which name them. They are for a programme's audience alone.
    Kept(pattern="documents/*", way=Way.DIGEST, secret=True, called="documents of programmes"),
)

NEVER_TABLES = frozenset({"account_session", "site_code"})
"""Who is signed in: nobody shall be so on another machine. And codes, which are short and soon over."""
SECRET_TABLES = frozenset({"account"})
"""Digests of passwords that people chose can be guessed at, for years."""


def kept(path: str) -> Kept | None:
    """The line that lets a file in; None for one that has no place in a backup."""
    pure = PurePosixPath(path)
    if pure.is_absolute() or ".." in pure.parts or str(pure) != path:
        return None
    return next((one for one in KEPT if one.fits(pure)), None)


def files_of(data: Path) -> Iterator[tuple[str, Path, Kept]]:
    """The files that are there, in the order in which they are to be copied; drafts are left aside."""
    for one in KEPT:
        for path in sorted(data.glob(one.pattern)):
            wanted = path.is_file() and not path.is_symlink() and not path.name.startswith(".")
            if wanted and one.fits(PurePosixPath(path.relative_to(data))):
                yield path.relative_to(data).as_posix(), path, one
