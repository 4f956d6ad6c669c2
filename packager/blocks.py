"""The rows of a playlist's past as ready sheets, so that they are rendered and compressed once.

Rows of one time are the same in every rendition of a channel, unless something was lost in one of them: a
segment's name and its init section's do not say which rendition it is. So one pile serves them all.
"""

from collections.abc import Iterator

from flow.key_turns import KeyTurns
from flow.profile import Profile
from packager.page import Sheet
from packager.past import Past
from packager.rows import lines_of

LENGTH = 128
"""Segments in a block; blocks begin at multiples of it, on every headend alike."""

_Key = tuple[int, Past, int, bool]


class Blocks:
    """The blocks of one channel. A cache and nothing more: what it gives depends on what it is asked alone."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._kept: dict[_Key, Sheet] = {}
        self._ready = 0

    def __len__(self) -> int:
        return len(self._kept)

    def sheets(self, past: Past, *, text: bool = False, keys: KeyTurns | None = None) -> Iterator[Sheet]:
        """The rows of a list that begins with `past`; `text` says that they are captions, `keys` what they are
        encrypted with: never another key for what is listed once."""
        map_run = 0
        for first in range(past.first // LENGTH * LENGTH, past.end, LENGTH):
            rows = past.between(max(first, past.first), min(first + LENGTH, past.end))
            yield self._sheet((first, rows, map_run, text), keys)
            map_run = rows.spans[-1].map_run

    def warm(self, past: Past, *, keys: KeyTurns | None = None) -> None:
        """Render one more block of what has settled, so that nobody who asks waits for all of them at once."""
        first = max(self._ready, past.first // LENGTH * LENGTH + LENGTH)
        before = past.find(first - 1)
        if before is not None and first + LENGTH <= past.end:
            self._sheet((first, past.between(first, first + LENGTH), before.map_run, False), keys)
            self._ready = first + LENGTH

    def forget_before(self, msn: int) -> None:
        """Let go of what no list reaches back to."""
        for key in [key for key in self._kept if key[0] + LENGTH <= msn]:
            del self._kept[key]

    def _sheet(self, key: _Key, keys: KeyTurns | None) -> Sheet:
        _, rows, map_run, text = key
        sheet = self._kept.get(key)
        if sheet is None:
            lines = lines_of(self._profile, rows.rows(), map_run=map_run, text=text, keys=keys)
            sheet = Sheet.of("".join([f"{line}\n" for line in lines]))
            if len(rows) == LENGTH and map_run:  # at either end of a list a block is another one each time
                self._kept[key] = sheet
        return sheet
