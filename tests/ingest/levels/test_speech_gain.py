"""How a voice is raised and lowered."""

import pytest

from ingest.levels.speech_gain import RANGE, SpeechGain

TARGET = -23.0


def _energy(loudness: float) -> float:
    return float(10 ** ((loudness + 0.691) / 10))


def _talk(gain: SpeechGain, ticks: int, loudness: float, *, steady: bool = False) -> list[float]:
    """Gains, tick by tick, while somebody talks as loud as that; one tick in five is a gap between words."""
    whole = _energy(loudness)
    return [
        gain.after(whole if steady else whole * (0.1 if at % 5 == 0 else 1.225), whole) for at in range(ticks)
    ]


@pytest.mark.parametrize(("loudness", "wanted"), [(-35, 12), (-23, 0), (-10, -13), (-45, 15), (-2, -15)])
def test_within_ten_seconds_of_speech_it_is_at_the_target_as_far_as_the_range_goes(
    loudness: float, wanted: float,
) -> None:
    assert _talk(SpeechGain(TARGET), 250, loudness)[-1] == pytest.approx(wanted, abs=1)
    assert RANGE == 15


def test_it_falls_by_3_db_a_second_and_rises_by_1_once_the_feed_was_heard() -> None:
    gain = SpeechGain(TARGET)
    _talk(gain, 250, TARGET)
    down = _talk(gain, 250, -8)
    assert min(after - before for before, after in zip(down[:-25], down[25:], strict=True)) > -3.01
    up = _talk(gain, 400, -17)
    assert max(after - before for before, after in zip(up[:-25], up[25:], strict=True)) < 1.01
    assert up[-1] == pytest.approx(-6, abs=1)


@pytest.mark.parametrize("pause", [-90.0, -52.0, -36.0])
def test_in_a_pause_it_is_held_whatever_the_room_sounds_like(pause: float) -> None:
    gain = SpeechGain(TARGET)
    before = _talk(gain, 500, -25)[-1]
    assert set(_talk(gain, 125, pause)) == {before}


def test_for_a_steady_noise_it_is_held_however_long_it_lasts() -> None:
    gain = SpeechGain(TARGET)
    before = _talk(gain, 500, -20)[-1]
    assert set(_talk(gain, 5_000, -45, steady=True)) == {before}
    assert set(_talk(SpeechGain(TARGET), 500, -45, steady=True)) == {0.0}


def test_another_speaker_who_is_far_quieter_is_followed_in_the_end() -> None:
    gain = SpeechGain(TARGET)
    _talk(gain, 500, -10)
    quiet = _talk(gain, 1_500, -35)
    assert quiet[250] == quiet[0]
    assert quiet[-1] == pytest.approx(12, abs=1)
