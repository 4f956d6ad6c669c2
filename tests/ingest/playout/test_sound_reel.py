"""The sound that waits."""

import numpy as np
import pytest

from flow.timebase import TICK
from ingest.playout.sound_reel import SoundReel


def _ticks(count: int) -> list[bytes]:
    rows = np.arange(count * TICK * 2, dtype="<u4").astype("<i2").reshape(count, -1)
    return [row.tobytes() for row in rows]


def _reel(count: int) -> SoundReel:
    reel = SoundReel()
    for tick in _ticks(count):
        reel.add(tick)
    return reel


def test_a_tick_is_given_as_it_came() -> None:
    reel, tick = SoundReel(), bytearray(TICK * 4)
    assert reel.add(tick) == 0
    assert reel.tick(0) is tick


def test_any_stretch_can_be_cut() -> None:
    whole = np.frombuffer(b"".join(_ticks(4)), "<i2").reshape(-1, 2)
    for start, count in ((0, TICK), (5, TICK), (TICK - 1, 2 * TICK + 2), (3 * TICK, TICK), (100, 3)):
        assert (_reel(4).cut(start, count) == whole[start:start + count]).all()


def test_where_nothing_is_kept_there_are_zeros() -> None:
    reel = _reel(3)
    reel.forget(1)
    assert not reel.cut(-7, TICK).any()
    cut = reel.cut(TICK - 10, 2 * TICK + 30)
    assert not cut[:10].any()
    assert not cut[-20:].any()
    assert (cut[10:-20] == _reel(3).cut(TICK, 2 * TICK)).all()


def test_what_is_forgotten_cannot_be_had() -> None:
    reel = _reel(3)
    reel.forget(2)
    assert (reel.first, reel.end, len(reel)) == (2, 3, 1)
    for number in (1, 3):
        with pytest.raises(IndexError):
            reel.tick(number)
