"""A running channel keeps every rule, in each profile, as fragments, as transport streams and as pictures."""

from pathlib import Path

import pytest

from flow.profile import ProfileName
from flow.track import VIETNAMESE, Track
from tests.conformance import demuxers
from tests.conformance.opening import opened
from tests.conformance.scenes import eventful
from tests.conformance.suite import judge


@pytest.mark.parametrize("profile", list(ProfileName))
async def test_a_channel_keeps_every_rule(profile: ProfileName, tmp_path: Path) -> None:
    """F-15, F-19."""
    recording = await eventful(profile)
    assert judge(recording) == {}
    assert all(recording.reloads.values())
    assert len(recording.galleries) > 1
    assert demuxers.strict_parser(recording, tmp_path / "texts") == []
    assert demuxers.ffmpeg(recording, tmp_path / "media") == []


@pytest.mark.parametrize("profile", list(ProfileName))
async def test_a_channel_with_captions_keeps_every_rule(profile: ProfileName, tmp_path: Path) -> None:
    """F-01, F-14: their playlist goes on in step, over what is lost and over the wrap of their clock."""
    recording = await eventful(profile, captions=True)
    assert "captions" in recording.reloads
    assert judge(recording) == {}
    assert demuxers.strict_parser(recording, tmp_path / "texts") == []


@pytest.mark.parametrize("profile", list(ProfileName))
async def test_an_encrypted_channel_keeps_every_rule(profile: ProfileName, tmp_path: Path) -> None:
    """T-16: pictures, sound, captions and transport streams, over turns of the key and another init section."""
    recording = await eventful(profile, captions=True, key_period_s=12, window_s=40)
    assert len(recording.keys) >= 3
    assert judge(recording) == {}
    assert demuxers.strict_parser(recording, tmp_path / "texts") == []
    assert demuxers.ffmpeg(opened(recording), tmp_path / "media") == []


async def test_a_channel_with_hevc_keeps_every_rule(tmp_path: Path) -> None:
    """T-16: it has lists, first pictures and keys as others have, and old boxes hear nothing of it."""
    recording = await eventful(ProfileName.LOW, hevc=True, key_period_s=12, window_s=40)
    assert {"v0-hevc", "iframes-v0-hevc", "ts-v0"} <= set(recording.reloads)
    assert "ts-v0-hevc" not in recording.reloads
    assert judge(recording) == {}
    assert demuxers.strict_parser(recording, tmp_path / "texts") == []
    assert demuxers.ffmpeg(opened(recording), tmp_path / "media") == []


@pytest.mark.parametrize("profile", [ProfileName.LOW, ProfileName.ULTRA])
async def test_two_workers_with_all_that_a_channel_may_have_keep_every_rule(
    profile: ProfileName, tmp_path: Path,
) -> None:
    """F-01, T-16: encrypted, with captions and two sounds; the listed worker dies inside of a segment."""
    recording = await eventful(
        profile, captions=True, key_period_s=12, window_s=40, workers=2,
        tracks=(VIETNAMESE, Track(language="en", name="English")),
    )
    assert judge(recording) == {}
    assert {"audio", "audio-2", "captions", "iframes-v0", "ts-v0"} <= set(recording.reloads)
    parts = [one for _, answer in recording.playlists for one in answer.playlist.segments if not one.gap]
    assert any(part.gap for one in parts for part in one.parts)  # and the whole is the other worker's
    assert demuxers.strict_parser(recording, tmp_path / "texts") == []
    assert demuxers.ffmpeg(opened(recording), tmp_path / "media") == []
