"""One step of the programme clock."""

from flow.tick import SILENCE, SOUND_BYTES, Tick
from flow.timebase import TICK


def test_a_tick_starts_at_its_place_on_the_grid() -> None:
    assert Tick(index=48, pictures=(b"",), sounds=(SILENCE,)).start == 48 * TICK == 92_160


def test_silence_fills_a_tick() -> None:
    assert len(SILENCE) == SOUND_BYTES == 1_920 * 2 * 2
    assert not any(SILENCE)
