"""The outside of a backup: bytes in pieces, each sealed, so that not one of them can be another, nor be missing.

    xacast backup 1 ⏎
    {"kdf": "scrypt", "n": …, "r": …, "p": …, "salt": hex, "check": hex} ⏎     or {} without a passphrase
    pieces: last? (1 byte) | length (4 bytes, big endian) | what is sealed

With a passphrase a piece is AES-256-GCM (NIST SP 800-38D) under a key that serves this file alone; its nonce is
its number, and says whether it is the last (STREAM; Hoang, Reyhanitabar, Rogaway and Vizár, 2015).
Without one a piece ends with the SHA-256 of itself and of the digest before it: that finds damage, and keeps out
nobody who wants to alter it.
"""

import hashlib
import json
import secrets
import struct
from typing import IO, Any, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from desk.backup.errors import DamagedError, PassphraseError
from desk.backup.passphrase import USUAL, Cost, key_of

_FIRST = b"xacast backup 1\n"
_PIECE = 64 * 1024
_FRAME = struct.Struct(">BI")
_SALT = 32
_DIGEST = 32
_LONGEST_HEAD = 4096


class _Seal(Protocol):
    def close(self, number: int, content: bytes, *, last: bool) -> bytes: ...

    def open(self, number: int, sealed: bytes, *, last: bool) -> bytes:
        """Raises ValueError for anything but what `close` made."""


class EnvelopeWriter:
    """Takes bytes; `finish` closes the last piece. Without `finish` a file has no end, and is damaged."""

    def __init__(self, file: IO[bytes], passphrase: str = "", cost: Cost = USUAL) -> None:
        head, key = _new_head(passphrase, cost)
        file.write(head)
        self._file, self._seal = file, _seal_of(head, key)
        self._kept = bytearray()
        self._number = 0

    def write(self, content: bytes) -> int:
        """Take it; raises OSError."""
        self._kept += content
        while len(self._kept) > _PIECE:  # what is left over may be the last piece
            self._put(bytes(self._kept[:_PIECE]), last=False)
            del self._kept[:_PIECE]
        return len(content)

    def finish(self) -> None:
        """Write what is left; raises OSError."""
        self._put(bytes(self._kept), last=True)

    def _put(self, content: bytes, *, last: bool) -> None:
        sealed = self._seal.close(self._number, content, last=last)
        self._file.write(_FRAME.pack(last, len(sealed)) + sealed)
        self._number += 1


class EnvelopeReader:
    """Gives the bytes back, each only after its piece was found right; raises DamagedError, PassphraseError."""

    def __init__(self, file: IO[bytes], passphrase: str = "") -> None:
        head, words = _read_head(file)
        self.sealed = bool(words)
        self._file, self._seal = file, _seal_of(head, _key_from(words, passphrase))
        self._kept = bytearray()
        self._number = 0
        self._at = len(head)
        self._ended = False

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes, all of them when it is negative; empty after the last."""
        while not self._ended and (size < 0 or len(self._kept) < size):
            self._kept += self._next()
        taken = bytes(self._kept if size < 0 else self._kept[:size])
        del self._kept[:len(taken)]
        return taken

    def _next(self) -> bytes:
        begin, frame = self._at, self._file.read(_FRAME.size)
        if len(frame) < _FRAME.size:
            raise DamagedError(what=f"it ends after {begin} bytes, before its last piece")
        last, length = _FRAME.unpack(frame)
        sealed = self._file.read(length) if length <= _PIECE + _DIGEST else b""
        self._at += _FRAME.size + length
        where = f"piece {self._number + 1} (from byte {begin})"
        if last > 1:
            raise DamagedError(what=f"{where} is not what was written")
        try:
            content = self._seal.open(self._number, sealed, last=bool(last))
        except ValueError as error:
            raise DamagedError(what=f"{where} is not what was written") from error
        self._number += 1
        self._ended = bool(last)
        if last and self._file.read(1):
            raise DamagedError(what=f"something follows its end (from byte {self._at})")
        return content


def _new_head(passphrase: str, cost: Cost) -> tuple[bytes, bytes]:
    words: dict[str, Any] = {}
    key = b""
    if passphrase:
        salt = secrets.token_bytes(_SALT)
        key, check = key_of(passphrase, salt, cost)
        words = {"kdf": "scrypt", "n": cost.n, "r": cost.r, "p": cost.p, "salt": salt.hex(), "check": check.hex()}
    return _FIRST + json.dumps(words).encode("ascii") + b"\n", key


def _read_head(file: IO[bytes]) -> tuple[bytes, dict[str, Any]]:
    first = file.readline(len(_FIRST))
    if first != _FIRST:
        if first.startswith(_FIRST[:14]):
            problem = "this backup was made by another version of xacast"
            raise PassphraseError(problem, "Restore it with that version")
        raise DamagedError(what="it does not begin as one")
    line = file.readline(_LONGEST_HEAD)
    try:
        words = json.loads(line)
    except ValueError as error:
        raise DamagedError(what="its head cannot be read") from error
    if not isinstance(words, dict) or not line.endswith(b"\n"):
        raise DamagedError(what="its head cannot be read")
    return first + line, words


def _key_from(words: dict[str, Any], passphrase: str) -> bytes:
    if not words:
        return b""
    try:
        salt, check = bytes.fromhex(words["salt"]), bytes.fromhex(words["check"])
    except (KeyError, TypeError, ValueError) as error:
        raise DamagedError(what="its head cannot be read") from error
    if words.get("kdf") != "scrypt":
        raise DamagedError(what="its head cannot be read")
    if not passphrase:
        problem = "this backup is encrypted"
        raise PassphraseError(problem, "Name the file of its passphrase with --passphrase-file")
    key, right = key_of(passphrase, salt, Cost.read(words))
    if not secrets.compare_digest(check, right):
        problem = "the passphrase is not the one of this backup, or its head is damaged"
        raise PassphraseError(problem, "Check --passphrase-file; nothing was changed")
    return key


def _seal_of(head: bytes, key: bytes) -> _Seal:
    return _Encrypted(head, key) if key else _Digested(head)


class _Encrypted:
    def __init__(self, head: bytes, key: bytes) -> None:
        self._head, self._cipher = head, AESGCM(key)

    def close(self, number: int, content: bytes, *, last: bool) -> bytes:
        return self._cipher.encrypt(_nonce(number, last=last), content, self._head)

    def open(self, number: int, sealed: bytes, *, last: bool) -> bytes:
        try:
            return self._cipher.decrypt(_nonce(number, last=last), sealed, self._head)
        except InvalidTag as error:
            message = "not what was sealed"
            raise ValueError(message) from error


def _nonce(number: int, *, last: bool) -> bytes:
    return bytes([last]) + number.to_bytes(11, "big")


class _Digested:
    def __init__(self, head: bytes) -> None:
        self._before = hashlib.sha256(head).digest()

    def close(self, number: int, content: bytes, *, last: bool) -> bytes:
        self._before = hashlib.sha256(self._before + _nonce(number, last=last) + content).digest()
        return content + self._before

    def open(self, number: int, sealed: bytes, *, last: bool) -> bytes:
        content, digest = sealed[:-_DIGEST], sealed[-_DIGEST:]
        if self.close(number, content, last=last)[len(content):] != digest:
            message = "not what was written"
            raise ValueError(message)
        return content
