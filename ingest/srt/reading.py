"""What comes out of an SRT front's pipe, without what it gives up at its end."""

import os
from collections.abc import Callable
from select import select
from time import monotonic

SILENT = 1.0
"""Seconds without a byte after which viewers see the slate."""
LAST = 1.5
"""Seconds within which a front that gives up what it held is gone: closing its socket takes it one of them."""
GOES_ON = 0.03
"""Seconds after which more says that the sender goes on: what a front gives up comes all at once."""
_AT_ONCE = 1 << 16


class Reading:
    """Reads a front's pipe to its end.

    A front whose caller has died ends seconds later, and its muxer gives up the picture that it was holding: that
    is older than the slate, and would come up behind it (F-05). So what comes first after a silence waits for what
    comes next: when that is the end, it is left out.
    """

    def __init__(
        self, pipe: int, *, clock: Callable[[], float] = monotonic,
        comes: Callable[[int, float], bool] = lambda pipe, seconds: bool(select([pipe], [], [], seconds)[0]),
    ) -> None:
        """`comes` waits so many seconds until the pipe has bytes, or its end."""
        self._pipe = pipe
        self._clock = clock
        self._comes = comes

    def next(self) -> bytes:
        """The next bytes; none at the end."""
        asked = self._clock()
        data = os.read(self._pipe, _AT_ONCE)
        if not data or self._clock() - asked < SILENT:
            return data
        first = self._clock()
        while (left := first + LAST - self._clock()) > 0 and self._comes(self._pipe, left):
            more = os.read(self._pipe, _AT_ONCE)
            if not more:
                return b""
            data += more
            if self._clock() - first >= GOES_ON:
                break
        return data
