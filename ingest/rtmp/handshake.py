"""The simple handshake of RTMP (RTMP 1.0, section 5.2): three packets each way, without digests.

Encoders and FFmpeg send a digest in C1, and accept an answer without one from a server whose version is zero.
"""

from ingest.rtmp.message import RtmpError

RANDOM = 1_528
"""Random bytes that each side chooses for itself."""

_VERSION = 3
_PACKET = 1_536

OPENING = 1 + 2 * _PACKET
"""Bytes that each side sends before its first message."""


class Handshake:
    """One side of it. `nonce` is `RANDOM` random bytes."""

    def __init__(self, nonce: bytes, *, client: bool = False) -> None:
        self._client = client
        self._own = bytes(8) + nonce  # time zero, version zero: no digest is meant
        self._buffer = bytearray()
        self._answered = False
        self.done = False

    @property
    def opening(self) -> bytes:
        """What a client says first."""
        return bytes([_VERSION]) + self._own

    @property
    def rest(self) -> bytes:
        """What came after the handshake."""
        return bytes(self._buffer)

    def receive(self, data: bytes) -> bytes:
        """Take bytes in; what to send in return. Raises RtmpError for another version."""
        self._buffer += data
        if self._buffer and self._buffer[0] != _VERSION and not self._answered:
            reason = "the RTMP connection does not begin with an RTMP handshake"
            raise RtmpError(reason)
        return self._as_client() if self._client else self._as_server()

    def _as_client(self) -> bytes:
        """S0, S1 and S2 are in; C2 repeats S1. S2 is not compared: some servers send anything there."""
        if self.done or len(self._buffer) < 1 + 2 * _PACKET:
            return b""
        theirs = bytes(self._buffer[1:1 + _PACKET])
        del self._buffer[:1 + 2 * _PACKET]
        self._answered = self.done = True
        return theirs

    def _as_server(self) -> bytes:
        answer = b""
        if not self._answered:
            if len(self._buffer) < 1 + _PACKET:
                return b""
            answer = self.opening + bytes(self._buffer[1:1 + _PACKET])
            del self._buffer[:1 + _PACKET]
            self._answered = True
        if not self.done and len(self._buffer) >= _PACKET:
            del self._buffer[:_PACKET]
            self.done = True
        return answer
