"""The pipes between this process and an encoder."""

import fcntl
import os
from collections.abc import Iterable
from contextlib import suppress

from flow.ids import RenditionId
from transcode.command import Wiring

_CAPACITY = 1 << 20
"""1 MiB, what Linux lets any user have: fewer and larger steps between the processes."""


class Pipes:
    """Pipes into the encoder for the pictures and for each sound track, and one out of it for each rendition.

    Each end is one process's alone: when either dies, the other learns it from the pipe. Both ends of every pipe
    stay out of other children (PEP 446); the encoder is handed `theirs`.
    """

    def __init__(self, renditions: Iterable[RenditionId], tracks: int = 1) -> None:
        self._theirs: set[int] = set()
        self._ours: set[int] = set()
        pictures, self.pictures = self._inward()
        sounds = [self._inward() for _ in range(tracks)]
        self.sounds = tuple(writing for _, writing in sounds)
        self.outputs: dict[RenditionId, int] = {}
        outputs: dict[RenditionId, int] = {}
        for rendition in renditions:
            self.outputs[rendition], outputs[rendition] = self._outward()
        self.wiring = Wiring(pictures=pictures, sounds=tuple(reading for reading, _ in sounds), outputs=outputs)

    @property
    def theirs(self) -> tuple[int, ...]:
        """Ends that the encoder needs."""
        return tuple(sorted(self._theirs))

    def handed_over(self) -> None:
        """Close the encoder's ends here: it has its own by now, or will never have."""
        while self._theirs:
            os.close(self._theirs.pop())

    def close(self, end: int) -> None:
        """Close one of our ends; harmless when it is closed."""
        if end in self._ours:
            self._ours.discard(end)
            os.close(end)

    def close_all(self) -> None:
        """Close every end that is still open here."""
        self.handed_over()
        for end in tuple(self._ours):
            self.close(end)

    def _inward(self) -> tuple[int, int]:
        reading, writing = _pipe()
        self._theirs.add(reading)
        self._ours.add(writing)
        return reading, writing

    def _outward(self) -> tuple[int, int]:
        reading, writing = _pipe()
        self._theirs.add(writing)
        self._ours.add(reading)
        return reading, writing


def _pipe() -> tuple[int, int]:
    reading, writing = os.pipe()
    with suppress(OSError):  # the user's share of pipe memory is spent: the usual 64 KiB work too
        fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, _CAPACITY)
    return reading, writing
