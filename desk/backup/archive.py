"""The inside of a backup: members with names, and at the end a list of them with their digests."""

import hashlib
import io
import json
import tarfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import IO, Any

from desk.backup.envelope import EnvelopeReader, EnvelopeWriter
from desk.backup.errors import DamagedError

MANIFEST = "manifest.json"
_AT_ONCE = 256 * 1024


@dataclass(slots=True)
class _Listed:
    size: int = 0
    digest: Any = field(default_factory=hashlib.sha256)

    def take(self, content: bytes) -> None:
        self.size += len(content)
        self.digest.update(content)

    def plain(self) -> list[Any]:
        return [self.size, self.digest.hexdigest()]


class ArchiveWriter:
    """Puts members into an envelope; `finish` lists them."""

    def __init__(self, envelope: EnvelopeWriter) -> None:
        self._envelope = envelope
        self._tar = tarfile.open(  # noqa: SIM115 - closed by `finish`; without it there is no whole file
            mode="w|gz", fileobj=envelope, format=tarfile.PAX_FORMAT,  # type: ignore[call-overload]
        )
        self._listed: dict[str, _Listed] = {}

    def add(self, name: str, content: bytes) -> None:
        """A member that is in memory."""
        self.add_from(name, io.BytesIO(content), len(content), lambda _: None)

    def add_from(self, name: str, source: IO[bytes], size: int, tell: Callable[[int], object]) -> None:
        """A member of the next `size` bytes of a file; raises OSError."""
        listed = self._listed[name] = _Listed()
        member = tarfile.TarInfo(name)
        member.size, member.mode = size, 0o600
        self._tar.addfile(member, _Counted(source, listed, tell))

    def finish(self, about: dict[str, Any]) -> None:
        """The list, with what is to be known of the whole, and the end; raises OSError."""
        words = {**about, "members": {name: one.plain() for name, one in self._listed.items()}}
        self.add(MANIFEST, json.dumps(words, ensure_ascii=False).encode())
        self._tar.close()
        self._envelope.finish()


class _Counted(io.RawIOBase):
    def __init__(self, source: IO[bytes], listed: _Listed, tell: Callable[[int], object]) -> None:
        super().__init__()
        self._source, self._listed, self._tell = source, listed, tell

    def read(self, size: int = -1) -> bytes:
        content = self._source.read(size)
        self._listed.take(content)
        self._tell(len(content))
        return content


class ArchiveReader:
    """Gives the members back; `about` holds what the list says, once all were read."""

    def __init__(self, envelope: EnvelopeReader) -> None:
        self._envelope = envelope
        self._seen: dict[str, _Listed] = {}
        self.about: dict[str, Any] = {}

    def members(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        """Each member with its bytes, in order; each must be read before the next. Raises DamagedError.

        What was given out before such an error is not to be used.
        """
        at = "its beginning"
        try:
            with tarfile.open(mode="r|gz", fileobj=self._envelope) as tar:  # type: ignore[call-overload]
                for member in tar:
                    at = member.name
                    source = self._source(tar, member)
                    if at == MANIFEST:
                        self._end(source.read())
                    else:
                        listed = self._seen[at] = _Listed()
                        yield at, _pieces(source, listed)
            while self._envelope.read(_AT_ONCE):  # to the last piece: what is left are zeros
                pass
        except DamagedError as error:
            raise DamagedError(what=f"{error.what}, at {at}") from error
        except (tarfile.TarError, zlib.error, EOFError) as error:
            raise DamagedError(what=f"it cannot be read, at {at}") from error
        if not self.about:
            raise DamagedError(what="its list is missing")

    def _source(self, tar: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
        source = tar.extractfile(member) if member.isreg() else None
        if source is None or member.name in self._seen or self.about:
            raise DamagedError(what="it holds what no backup holds")
        return source

    def _end(self, content: bytes) -> None:
        try:
            self.about = json.loads(content)
            listed = dict(self.about["members"])
        except (ValueError, KeyError, TypeError) as error:
            raise DamagedError(what="its list cannot be read") from error
        for name in sorted(listed.keys() | self._seen.keys()):
            if name not in self._seen or listed.get(name) != self._seen[name].plain():
                raise DamagedError(what=f"{name} is not what was written")


def _pieces(source: IO[bytes], listed: _Listed) -> Iterator[bytes]:
    while piece := source.read(_AT_ONCE):
        listed.take(piece)
        yield piece
