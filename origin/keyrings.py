"""The keyrings of a headend's encrypted channels, over one book and one thread that writes."""

import logging
from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path

from flow.errors import ToolError
from flow.ids import ChannelId
from flow.key_turns import UNIT, period_units
from flow.timebase import SCALE
from origin.disk_writer import DiskWriter
from origin.key_book import DamagedBookError, KeyBook
from origin.stored_keyring import StoredKeyring

_LOG = logging.getLogger(__name__)
_ROOM = 1  # jobs weigh nothing
_OLDEST = 24 * 3_600 * SCALE
"""Twice the longest window: no list of any channel, on air or not, reaches back so far."""
_EACH = 3_600 * SCALE


class Keyrings:
    """Every channel's keys (flow.keyring.Keys), opened when the channel is. For one event loop."""

    def __init__(self, path: Path, master: Callable[[], bytes], *, now: Callable[[], int]) -> None:
        """`master` gives the master key and `now` the present, in units since the epoch. Neither they nor the file
        are touched before a channel needs a key."""
        self._path = path
        self._master = master
        self._now = now
        self._book: KeyBook | None = None
        self._writer = DiskWriter(limit=_ROOM, idle=lambda: None)
        self._rings: dict[ChannelId, StoredKeyring] = {}
        self._tidied: int | None = None
        self._damage = ""

    def open(self, channel: ChannelId, seconds: int) -> StoredKeyring:
        """The keyring of a channel whose keys serve so many seconds; raises ToolError when there cannot be one."""
        if self._book is None:
            self._book = self._opened(self._master())
            self._writer.start()
        ring = StoredKeyring(channel, period_units(seconds), self._book, behind=self._writer.offer)
        self._rings[channel] = ring
        return ring

    def shown(self, channel: ChannelId, number: int, since: int = 0) -> bytes | None:
        """A key that a playlist names or will name soon; None for any other, known or not, and for one that serves
        nothing from `since` (Unix seconds) on."""
        ring = self._rings.get(channel)
        return ring.shown(number, since) if ring is not None else None

    def trouble(self, channel: ChannelId) -> str:
        """One sentence while no keys can be made for the channel, or when older ones are lost, else empty."""
        ring = self._rings.get(channel)
        return ring.trouble or self._damage if ring is not None else ""

    def _opened(self, master: bytes) -> KeyBook:
        """The book; a damaged one is put aside for a new one, since it would keep channels off air for good."""
        try:
            return KeyBook(self._path, master)
        except DamagedBookError as error:
            try:
                aside = _put_aside(self._path, self._now() // SCALE)
            except OSError as why:
                raise error from why
            self._damage = f"{self._path.name} was damaged, and is {aside.name} now: older media does not open"
            _LOG.error("%s (%s)", self._damage, error.detail)
            return KeyBook(self._path, master)

    def tick(self, wanted: Collection[ChannelId]) -> None:
        """Show keys of the channels in `wanted` alone from now on, all of those whose media somebody may have yet;
        call it often, once every channel is open.

        The keys of the others stay on the disk while they may go on with what they had, and then leave it.
        """
        if self._book is None:
            return
        for channel in self._rings.keys() - set(wanted):
            del self._rings[channel]
        now = self._now()
        if self._tidied is None or abs(now - self._tidied) >= _EACH:
            self._tidied = now
            self._writer.offer(partial(self._tidy, (now - _OLDEST) // UNIT, tuple(self._rings)))

    def _tidy(self, number: int, but: tuple[ChannelId, ...]) -> None:
        """In the thread that writes: a disk that takes nothing keeps no channel off air."""
        if self._book is not None:
            try:
                self._book.remove_before(number, but)
            except ToolError as error:
                _LOG.warning("keys of channels long off air are still there: %s", error)

    def stop(self, timeout: float = 5.0) -> None:
        """Do what waits, and let go of the file."""
        if self._book is not None:
            self._writer.stop(timeout)
            self._book.close()


def _put_aside(path: Path, second: int) -> Path:
    """Its journal goes first: it belongs to no other file."""
    aside = path.with_name(f"{path.name}.damaged-{second}")
    journal = path.with_name(f"{path.name}-journal")
    if journal.exists():
        journal.replace(journal.with_name(f"{aside.name}-journal"))
    return path.replace(aside)
