from dataclasses import replace

import pytest

from flow.profile import PROFILES, ProfileName
from packager.grid import (
    fits,
    index_of,
    live_segments,
    msn_of,
    part_limit,
    round_up,
    starts_segment,
    window_segments,
)
from tests.recorded.builder import EPOCH, channel_of, recorded_chunk

LOW = PROFILES[ProfileName.LOW]


def test_numbers_count_segments_from_the_epoch() -> None:
    assert msn_of(LOW, EPOCH) * LOW.segment == EPOCH
    assert [index_of(LOW, EPOCH + part * LOW.chunk) for part in range(4)] == [0, 1, 2, 0]
    assert round_up(LOW, EPOCH + 1) == EPOCH + LOW.segment
    assert starts_segment(LOW, EPOCH)
    assert not starts_segment(LOW, EPOCH + LOW.chunk)


@pytest.mark.parametrize(("profile", "segments", "limit"), [("low", 63, 4), ("ultra", 63, 9), ("classic", 32, 0)])
def test_memory_holds_two_minutes_and_the_part_limit_follows_the_part_target(
    profile: str, segments: int, limit: int,
) -> None:
    assert live_segments(PROFILES[ProfileName(profile)]) == segments
    assert window_segments(PROFILES[ProfileName(profile)], 120) == segments
    assert part_limit(PROFILES[ProfileName(profile)]) == limit


def test_a_window_of_twelve_hours_and_the_shortest_there_is() -> None:
    assert window_segments(LOW, 12 * 3600) == 22_500
    assert window_segments(LOW, 1) == 6


@pytest.mark.parametrize(
    "change", [
        {"start": EPOCH + 1}, {"start": 2**53 // LOW.chunk * LOW.chunk + LOW.chunk}, {"duration": LOW.chunk - 1},
        {"duration": 2 * LOW.chunk}, {"run": 0}, {"run": 10**15}, {"body": b""},
    ],
)
def test_a_chunk_off_the_grid_does_not_fit(change: dict[str, int]) -> None:
    channel = channel_of()
    chunk = recorded_chunk(channel, channel.renditions[0], EPOCH)
    assert fits(LOW, chunk)
    assert not fits(LOW, replace(chunk, **change))  # type: ignore[arg-type]
