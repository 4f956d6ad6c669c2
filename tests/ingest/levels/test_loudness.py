"""Loudness, held against FFmpeg's own meter."""

import math

import numpy as np
import pytest

from ingest.levels.leveller import Leveller
from ingest.levels.loudness import LoudnessMeter, lufs
from tests.ingest.speech import Wave, metered, noise, speech, ticks, tone

LEFT = noise(6, 3_000) * np.array([1, 0])


@pytest.mark.parametrize("wave", [
    tone(1_000, 6, 3_277), tone(60, 6, 10_000), noise(6, 2_000), LEFT, speech(8, -30),
    np.concatenate((speech(8, -20), speech(8, -45), np.zeros((96_000, 2)))),
], ids=["tone", "hum", "noise", "left", "speech", "gated"])
def test_integrated_loudness_is_that_of_ebur128(wave: Wave) -> None:
    leveller = Leveller(None)
    for tick in ticks(wave):
        leveller.process(tick)
    assert leveller.loudness.integrated == pytest.approx(metered(wave)[0], abs=0.15)


def _meter(*spans: tuple[int, float]) -> LoudnessMeter:
    """Fed with so many halves of a tick of each energy."""
    meter = LoudnessMeter()
    for count, energy in spans:
        for _ in range(count):
            meter.add(energy)
    return meter


def test_momentary_spans_400_ms_and_short_term_three_seconds() -> None:
    meter = _meter((200, 0.0), (10, 1.0))
    assert meter.momentary == pytest.approx(10 / 20)
    assert meter.short_term == pytest.approx(10 / 150)


def test_silence_and_what_is_ten_lu_down_do_not_count_in_the_whole() -> None:
    assert _meter((500, 0.01), (500, 0.0), (500, 0.0005)).integrated == pytest.approx(0.01, rel=0.05)


def test_before_anything_was_heard_there_is_no_loudness() -> None:
    assert LoudnessMeter().integrated == 0
    assert _meter((1_000, 0.0)).integrated == 0
    assert lufs(0) == -math.inf


def test_hours_take_no_more_memory_than_a_minute() -> None:
    meter = _meter((5_000, 0.01))
    assert (len(meter._energies), len(meter._counts)) == (150, 850)
