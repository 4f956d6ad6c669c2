"""A certificate by which a machine is known. No I/O."""

import hashlib
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Certified:
    """Its fingerprint, and when it ends, in seconds since the epoch.

    A machine is known by the whole certificate, not by a number or name in it: whoever steals the key of the
    authority and signs one with the same in it is nobody.
    """

    fingerprint: str
    ends: int

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Of `to_json`; raises KeyError, TypeError or ValueError."""
        return cls(fingerprint=str(data["fingerprint"]), ends=int(data["ends"]))

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {"fingerprint": self.fingerprint, "ends": self.ends}


def fingerprint_of(shown: bytes) -> str:
    """Of a certificate as it comes by TLS (DER): the SHA-256, hexadecimal."""
    return hashlib.sha256(shown).hexdigest()
