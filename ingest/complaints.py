"""What goes wrong again and again, logged with its traceback once a second."""

import logging

from flow.clock import Clock
from ingest.sparing import Sparing

_log = logging.getLogger(__name__)


class Complaints:
    """Of one thread. `about` keeps apart what may go wrong side by side; there are few of them."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._known: dict[str, Sparing] = {}

    def add(self, about: str, sentence: str) -> None:
        """Log the exception that is being handled, unless that was done a moment ago."""
        known, times = self._known.get(about, Sparing()).after(self._clock.monotonic_ns())
        self._known[about] = known
        if times:
            _log.exception("%s (%d times since this was last said)", sentence, times)
