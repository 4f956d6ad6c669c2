"""Decodes what a viewer took, reads the marks, and makes the value out of it."""

import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from flow.timebase import AAC_FRAME, GOP, SCALE, TICK
from tests.faults.card import Luma, Mark, mark_of, picture
from tests.faults.hearing import beeps, silences
from tests.faults.seen import Heard, Seen, Shown, offsets_of, runs_of
from tests.faults.viewer import Reader, Taken, Viewer, fragments, inside

BASES = 10
"""Sources of one scenario are fewer."""
_BLACK = 24
_BLOCK = 20
_SAME, _MOST = 12.0, 0.8
"""The slate is where this share of blocks differs by fewer steps than that from the slate at the beginning."""
_DAMAGE = 40
"""Steps of brightness by which the mean of a block may differ from what was sent."""


class Looker:
    """Judges stretches of one channel. `width` and `height` are those of the rendition that is read."""

    def __init__(self, ffmpeg: str, width: int, height: int) -> None:
        self._ffmpeg = ffmpeg
        self._width = width
        self._height = height
        self._slate: NDArray[np.float64] | None = None

    def look(self, viewer: Viewer, begin: float, end: float, *, closely: bool = False, base: int = 0) -> Seen:
        """What was on air between two wall times; waits until it can be had. `closely` looks for damage.

        Sources count from `base`; those of another base are old.
        """
        viewer.await_media(end)
        first, last = round(begin * SCALE) // TICK * TICK, round(end * SCALE) // TICK * TICK
        pictures, sounds = inside(viewer.picture, begin, end), inside(viewer.sound, begin, end)
        shown = tuple(
            _based(tick, base) for tick in self._shown(viewer.picture, pictures, closely=closely)
            if first <= tick.at < last
        )
        heard, quiet = self._heard(viewer.sound, sounds)
        wanted = range(int(begin * SCALE) // GOP, int(end * SCALE) // GOP + 1)
        problems = [*viewer.picture.seen.problems, *viewer.sound.seen.problems]
        problems += [f"segment {msn} was never listed" for msn in set(wanted) - {taken.msn for taken in pictures}]
        return Seen(
            begin=first, ticks=len(shown),
            missing=(last - first) // TICK - len(shown) - _given_up(pictures, first, last),
            missing_sound=_holes(sounds),
            gaps=max(sum(taken.gap for taken in pictures), sum(taken.gap for taken in sounds)),
            discontinuities=sum(taken.discontinuity for taken in (*pictures, *sounds)),
            problems=tuple(problems), shown=shown, runs=runs_of(shown),
            offsets=tuple(one for one in offsets_of(shown, heard) if first <= one[0] < last),
            silences=tuple(one for one in quiet if first <= one[0] < last),
        )

    def learn_slate(self, viewer: Viewer, begin: float, end: float) -> None:
        """What was on air between two wall times is the slate: what resembles it later is one too."""
        viewer.await_media(end)
        raw = self._pictures(viewer.picture, inside(viewer.picture, begin, end))
        self._slate = _means(raw[-1].reshape(self._height, self._width))

    def _is_slate(self, luma: Luma) -> bool:
        """Its clock runs, and its words may change: most blocks are as they were."""
        if self._slate is None:
            return True
        return bool(np.mean(np.abs(_means(luma) - self._slate) < _SAME) > _MOST)

    def _shown(self, reader: Reader, taken: list[Taken], *, closely: bool) -> Iterator[Shown]:
        for stretch in _stretches(taken):
            planes = self._pictures(reader, stretch)
            places = _places(stretch)
            assert len(places) == len(planes), "other pictures came out than the fragments name"
            for at, plane in zip(places, planes, strict=True):
                yield self._tick(at, plane.reshape(self._height, self._width), closely=closely)

    def _tick(self, at: int, luma: Luma, *, closely: bool) -> Shown:
        mark = mark_of(luma)
        if mark is None:
            black = float(luma.mean()) < _BLACK
            return Shown(at=at, black=black, broken=not black and not self._is_slate(luma))
        damaged = closely and _differs(luma, picture(mark, self._width, self._height))
        return Shown(at=at, mark=mark, damaged=damaged)

    def _heard(self, reader: Reader, taken: list[Taken]) -> tuple[tuple[Heard, ...], tuple[tuple[int, int], ...]]:
        heard: list[Heard] = []
        quiet: list[tuple[int, int]] = []
        for stretch in _stretches(taken):
            raw = self._decoded(reader, stretch, "-f", "s16le", "-ac", "1", "-ar", str(SCALE))
            samples = np.frombuffer(raw, np.int16)
            start = next(fragments(stretch[0].body))[0]
            samples = samples[AAC_FRAME:]  # the first frame has nothing to lean on
            start += AAC_FRAME
            heard += [Heard(at=start + beep.sample, second=beep.second) for beep in beeps(samples)]
            quiet += [(start + at, length) for at, length in silences(samples, 0.1)]
        return tuple(heard), tuple(quiet)

    def _pictures(self, reader: Reader, taken: list[Taken]) -> NDArray[np.uint8]:
        """The luma of each picture, flat."""
        size = self._width * self._height
        raw = self._decoded(reader, taken, "-f", "rawvideo", "-pix_fmt", "yuv420p", "-fps_mode", "passthrough")
        return np.frombuffer(raw, np.uint8).reshape(-1, size * 3 // 2)[:, :size]

    def _decoded(self, reader: Reader, taken: list[Taken], *words: str) -> bytes:
        data = reader.inits[taken[0].init] + b"".join(one.body for one in taken)
        argv = [self._ffmpeg, "-nostdin", "-loglevel", "error", "-threads", "1", "-f", "mp4", "-i", "pipe:0"]
        return subprocess.run([*argv, *words, "-"], input=data, stdout=subprocess.PIPE, check=True).stdout


def _based(tick: Shown, base: int) -> Shown:
    if tick.mark is None:
        return tick
    if not 0 < tick.mark.source - base < BASES:
        return Shown(at=tick.at, old=True)
    return replace(tick, mark=Mark(tick.mark.source - base, tick.mark.millis))


def _stretches(taken: list[Taken]) -> Iterator[list[Taken]]:
    """Segments that one decoder can read on end: no gap between them, one init section."""
    now: list[Taken] = []
    for one in taken:
        if now and (one.gap or one.init != now[-1].init or one.msn != now[-1].msn + 1):
            yield now
            now = []
        if not one.gap:
            now.append(one)
    if now:
        yield now


def _places(taken: Iterable[Taken]) -> list[int]:
    """When each picture is shown; pictures come out of the decoder in that order."""
    places = []
    for one in taken:
        for start, duration, count in fragments(one.body):
            places += [start + place * duration // count for place in range(count)]
    return places


def _given_up(taken: list[Taken], first: int, last: int) -> int:
    """Ticks of a stretch that lie in segments with a GAP tag."""
    gaps = [(one.msn * GOP, (one.msn + 1) * GOP) for one in taken if one.gap]
    return sum(max(0, min(end, last) - max(begin, first)) for begin, end in gaps) // TICK


def _holes(taken: list[Taken]) -> int:
    """Units between fragments that follow each other, where there is no GAP tag, and overlaps too."""
    holes, at = 0, None
    for one in taken:
        if one.gap:
            at = None
            continue
        for start, duration, _ in fragments(one.body):
            holes += abs(start - at) if at is not None else 0
            at = start + duration
    return holes


def _differs(luma: Luma, wanted: Luma) -> bool:
    return bool(np.max(np.abs(_means(luma) - _means(wanted))) > _DAMAGE)


def _means(luma: NDArray[np.uint8]) -> NDArray[np.float64]:
    height, width = (side // _BLOCK * _BLOCK for side in luma.shape)
    blocks = luma[:height, :width].reshape(height // _BLOCK, _BLOCK, width // _BLOCK, _BLOCK)
    return np.asarray(blocks.mean(axis=(1, 3)))
