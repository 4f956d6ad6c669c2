"""How a feed's bytes reach its decoder when it does not fetch them itself: by pipe, from a carrier.

A carrier has the network and copies; it never decodes. The decoder decodes, and has no network.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

TOGETHER: Mapping[int, str] = MappingProxyType({})
"""Of a carrier that brings everything in one stream."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What has come through: bytes handed on, and packets known to be lost or damaged on the way."""

    bytes: int = 0
    lost: int = 0


class Carrier(Protocol):
    """One life of one connection. A carrier that has ended is thrown away; another one is made."""

    def start(self) -> list[int]:
        """Begin; the reading ends of its pipes, the picture's (often with sound) first. They are the caller's to
        close, and close at the other end when no more comes.

        Raises FeedError, with a sentence for status, when nothing can be had.
        """
        ...

    @property
    def apart(self) -> Mapping[int, str]:
        """The sounds that have pipes of their own behind the picture's, in that order: numbers, and languages as
        their sender calls them. Known once `start` is through."""
        ...

    @property
    def framed(self) -> bool:
        """Whether each picture and each frame of sound comes as a packet of its own, so that the decoder need not
        look for its end. A carrier that has looked at what comes may take that back."""
        ...

    def stop(self) -> None:
        """End; what is under way is given up. From any thread, also before `start` is through."""
        ...

    @property
    def trouble(self) -> str:
        """What ended it or keeps bytes from coming, as one sentence without secrets; empty while all is well."""
        ...

    @property
    def carried(self) -> Carried:
        """How much has come, from any thread."""
        ...
