"""Sound moved against the count of ticks, to the sample."""

import numpy as np
import pytest

from flow.timebase import TICK
from ingest.playout.trim import Trim


def _sound(number: int) -> bytes:
    samples = np.arange(number * TICK, (number + 1) * TICK, dtype="<i2") + 1
    return np.repeat(samples, 2).tobytes()


def _heard(shift: int, ticks: int = 6) -> tuple[list[int], "np.ndarray[tuple[int], np.dtype[np.int16]]"]:
    """How many ticks came out for each that went in, and the left samples of all."""
    trim = Trim(shift)
    made = [trim.ticks(_sound(number)) for number in range(ticks)]
    whole = b"".join(bytes(tick) for some in made for tick in some)
    return [len(some) for some in made], np.frombuffer(whole, "<i2")[::2]


def test_nothing_is_touched_without_a_shift() -> None:
    sound = bytearray(_sound(0))
    assert Trim().ticks(sound)[0] is sound


def test_later_sound_begins_with_silence_of_that_length() -> None:
    counts, heard = _heard(2_400)
    assert counts == [2, 1, 1, 1, 1, 1]
    assert not heard[:2_400].any()
    assert list(heard[2_400:2_403]) == [1, 2, 3]
    assert list(np.unique(np.diff(heard[2_400:]))) == [1]


def test_earlier_sound_leaves_out_so_much_of_its_beginning() -> None:
    counts, heard = _heard(-2_400)
    assert counts == [0, 0, 1, 1, 1, 1]
    assert heard[0] == 2_401
    assert list(np.unique(np.diff(heard))) == [1]


@pytest.mark.parametrize("shift", [TICK, -TICK, 1, -1, 50 * TICK])
def test_after_the_beginning_each_tick_makes_one(shift: int) -> None:
    counts, _ = _heard(shift)
    assert set(counts[3:]) == {1}
