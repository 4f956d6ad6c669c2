"""HTTP bodies that come packed (RFC 9110 8.4): unpacked up to a limit, so that a small bomb stays small."""

import zlib

from flow.errors import FeedError

_GZIP = zlib.MAX_WBITS + 16
_LOW_FOUR, _DEFLATE = 0x0F, 8


class Unpacking:
    """One body. `limit` is the most bytes that may come out."""

    def __init__(self, coding: str, limit: int) -> None:
        """Raises FeedError for a coding that is neither gzip, deflate nor none."""
        self._coding = coding.strip().lower()
        if self._coding not in ("", "identity", "gzip", "x-gzip", "deflate"):
            message = "the HLS server packs its answers in a way that is not supported"
            raise FeedError(message)
        self._left = limit
        self._packed = self._coding not in ("", "identity")
        self._stream = zlib.decompressobj(_GZIP) if "gzip" in self._coding else None

    def feed(self, data: bytes) -> bytes:
        """What `data` holds; raises FeedError beyond the limit, and when it is not what the server said."""
        plain = self._unpacked(data) if self._packed and data else data
        self._left -= len(plain)
        if self._left < 0:
            message = "the HLS server sends more than the limit"
            raise FeedError(message)
        return plain

    def close(self) -> None:
        """The body is over; raises FeedError when a packed one was cut off."""
        if self._packed and not (self._stream and self._stream.eof):
            raise _broken()

    def _unpacked(self, data: bytes) -> bytes:
        try:
            if self._stream is None:  # deflate: many servers leave its two bytes of zlib out
                raw = data[0] & _LOW_FOUR != _DEFLATE
                self._stream = zlib.decompressobj(-zlib.MAX_WBITS if raw else zlib.MAX_WBITS)
            return self._stream.decompress(data, self._left + 1)
        except zlib.error as error:
            raise _broken() from error


def _broken() -> FeedError:
    return FeedError("an answer of the HLS server cannot be unpacked")
