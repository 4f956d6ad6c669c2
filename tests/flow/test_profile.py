"""Profiles keep to the clock grid's table."""

import pytest

from flow.profile import PROFILES, ProfileName
from flow.timebase import AAC_FRAME, GOP, TICK


@pytest.mark.parametrize(("name", "parts", "target"), [
    (ProfileName.CLASSIC, 6, 4), (ProfileName.LOW, 3, 2), (ProfileName.ULTRA, 6, 2),
])
def test_segments_hold_whole_chunks(name: ProfileName, parts: int, target: int) -> None:
    profile = PROFILES[name]
    assert profile.segment % profile.chunk == 0
    assert profile.chunks_per_segment == parts
    assert profile.target_duration == target
    assert profile.name is name


@pytest.mark.parametrize("name", list(ProfileName))
def test_chunks_hold_whole_pictures_and_whole_sound_frames(name: ProfileName) -> None:
    profile = PROFILES[name]
    assert profile.chunk % TICK == 0
    assert profile.chunk % AAC_FRAME == 0
    assert profile.segment % GOP == 0
