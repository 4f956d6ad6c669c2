"""One feed's speech, brought to the channel's loudness; FFmpeg's `ebur128` is the judge."""

import math

import numpy as np
import pytest

from flow.tick import SILENCE, SOUND_BYTES
from flow.timebase import SCALE, TICK
from ingest.levels.leveller import Leveller
from tests.ingest.speech import Wave, both, metered, noise, speech, ticks, tone, wave_of, whole

SECOND = SCALE // TICK


def _levelled(wave: Wave, target: float | None = -23.0) -> tuple[Wave, list[float]]:
    """What comes out, and the gain after each tick."""
    leveller, out, gains = Leveller(target), [], []
    for tick in ticks(wave):
        out.append(bytes(leveller.process(tick)))
        gains.append(leveller.loudness.gain_db)
    return wave_of(out), gains


@pytest.mark.parametrize("loudness", [-35, -23, -10])
def test_after_ten_seconds_speech_is_at_the_target(loudness: float) -> None:
    out, _ = _levelled(speech(16, loudness))
    assert metered(out[10 * SCALE:])[0] == pytest.approx(-23, abs=1)


@pytest.mark.parametrize("room", [0, 8], ids=["silent", "a quiet room"])
def test_in_pauses_of_five_seconds_nothing_moves(room: float) -> None:
    pause = noise(5, room)
    _, gains = _levelled(np.concatenate((speech(14, -33), pause, speech(4, -33), pause, speech(4, -33))))
    for start in (14, 23):
        held = gains[round((start + 0.5) * SECOND):(start + 5) * SECOND]
        assert max(held) == min(held)
    assert max(gains[12 * SECOND:]) - min(gains[12 * SECOND:]) < 1.5


TIME = np.arange(4 * SCALE)
RANDOM = np.random.default_rng(7)


@pytest.mark.parametrize("wave", [
    tone(12_000, 4, 46_000, math.pi / 4), tone(17_000, 4, 32_767), noise(4, 30_000),
    whole(both(RANDOM.choice([-1.0, 1.0], len(TIME)) * 32_767)),
    whole(both((RANDOM.random(len(TIME)) < 0.002) * 32_767)),
    tone(12_000, 4, 32_767, math.pi / 4) * (TIME // 2_400 % 7 == 0)[:, None],
], ids=["between samples", "high", "noise", "bits", "clicks", "bursts"])
def test_the_true_peak_stays_under_minus_one(wave: Wave) -> None:
    """With a target so high that the limiter is all that holds it."""
    out, _ = _levelled(wave, -5.0)
    assert metered(out)[1] <= -1.0


def test_silence_stays_silence_to_the_bit_and_sound_before_it_comes_out_whole() -> None:
    leveller = Leveller()
    assert leveller.process(SILENCE) is SILENCE
    leveller.process(next(ticks(noise(1, 500))))
    tail = bytes(leveller.process(SILENCE))
    assert tail[:240 * 4] != bytes(240 * 4)
    assert tail[240 * 4:] == bytes(SOUND_BYTES - 240 * 4)
    assert {bytes(leveller.process(SILENCE)) for _ in range(100)} == {SILENCE}
    assert leveller.loudness.momentary is None


def test_without_a_target_the_sound_is_passed_on_and_measured() -> None:
    leveller = Leveller(None)
    for tick in ticks(tone(1_000, 4, 3_277)):
        assert leveller.process(tick) is tick
    look = leveller.loudness
    assert look.short_term == pytest.approx(-20, abs=0.1)
    assert (look.gain_db, look.limited_db, look.delay_ms) == (0, 0, 0)


def test_the_delay_is_five_ms_always() -> None:
    leveller = Leveller()
    wave = speech(1, -23)
    out = wave_of([bytes(leveller.process(tick)) for tick in ticks(wave)])
    assert (out[240:2_400] == wave[:2_160]).all()
    assert leveller.loudness.delay_ms == 5


def test_when_the_feed_stops_what_was_held_back_is_never_heard() -> None:
    leveller = Leveller()
    for tick in ticks(noise(1, 3_000)):
        leveller.process(tick)
    leveller.rest()
    assert not bytes(leveller.process(SILENCE)).strip(b"\0")


def test_another_loudness_is_reached_from_where_the_last_one_was() -> None:
    leveller = Leveller(-23.0)
    spoken = list(ticks(speech(32, -30)))
    for tick in spoken[:16 * SECOND]:
        leveller.process(tick)
    leveller.aim(-18.0)
    out = wave_of([bytes(leveller.process(tick)) for tick in spoken[16 * SECOND:]])
    assert metered(out[10 * SCALE:])[0] == pytest.approx(-18, abs=1)


def test_levelling_is_switched_off_and_on_without_a_click() -> None:
    leveller, out = Leveller(-23.0), []
    for number, tick in enumerate(ticks(tone(400, 12, 1_500))):
        match number:
            case 150:
                leveller.aim(None)
            case 200:
                leveller.aim(-23.0)
            case _:
                pass
        out.append(bytes(leveller.process(tick)))
    heard = wave_of(out)[:, 0].astype(float)
    steps = np.abs(np.diff(heard[2 * TICK:], 2))
    # A sine's second difference is its own value, small and known: a step would stand out of it.
    assert steps.max() < np.abs(heard).max() * (2 * np.pi * 400 / SCALE) ** 2 * 3 + 3
    middle = wave_of(out[160:195])[:, 0]
    assert np.abs(middle).max() == pytest.approx(1_500, abs=2)
