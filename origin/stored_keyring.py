"""The keys of one channel: in memory what is in use and a stock for the time to come, in the book all of them."""

import logging
from collections.abc import Callable

from flow.errors import ToolError
from flow.ids import ChannelId
from flow.key_turns import UNIT, KeyTurns, due
from flow.timebase import SCALE
from origin.disk_writer import Job
from origin.key_book import KeyBook

_LOG = logging.getLogger(__name__)

STOCK = 3_600 * SCALE
"""So far ahead keys are made, in units: a disk that takes nothing for an hour changes nothing."""
EARLY = 30 * SCALE
"""So long before its turn a key is shown, in units; no longer, since who has a key needs no leave any more."""
_AGAIN = 5 * SCALE


class StoredKeyring:
    """A `flow.keyring.Keyring` for one event loop; `behind` does a job in another thread, or says that it cannot.

    `period` is how long a key serves, in units. The first `provide` writes at once, all others behind.
    """

    def __init__(
        self, channel: ChannelId, period: int, book: KeyBook, *, behind: Callable[[Job], bool],
    ) -> None:
        self._channel = channel
        self._period = period
        self._book = book
        self._behind = behind
        self._keys = book.keys(channel)
        self._turns = KeyTurns(channel=channel, numbers=tuple(self._keys))
        self._shown = self._turns.numbers[0] if self._keys else 0
        self._made: dict[int, bytes] = {}
        self._asked = 0
        self._begun = self._busy = False
        self._failed = ("", "")
        self.trouble = ""

    @property
    def turns(self) -> KeyTurns:
        """Which keys there are."""
        return self._turns

    def key(self, number: int) -> bytes:
        """The key of that number, which is shown from now on; raises KeyError when there is none."""
        found = self._keys[number]
        self._shown = max(self._shown, number)
        return found

    def shown(self, number: int) -> bytes | None:
        """The key for a viewer; None when there is none or its turn is not near."""
        return self._keys.get(number) if number <= self._shown else None

    def provide(self, *, now: int, floor: int, oldest: int) -> None:
        """Adopt what was made, have made what is wanting, let go of what has had its turn.

        Raises ToolError when there is no key at all and none can be kept.
        """
        self._adopt(floor)
        if not self._begun:
            self._begin(now, floor)
        elif not self._busy and now >= self._asked + _AGAIN:
            # A whole period ahead: what is late because the disk is slow finds its place still untouched.
            wanting = self._wanting(floor, earliest=now + self._period, until=now + STOCK)
            if wanting:
                self._asked = now
                self._busy = True  # first: the job may be done before `behind` is
                if not self._behind(lambda: self._make(wanting)):
                    self._busy = False
        self._let_go(oldest)
        # What is listed counts as well: a worker's clock may be ahead, and its media is named all the same.
        self._shown = max(self._shown, self._turns.at(max(now, floor) + EARLY))

    def _wanting(self, floor: int, *, earliest: int, until: int) -> tuple[int, ...]:
        numbers = self._turns.numbers
        return due(numbers, period=self._period, floor=floor, earliest=earliest, until=until)

    def _begin(self, now: int, floor: int) -> None:
        self._begun = True
        wanting = self._wanting(floor, earliest=now, until=now + STOCK)
        if wanting:
            self._make(wanting)
        if not self._keys and not self._made:
            self._begun = False
            raise ToolError(*self._failed)
        self._adopt(floor if self._keys else -1)

    def _make(self, numbers: tuple[int, ...]) -> None:
        """In another thread, but for the first time."""
        try:
            self._made = self._book.make(self._channel, numbers)
            if self.trouble:
                _LOG.warning("channel %s: keys can be kept again", self._channel)
            self.trouble = ""
        except ToolError as error:
            self._failed = (error.tool, error.detail)
            if not self.trouble:
                _LOG.error("channel %s: no new keys can be kept: %s", self._channel, error)
            self.trouble = f"no new key can be kept: {error.detail}"
        finally:
            self._busy = False

    def _adopt(self, floor: int) -> None:
        """In the loop, which alone knows what is listed by now."""
        made, self._made = self._made, {}
        late = tuple(number for number in made if number * UNIT <= floor)
        for number in late:
            del made[number]
        if late:
            self._behind(lambda: self._remove(late))
        if made:
            self._keys = {**self._keys, **made}
            self._turns = KeyTurns(channel=self._channel, numbers=tuple(self._keys))

    def _let_go(self, oldest: int) -> None:
        done = self._turns.done_before(oldest)
        if done and self._behind(lambda: self._remove(done)):
            self._keys = {number: key for number, key in self._keys.items() if number not in done}
            self._turns = KeyTurns(channel=self._channel, numbers=tuple(self._keys))

    def _remove(self, numbers: tuple[int, ...]) -> None:
        try:
            self._book.remove(self._channel, numbers)
        except ToolError as error:
            _LOG.warning("channel %s: old keys are still there: %s", self._channel, error)
