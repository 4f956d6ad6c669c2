"""The sound by which sites try their loudspeakers."""

import numpy as np

from flow.tick import SILENCE, SOUND_BYTES
from ingest.chime import Chime


def _heard(first: int, ticks: int) -> np.ndarray:
    chime = Chime()
    return np.frombuffer(b"".join(chime.sound(at) for at in range(first, first + ticks)), "<i2")[::2].astype(int)


def test_a_second_of_every_ten_sounds_and_the_rest_is_silence() -> None:
    chime = Chime()
    sounds = [chime.sound(at) != SILENCE for at in range(500)]
    assert sounds == ([True] * 25 + [False] * 225) * 2
    assert {len(chime.sound(at)) for at in range(250)} == {SOUND_BYTES}


def test_it_begins_and_ends_without_a_click() -> None:
    heard = _heard(245, 60)
    assert np.abs(np.diff(heard)).max() < 400
    assert abs(heard[0]) == abs(heard[-1]) == 0


def test_it_is_as_loud_as_speech_is_brought_to() -> None:
    """-23 LUFS: a sine of 1 kHz in both channels reads its peak in dBFS (EBU Tech 3341, case 1)."""
    middle = _heard(5, 10) / 32_768
    assert abs(20 * np.log10(np.abs(middle).max()) + 23) < 0.1
