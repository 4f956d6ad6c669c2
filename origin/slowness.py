"""A disk that does not keep up: told while it is so, and when nothing is lost yet."""

BEHIND_NS = 3_000_000_000
"""For how long something may wait to be written; a healthy disk takes milliseconds."""
_CALM_NS = 5_000_000_000  # one that is just quick enough is still too slow
_SECOND = 1_000_000_000


class Slowness:
    """Asked now and then, with how long the oldest write has been waiting. Usable from one thread."""

    def __init__(self) -> None:
        self._since_ns: int | None = None
        self._last_ns = 0

    def sentence(self, behind_ns: int, now_ns: int) -> str:
        """What is wrong, since when and what to do, in one sentence; empty while the disk keeps up."""
        if behind_ns >= BEHIND_NS:
            self._last_ns = now_ns
            if self._since_ns is None:
                self._since_ns = now_ns - behind_ns
        elif self._since_ns is not None and now_ns - self._last_ns >= _CALM_NS:
            self._since_ns = None
        if self._since_ns is None:
            return ""
        return (
            f"disk too slow: {behind_ns // _SECOND} s behind, for {(now_ns - self._since_ns) // _SECOND} s now; "
            "a power cut would cost what waits: find what else uses this disk, or put the data on a faster one"
        )
