"""The passphrase of a backup: read from a file, and made into a key."""

import stat
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from desk.backup.errors import DamagedError, PassphraseError

SHORTEST = 12
"""Letters: a backup lies where anybody may have years to guess."""
_LONGEST = 1024
_KEY, _CHECK = 32, 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one guess costs: scrypt's N, r and p (RFC 7914); 128 · N · r bytes of memory."""

    n: int = 2**17
    r: int = 8
    p: int = 1

    @classmethod
    def read(cls, words: dict[str, Any]) -> Self:
        """From a backup's head; raises DamagedError for what takes no effort, or all of a machine's memory."""
        cost = cls(n=_whole(words, "n"), r=_whole(words, "r"), p=_whole(words, "p"))
        power_of_two = cost.n > 1 and cost.n & (cost.n - 1) == 0
        if not (power_of_two and 128 * cost.n * cost.r <= 2**30 and 0 < cost.p <= 16 and cost.r > 0):
            raise DamagedError(what="its head asks for a key that nobody would make")
        return cost


USUAL = Cost()
"""128 MiB and some half of a second: OWASP's first choice for scrypt (Password Storage Cheat Sheet)."""


def _whole(words: dict[str, Any], name: str) -> int:
    value = words.get(name)
    if type(value) is not int:
        raise DamagedError(what="its head cannot be read")
    return value


def key_of(passphrase: str, salt: bytes, cost: Cost) -> tuple[bytes, bytes]:
    """The key, and what says that it is the right one without saying which it is.

    The same letters typed in another way (NFD) are the same passphrase.
    """
    made = Scrypt(salt=salt, length=_KEY + _CHECK, n=cost.n, r=cost.r, p=cost.p)
    both = made.derive(unicodedata.normalize("NFKC", passphrase).encode())
    return both[:_KEY], both[_KEY:]


def passphrase_in(path: Path) -> str:
    """The first line of a file that is the owner's alone; raises PassphraseError."""
    try:
        with path.open(encoding="utf-8") as file:
            mode = stat.S_IMODE(path.stat().st_mode) if path.is_file() else 0
            line = file.readline(_LONGEST + 2).rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        problem = f"the passphrase in {path} cannot be read"
        raise PassphraseError(problem, "Check the path and who may read it") from error
    if mode & 0o077:
        problem = f"others may read the passphrase in {path}"
        raise PassphraseError(problem, f"chmod 600 {path}")
    if not SHORTEST <= len(line) <= _LONGEST:
        problem = f"the passphrase in {path} has {len(line)} letters"
        raise PassphraseError(problem, f"Take {SHORTEST} at least; `openssl rand -base64 24` makes a good one")
    return line
