"""The text of one playlist, drawn when somebody first asks for it; most are never asked for."""

import hashlib
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

_LEVEL = 5
_RAW = -zlib.MAX_WBITS
_HEAD = b"\x1f\x8b\x08" + bytes(6) + b"\xff"
"""Of a gzip file without time or name (RFC 1952 2.3): equal text gives equal bytes."""
_MODULUS = 2**32


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A piece of text that many pages hold: its bytes, the same as deflate blocks that refer to nothing outside
    and end on a byte (RFC 1951), and a digest."""

    plain: bytes
    deflated: bytes
    digest: bytes

    @classmethod
    def of(cls, text: str, *, last: bool = False) -> Self:
        """The sheet of a text; the last one of a page ends the stream."""
        plain = text.encode()
        squeezer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW)
        # A full flush: what follows may begin anew, so that sheets can be put behind each other in any company.
        deflated = squeezer.compress(plain) + squeezer.flush(zlib.Z_FINISH if last else zlib.Z_FULL_FLUSH)
        return cls(plain=plain, deflated=deflated, digest=hashlib.blake2b(plain, digest_size=12).digest())


class Page:
    """A flow.playlist.Text of several sheets. `draw` is called once at most, and must give the same whenever."""

    def __init__(self, draw: Callable[[], Sequence[Sheet]]) -> None:
        self._draw = draw

    @classmethod
    def of(cls, draw: Callable[[], str]) -> Self:
        """The page of one text."""
        return cls(lambda: (Sheet.of(draw(), last=True),))

    @cached_property
    def _sheets(self) -> Sequence[Sheet]:
        return self._draw()

    @cached_property
    def plain(self) -> bytes:
        """As UTF-8."""
        return b"".join([sheet.plain for sheet in self._sheets])

    @cached_property
    def gzipped(self) -> bytes:
        """As one gzip member, whose checksum runs over the plain bytes."""
        checksum = length = 0
        for sheet in self._sheets:
            checksum = zlib.crc32(sheet.plain, checksum)
            length += len(sheet.plain)
        foot = checksum.to_bytes(4, "little") + (length % _MODULUS).to_bytes(4, "little")
        return b"".join([_HEAD, *[sheet.deflated for sheet in self._sheets], foot])

    @cached_property
    def etag(self) -> str:
        """Strong: another text has another one."""
        digests = [len(sheet.plain).to_bytes(8, "big") + sheet.digest for sheet in self._sheets]
        return f'"{hashlib.blake2b(b"".join(digests), digest_size=12).hexdigest()}"'
