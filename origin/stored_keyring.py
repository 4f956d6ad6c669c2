"""The keys of one channel: in memory what is in use and a stock for the time to come, in the book all of them."""

import logging
from bisect import bisect_right
from collections.abc import Callable, Sequence

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
_SILENT = "no new key has been kept for long: the disk does not answer"


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
        self._late: set[int] = set()
        self._cleared = 0
        self._keys = book.keys(channel)
        self._turns = KeyTurns(channel=channel, numbers=tuple(self._keys))
        self._shown = self._turns.numbers[0] if self._keys else 0
        self._made: dict[int, bytes] = {}
        self._asked = 0
        self._begun = self._busy = False
        self._failed = ("", "")
        self._refused = self._waiting = ""

    @property
    def trouble(self) -> str:
        """One sentence while no key can be kept, or none has been for long; else empty."""
        return self._refused or self._waiting

    @property
    def turns(self) -> KeyTurns:
        """Which keys there are."""
        return self._turns

    def key(self, number: int) -> bytes:
        """The key of that number, which is shown from now on; raises KeyError when there is none."""
        found = self._keys[number]
        self._shown = max(self._shown, number)
        return found

    def shown(self, number: int, since: int = 0) -> bytes | None:
        """The key for a viewer; None when there is none, when its turn is not near, and when it was over at
        `since` (Unix seconds)."""
        if number > self._shown or not self._keys or number < self._turns.at(since * SCALE):
            return None
        return self._keys.get(number)

    def leave_out(self, numbers: Sequence[int]) -> None:
        """Let go of keys that an earlier life made too late to be used."""
        if numbers:
            self._late.update(numbers)
            self._have({number: key for number, key in self._keys.items() if number not in numbers})

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
                self._busy = True  # first: the job may be done before `behind` is
                if self._behind(lambda: self._make(wanting)):
                    self._asked = now
                else:
                    self._busy = False
        self._watch(now)
        self._let_go(oldest)
        self._let_late_go(now)
        # What is listed counts as well: a worker's clock may be ahead, and its media is named all the same.
        self._shown = max(self._shown, self._turns.at(max(now, floor) + EARLY))

    def _wanting(self, floor: int, *, earliest: int, until: int) -> tuple[int, ...]:
        numbers = self._turns.numbers
        return due(numbers, period=self._period, floor=floor, earliest=earliest, until=until)

    def _watch(self, now: int) -> None:
        """A disk that hangs says nothing of itself: the keys that are left do."""
        left = self._turns.numbers[-1] * UNIT - now
        silent = left < STOCK // 2 and now >= self._asked + _AGAIN and not self._refused
        if silent and not self._waiting:
            _LOG.error("channel %s: %s; the last one begins in %d s", self._channel, _SILENT, left // SCALE)
        elif self._waiting and not silent:
            _LOG.warning("channel %s: the disk of the keys has answered", self._channel)
        self._waiting = _SILENT if silent else ""

    def _begin(self, now: int, floor: int) -> None:
        self._begun = True
        settled, stock = self._parted(max(now, floor) + EARLY)
        wanting = due(settled, period=self._period, floor=floor, earliest=now, until=now + STOCK)
        if set(wanting) - set(stock):
            self._make(wanting)
        if other := tuple(number for number in stock if number * UNIT % self._period):
            self._change_turns(other)
        if not self._keys and not self._made:
            self._begun = False
            raise ToolError(*self._failed)
        self._adopt(floor if self._keys else -1)

    def _parted(self, near: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The keys that may have been shown by now, and those that nobody has seen."""
        at = bisect_right(self._turns.numbers, near // UNIT)
        return self._turns.numbers[:at], self._turns.numbers[at:]

    def _change_turns(self, other: tuple[int, ...]) -> None:
        """Let go of keys of an earlier life whose keys served for another time, if there are new ones."""
        if not self._refused:
            self.leave_out(other)

    def _have(self, keys: dict[int, bytes]) -> None:
        self._keys = dict(sorted(keys.items()))
        self._turns = KeyTurns(channel=self._channel, numbers=tuple(self._keys))

    def _make(self, numbers: tuple[int, ...]) -> None:
        """In another thread, but for the first time."""
        try:
            self._made = self._book.make(self._channel, numbers)
            if self._refused:
                _LOG.warning("channel %s: keys can be kept again", self._channel)
            self._refused = ""
        except ToolError as error:
            self._failed = (error.tool, error.detail)
            if not self._refused:
                _LOG.error("channel %s: no new keys can be kept: %s", self._channel, error)
            self._refused = f"no new key can be kept: {error.detail}"
        finally:
            self._busy = False

    def _adopt(self, floor: int) -> None:
        """In the loop, which alone knows what is listed by now."""
        made, self._made = self._made, {}
        late = tuple(number for number in made if number * UNIT <= floor)
        for number in late:
            del made[number]
        self._late.update(late)
        if made:
            self._have({**self._keys, **made})

    def _let_go(self, oldest: int) -> None:
        done = self._turns.done_before(oldest)
        if done and self._behind(lambda: self._remove_up_to(done[-1])):
            self._have({number: key for number, key in self._keys.items() if number not in done})

    def _let_late_go(self, now: int) -> None:
        """Until the disk has let them go: in the next life they would be taken for keys in use."""
        if self._late and now >= self._cleared + _AGAIN:
            late = tuple(self._late)
            if self._behind(lambda: self._forget_late(late)):
                self._cleared = now

    def _forget_late(self, numbers: tuple[int, ...]) -> None:
        if self._remove(numbers):
            self._late.difference_update(numbers)

    def _remove_up_to(self, number: int) -> None:
        try:
            self._book.remove_up_to(self._channel, number)
        except ToolError as error:
            _LOG.warning("channel %s: old keys are still there: %s", self._channel, error)

    def _remove(self, numbers: tuple[int, ...]) -> bool:
        try:
            self._book.remove(self._channel, numbers)
        except ToolError as error:
            _LOG.warning("channel %s: keys without use are still there: %s", self._channel, error)
            return False
        return True
