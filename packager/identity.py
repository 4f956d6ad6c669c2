"""What makes two init sections the same: equal bytes and equal codecs."""

import hashlib
from dataclasses import dataclass
from typing import Self

from flow.chunk import Init


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """The digest of an init section's body, and its RFC 6381 codec string."""

    digest: str
    codecs: str

    @classmethod
    def of(cls, init: Init) -> Self:
        """The identity of `init`."""
        return cls(digest=hashlib.blake2b(init.body, digest_size=16).hexdigest(), codecs=init.codecs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """The init section that a playlist's EXT-X-MAP names: the first run that had it, and what it is."""

    run: int
    identity: Identity
