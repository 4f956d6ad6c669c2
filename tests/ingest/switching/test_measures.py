import math
from pathlib import Path

import numpy as np
import pytest

from flow.canvas import Canvas
from flow.rules import Rules
from flow.tick import SILENCE
from ingest.switching.measures import (
    THUMB_BYTES,
    apart,
    bright_share,
    level_dbfs,
    moved_share,
    sample_of,
    thumbnail,
)
from tests.ingest.media import FFMPEG, H264, make, picture
from tests.ingest.raw import pictures_of

LARGE = Canvas(width=1280, height=720)
SMALL = Canvas(width=426, height=240)
RULES = Rules()


def plain(luma: int, canvas: Canvas = LARGE) -> bytearray:
    made = bytearray([luma]) * (canvas.width * canvas.height)
    return made + bytes([128]) * (canvas.picture_bytes - len(made))


def test_a_sample_is_every_eighth_pixel_and_more_of_a_small_picture() -> None:
    whole = bytearray(LARGE.picture_bytes)
    whole[:LARGE.width * LARGE.height] = bytes(range(256)) * (LARGE.width * LARGE.height // 256)
    sample = sample_of(whole, LARGE)
    assert sample.shape == (90, 160)
    assert list(sample[0, :3]) == [0, 8, 16]
    assert sample_of(plain(16, SMALL), SMALL).shape == (40, 71)
    tiny = Canvas(width=32, height=18)
    assert sample_of(plain(16, tiny), tiny).shape == (18, 32)


def test_a_sample_does_not_change_with_its_picture() -> None:
    whole = plain(16)
    sample = sample_of(whole, LARGE)
    whole[:] = bytes(len(whole))
    assert int(sample.min()) == 16


def test_black_is_a_share_of_dark_pixels() -> None:
    """F-18: a line of white letters is enough not to be black."""
    assert bright_share(sample_of(plain(18), LARGE), RULES.dark) == 0
    letters = plain(16)
    letters[:LARGE.width * 8] = bytes([235]) * (LARGE.width * 8)
    assert bright_share(sample_of(letters, LARGE), RULES.dark) > RULES.bright_share


def test_noise_is_no_movement_and_a_mouth_is() -> None:
    """F-18."""
    before = sample_of(plain(100), LARGE)
    noise = np.random.default_rng(1).integers(-8, 8, before.shape)
    assert moved_share(before, (before + noise).astype(np.uint8), RULES.moved) == 0
    mouth = before.copy()
    mouth[40:50, 60:70] = 140
    assert moved_share(before, mouth, RULES.moved) == pytest.approx(100 / before.size)
    assert moved_share(mouth, before, RULES.moved) > RULES.moved_share


def test_sound_is_measured_against_full_scale() -> None:
    loud = (np.ones(3_840) * 32_767).astype("<i2").tobytes()
    assert level_dbfs(loud) == pytest.approx(0, abs=0.01)
    assert level_dbfs((np.ones(3_840) * 33).astype("<i2").tobytes()) == pytest.approx(-59.9, abs=0.1)
    assert level_dbfs(SILENCE) == level_dbfs(b"") == -math.inf


@pytest.mark.parametrize("canvas", [LARGE, SMALL, Canvas(width=32, height=18), Canvas(width=1920, height=1080)])
def test_a_thumbnail_is_the_mean_of_what_it_covers(canvas: Canvas) -> None:
    flat = thumbnail(sample_of(plain(77, canvas), canvas))
    assert len(flat) == THUMB_BYTES
    assert set(flat) == {77}


def test_thumbnails_are_compared_by_their_mean_difference() -> None:
    one = thumbnail(sample_of(plain(100), LARGE))
    assert apart(one, one) == 0
    assert apart(one, thumbnail(sample_of(plain(90), LARGE))) == 10


@pytest.mark.line
def test_a_lobby_still_sent_at_a_low_rate_stands_still_and_is_known_again(tmp_path: Path) -> None:
    """F-18: an encoder's noise and key pictures are no movement; another picture is another."""
    still = make(tmp_path / "still.png", "-f", "lavfi", "-i", "smptehdbars=s=1280x720", "-frames:v", "1")
    sent = make(
        tmp_path / "sent.ts", "-loop", "1", "-i", str(still), "-t", "3", "-vf", "noise=alls=4:allf=t", *H264,
        "-b:v", "300k", "-maxrate", "300k", "-bufsize", "300k",
    )
    samples = [sample_of(one, LARGE) for one in pictures_of(FFMPEG, sent, LARGE)][::5]
    assert len(samples) > 10
    assert max(moved_share(samples[0], one, RULES.moved) for one in samples) <= RULES.moved_share
    learned = thumbnail(samples[0])
    assert max(apart(learned, thumbnail(one)) for one in samples) <= RULES.lobby_level
    other = make(tmp_path / "other.ts", *picture("1280x720", seconds=0.2), *H264)
    for one in pictures_of(FFMPEG, other, LARGE):
        assert apart(learned, thumbnail(sample_of(one, LARGE))) > RULES.lobby_level
