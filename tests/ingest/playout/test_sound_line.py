import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow.errors import FeedError
from flow.tick import SILENCE, SOUND_BYTES
from ingest.playout.sound_frames import SoundFrame
from ingest.playout.sound_line import HOLE, OVERLAP, SoundLine

FRAME = 1_024


def _frame(millis: int, count: int = FRAME, fill: int = 1) -> SoundFrame:
    return SoundFrame(millis=millis, samples=bytes([fill]) * (count * 4))


def _laid(*frames: SoundFrame) -> bytes:
    line = SoundLine()
    ticks = [tick for frame in frames for tick in line.add(frame)]
    assert all(len(tick) == SOUND_BYTES for tick in ticks)
    return b"".join(ticks)


def test_frames_that_follow_each_other_are_joined_without_a_trace() -> None:
    """Timestamps are rounded to ms; their error must neither cut nor fill."""
    frames = [_frame(round(number * FRAME / 48), fill=number % 250 + 1) for number in range(1_000)]
    whole = b"".join(frame.samples for frame in frames)
    laid = _laid(*frames)
    assert laid == whole[:len(laid)]
    assert len(whole) - len(laid) < SOUND_BYTES


def test_sound_that_begins_late_has_silence_before_it() -> None:
    laid = _laid(_frame(400, 4_800))
    assert laid[:10 * SOUND_BYTES] == SILENCE * 10
    assert laid[10 * SOUND_BYTES:] == b"\x01" * (2 * SOUND_BYTES)


def test_a_hole_is_filled_to_the_sample() -> None:
    laid = _laid(_frame(0, 1_920), _frame(100, 960, fill=2), _frame(120, 1_920, fill=3))
    assert laid[:SOUND_BYTES] == b"\x01" * SOUND_BYTES
    assert laid[1_920 * 4:4_800 * 4] == bytes(2_880 * 4)
    assert laid[4_800 * 4:5_760 * 4] == b"\x02" * 3_840


def test_what_was_heard_already_is_cut() -> None:
    """F-11: a feed whose timestamps go back does not push the sound behind its picture."""
    first = _frame(0, 4 * 1_920)
    laid = _laid(first, _frame(40, 4 * 1_920, fill=2), _frame(0, 1_920, fill=3), _frame(200, 1_920, fill=4))
    assert laid == b"".join(bytes([fill]) * SOUND_BYTES for fill in (1, 1, 1, 1, 2, 4))


@pytest.mark.parametrize(("rate", "believed"), [(32_000, 48_000), (44_100, 48_000), (48_000, 44_100)])
def test_frames_timed_by_another_rate_are_joined_without_a_trace(rate: int, believed: int) -> None:
    """F-13: eight AAC frames in a packet; only the first one's time is right after the rate has changed."""
    length = FRAME * 48_000 // rate
    frames = [
        _frame(round(packet * 8 * length / 48 + place * FRAME * 1_000 / believed), length, fill=packet % 250 + 1)
        for packet in range(60) for place in range(8)
    ]
    whole = b"".join(frame.samples for frame in frames)
    laid = _laid(*frames)
    assert laid == whole[:len(laid)]
    assert len(whole) - len(laid) < SOUND_BYTES


@pytest.mark.parametrize("miss", [-90, -20, 20])
def test_a_small_miss_that_stays_is_put_right_within_two_seconds(miss: int) -> None:
    line = SoundLine()
    ticks = [tick for at in range(0, 400, 20) for tick in line.add(_frame(at, 960))]
    assert len(ticks) == 10
    ticks += [tick for at in range(400 + miss, 2_400 + miss, 20) for tick in line.add(_frame(at, 960, fill=2))]
    assert abs(len(ticks) * 40 - (2_400 + miss)) < 40
    assert sum(tick.count(0) for tick in ticks) == max(0, miss) * 48 * 4


def test_a_jump_of_hours_is_filled_tick_by_tick() -> None:
    line = SoundLine()
    ticks = line.add(_frame(10 * 3_600_000, 1_920))
    assert [len(next(ticks)) for _ in range(100)] == [SOUND_BYTES] * 100


def test_a_time_beyond_reason_is_refused() -> None:
    """T-09: a forged one would be filled with silence for ever."""
    with pytest.raises(FeedError, match="leap"):
        next(SoundLine().add(_frame(10**15, 1_920)))


def test_half_a_sample_at_the_end_of_a_frame_is_left_out() -> None:
    half = SoundFrame(millis=0, samples=bytes(SOUND_BYTES + 3))
    assert _laid(half, _frame(40, 1_920)) == SILENCE + b"\x01" * SOUND_BYTES


@given(st.lists(st.tuples(st.integers(0, 3_000), st.integers(1, 4_000)), max_size=30))
def test_whatever_the_timestamps_sound_is_never_far_from_its_place(frames: list[tuple[int, int]]) -> None:
    line, given_out, end = SoundLine(), 0, 0
    for millis, count in frames:
        given_out += sum(len(tick) for tick in line.add(_frame(millis, count))) // 4
        after = millis * 48 + count
        assert after - HOLE - SOUND_BYTES // 4 < given_out <= max(end, after + OVERLAP)
        end = given_out + SOUND_BYTES // 4
