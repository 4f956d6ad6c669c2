"""Whether an encoder can be put on air here: tried for real, with real processes."""

from pathlib import Path

import pytest

from flow.encoder_kind import HARDWARE, EncoderKind
from tests.transcode.card import BROKEN, card
from tests.transcode.steps import Children
from transcode.encoder_trial import refusal, try_encoder

NVENC = EncoderKind.NVENC
LONG = 60.0
"""Seconds: a busy machine is no reason to refuse here."""


@pytest.mark.line
def test_x264_keeps_to_the_grid_and_is_taken(ffmpeg: str) -> None:
    assert try_encoder(EncoderKind.X264, ffmpeg, Children(), LONG) == ""


@pytest.mark.line
def test_a_card_that_keeps_to_the_grid_is_taken(tmp_path: Path, ffmpeg: str) -> None:
    assert try_encoder(NVENC, card(tmp_path, ffmpeg), Children(), LONG) == ""


@pytest.mark.line
@pytest.mark.parametrize(("mode", "why"), [
    ("cuts", "there is a key picture in the middle of a segment"),
    ("once", "a segment does not begin with an IDR picture"),
])
def test_a_card_whose_pictures_lie_elsewhere_is_refused(tmp_path: Path, ffmpeg: str, mode: str, why: str) -> None:
    assert try_encoder(NVENC, card(tmp_path, ffmpeg, mode), Children(), LONG) == f"its trial failed: {why}"


def test_a_card_that_cannot_be_opened_is_refused_with_its_words(tmp_path: Path, ffmpeg: str) -> None:
    program = card(tmp_path, ffmpeg)
    (tmp_path / BROKEN).touch()
    why = try_encoder(NVENC, program, Children(), LONG)
    assert why == "its trial failed: OpenEncodeSessionEx failed: out of memory (10): (no details)"


def test_a_driver_that_hangs_is_ended(tmp_path: Path, ffmpeg: str) -> None:
    children = Children()
    why = try_encoder(NVENC, card(tmp_path, ffmpeg, "slow"), children, patience=0.2)
    assert why == "its trial did not end within 0.2 s"
    assert children.started[0].returncode is not None


@pytest.mark.line
@pytest.mark.parametrize("kind", HARDWARE)
def test_a_real_ffmpeg_without_its_device_says_so(kind: EncoderKind, ffmpeg: str) -> None:
    """On a machine that has one it is taken: both are what the trial is for."""
    why = try_encoder(kind, ffmpeg, Children(), LONG)
    assert not why or "or its driver is not installed" in why or why.startswith("its trial failed: ")


def test_an_ffmpeg_that_is_not_there_is_named() -> None:
    assert "/nowhere/ffmpeg" in try_encoder(NVENC, "/nowhere/ffmpeg", Children())


@pytest.mark.parametrize(("kind", "words", "why"), [
    (NVENC, "[fatal] Unknown encoder 'h264_nvenc'\n", "this FFmpeg was built without h264_nvenc"),
    (NVENC, "[h264_nvenc @ 0x5] [error] Cannot load libcuda.so.1\n[error] Error initializing output stream 0:0\n",
     "there is no NVIDIA card with an encoder, or its driver is not installed"),
    (EncoderKind.QSV, "[h264_qsv @ 0x5] [error] Error creating a MFX session: -9.\n[error] Task finished\n",
     "there is no Intel processor with Quick Sync Video, or its driver is not installed"),
    (EncoderKind.VAAPI, "[error] Device creation failed: -542398533.\n",
     "there is no card that VAAPI can use, or its driver is not installed"),
    (EncoderKind.VAAPI, "[AVHWDeviceContext @ 0x2] [error] No VA display found for any default device.\n",
     "there is no card that VAAPI can use, or its driver is not installed"),
    (EncoderKind.VAAPI, "[warning] /dev/dri/renderD128: Permission denied\n[error] Device creation failed: -13.\n",
     "its device may not be opened by this user; add it to the groups video and render"),
    (NVENC, "[warning] hm\n[h264_nvenc @ 0x5] [error] B frames as references are not supported\n[fatal] bye\n",
     "its trial failed: B frames as references are not supported"),
    (NVENC, "", "its trial failed: status 3"),
])
def test_what_ffmpeg_says_becomes_one_sentence(kind: EncoderKind, words: str, why: str) -> None:
    assert refusal(kind, words, 3) == why
