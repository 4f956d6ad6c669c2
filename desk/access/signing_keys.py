"""The keys that sign stream tokens: made here, in files that are the owner's alone, and changed by themselves.

`<data>/access/stream-<birth>.pem`, the birth in Unix seconds. Whoever has one can let anybody watch (T-14).
"""

import logging
import re
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from desk.access.key_turns import due, signing, spent
from desk.whole_file import write_whole

_log = logging.getLogger(__name__)
_NAME = re.compile(r"stream-([1-9][0-9]{0,11})\.pem", re.ASCII)


@dataclass(frozen=True, slots=True)
class SigningKey:
    """One key: when it was made, what tokens call it, and its secret half."""

    birth: int
    kid: str
    secret: ec.EllipticCurvePrivateKey

    @property
    def pem(self) -> str:
        """Its public half, as edges read it (RFC 7468 13)."""
        text = self.secret.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        return text.decode("ascii")


@dataclass(frozen=True, slots=True)
class _Ring:
    keys: tuple[SigningKey, ...]  # by birth, the oldest first
    public: Mapping[str, ec.EllipticCurvePublicKey]


class SigningKeys:
    """All keys of one data directory. Calls that name a moment take Unix seconds."""

    def __init__(self, folder: Path, *, now: int) -> None:
        """Read what is there, and make the first. Never raises: with a disk that fails, there is a key for this
        life alone, since open channels need none."""
        self._folder = folder
        self._ring = _ring([])
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._ring = _ring([key for path in sorted(folder.glob("stream-*.pem")) if (key := _read(path))])
        except OSError as error:
            _log.error("the keys of stream tokens cannot be read: %s", error)
        self.keep(now)

    def public(self) -> Mapping[str, ec.EllipticCurvePublicKey]:
        """The public halves by name: the same object for as long as no key comes or goes."""
        return self._ring.public

    @property
    def pems(self) -> dict[str, str]:
        """The public halves as text, the one that signs first of all those that edges need."""
        return {key.kid: key.pem for key in self._ring.keys}

    def signing(self, now: int) -> SigningKey:
        """The key to sign with."""
        keys = self._ring.keys
        return keys[signing([key.birth for key in keys], now)]

    def keep(self, now: int) -> None:
        """Make the next key and let go of spent ones, when it is time. From any one thread; never raises: with a
        disk that fails, the last key goes on signing."""
        self._forget(now)
        if due([key.birth for key in self._ring.keys], now):
            self._change(now)

    def _forget(self, now: int) -> None:
        keys = self._ring.keys
        gone = keys[:spent([key.birth for key in keys], now)]
        for key in gone:
            try:
                self._path(key.birth).unlink(missing_ok=True)
            except OSError as error:
                _log.error("an old key of stream tokens stays on the disk: %s", error)
        if gone:
            self._ring = _ring(keys[len(gone):])

    def _change(self, now: int) -> None:
        secret = ec.generate_private_key(ec.SECP256R1())
        key = SigningKey(now, _kid(secret), secret)
        try:
            # On the disk before the first token is signed with it.
            write_whole(self._path(now), secret.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        except OSError as error:
            _log.error("no key of stream tokens can be kept: %s", error)
            if self._ring.keys:
                return
        self._ring = _ring([*self._ring.keys, key])

    def _path(self, birth: int) -> Path:
        return self._folder / f"stream-{birth}.pem"


def _ring(keys: "tuple[SigningKey, ...] | list[SigningKey]") -> _Ring:
    ordered = tuple(sorted(keys, key=lambda key: key.birth))
    return _Ring(ordered, {key.kid: key.secret.public_key() for key in ordered})


def _kid(secret: ec.EllipticCurvePrivateKey) -> str:
    """Said by the key itself, so that no two have one name and nobody has to keep it."""
    public = secret.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return urlsafe_b64encode(sha256(public).digest()[:9]).decode("ascii")


def _read(path: Path) -> SigningKey | None:
    """The key in a file; None for what is none, which is told of: others do, or a new one is made."""
    name = _NAME.fullmatch(path.name)
    try:
        secret = load_pem_private_key(path.read_bytes(), password=None)
    except ValueError:
        secret = None
    if name is None or not isinstance(secret, ec.EllipticCurvePrivateKey) or secret.curve.name != "secp256r1":
        _log.error("%s is no key of stream tokens, and is passed over", path)
        return None
    return SigningKey(int(name[1]), _kid(secret), secret)
