from array import array

import numpy as np

from flow.tick import SOUND_BYTES
from ingest.testcard.tone import BEEP_MS, Tone, beeping


def _second(tone: Tone, first: int = 0) -> np.ndarray:
    whole = b"".join(tone.sound(first + place) for place in range(25))
    return np.frombuffer(whole, "<i2").reshape(-1, 2)


def test_each_tick_has_its_1920_stereo_samples() -> None:
    assert {len(Tone().sound(index)) for index in range(60)} == {SOUND_BYTES}


def test_the_beep_begins_on_the_second_and_lasts_a_tenth() -> None:
    heard = np.abs(_second(Tone(), 25 * 1_795_314_127)[:, 0]) > 0
    assert heard[:4_800].mean() > 0.9
    assert not heard[4_800:].any()
    assert BEEP_MS == 100


def test_it_is_1_kilohertz_alike_on_both_sides_and_far_from_clipping() -> None:
    samples = _second(Tone())
    spectrum = np.abs(np.fft.rfft(samples[:, 0].astype(float)))
    assert int(spectrum.argmax()) == 1_000
    assert (samples[:, 0] == samples[:, 1]).all()
    assert np.abs(samples).max() < 10_000


def test_it_fades_in_and_out_without_a_click() -> None:
    samples = array("h", _second(Tone())[:4_800, 0].tobytes())
    assert abs(samples[0]) < 100
    assert abs(samples[-1]) < 100


def test_the_patch_on_the_card_is_white_while_it_sounds() -> None:
    sounding = [beeping(millis) for millis in (0, 99, 100, 999, 1_000, 1_099)]
    assert sounding == [True, True, False, False, True, True]
