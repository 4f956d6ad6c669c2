"""What a store could not write: counted, told, logged once a second at most."""

import errno
import logging
import threading
from collections.abc import Callable

_LOG_EVERY_NS = 1_000_000_000
_CALM_NS = 2_000_000_000  # a disk on the brink takes one write and refuses the next: no all-clear in between
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
"""Errors that mean that there is no room, and that taking something away helps."""


class Losses:
    """Counts what was lost since writing last went well. Usable from any thread.

    `what` names one lost thing ("segment"); `now_ns` is a clock that never steps.
    """

    def __init__(self, what: str, log: logging.Logger, now_ns: Callable[[], int]) -> None:
        self._what = what
        self._log = log
        self._now_ns = now_ns
        self._lock = threading.Lock()
        self._logged_ns: int | None = None
        self._lost_ns = 0
        self._why = ""
        self._lately = 0
        self._total = 0

    @property
    def total(self) -> int:
        """Writes lost since the start."""
        return self._total

    def lost(self, why: str) -> None:
        """Count one lost write; `why` is a few words ("disk full")."""
        with self._lock:
            self._lost_ns = now = self._now_ns()
            self._total += 1
            self._lately += 1
            self._why = why
            due = self._logged_ns is None or now - self._logged_ns >= _LOG_EVERY_NS
            if due:
                self._logged_ns = now
        if due:
            self._log.warning("%s (%d since the start)", self.sentence(), self._total)

    def well(self) -> None:
        """A write went well: the trouble is over when none was lost for a while."""
        with self._lock:
            over = self._lately if self._now_ns() - self._lost_ns >= _CALM_NS else 0
            if over:
                self._lately = 0
        if over:
            self._log.warning("the disk takes writes again; lost in between: %s", self._counted(over))

    def sentence(self) -> str:
        """The trouble in one sentence, empty while all is well."""
        with self._lock:
            return f"{self._why}: {self._counted(self._lately)} not kept" if self._lately else ""

    def _counted(self, count: int) -> str:
        return f"{count} {self._what}" if count == 1 else f"{count} {self._what}s"


def words_of(error: OSError) -> str:
    """A disk's error in a few words, without paths."""
    if error.errno in FULL:
        return "disk full"
    if error.errno == errno.EROFS:
        return "disk is read-only"
    return f"disk error ({errno.errorcode.get(error.errno or 0, type(error).__name__)})"
