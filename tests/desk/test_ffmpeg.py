"""Which FFmpeg fits is read from its own listings."""

from pathlib import Path

import pytest

from desk.ffmpeg import bundled, examine, find_ffmpeg, read_capabilities
from flow.errors import OperatorError

ENCODERS = " V....D libx264              libx264 H.264\n A....D aac                  AAC (Advanced Audio Coding)\n"
MUXERS = "  E mov             QuickTime / MOV\n  E mp4             MP4 (MPEG-4 Part 14)\n"
PROTOCOLS = "Input:\n  file\n  srt\n"
DEBIAN = "ffmpeg version 5.1.9-0+deb12u1 Copyright (c) 2000-2025 the FFmpeg developers\n"
DEVELOPMENT = "ffmpeg version N-121000-gabcdef Copyright (c) 2000-2026\nlibavutil      60. 12.100 / 60. 12.100\n"


@pytest.mark.parametrize(("version", "shown"), [
    (DEBIAN, "5.1.9-0+deb12u1"), (DEVELOPMENT, "N-121000-gabcdef"), ("ffmpeg version n9.0.2-3 x\n", "n9.0.2-3"),
])
def test_one_with_everything_fits(version: str, shown: str) -> None:
    found = read_capabilities("/f", version, ENCODERS, MUXERS, PROTOCOLS)
    assert found.fits
    assert found.srt
    assert found.version == shown


@pytest.mark.parametrize(("version", "encoders", "muxers", "lack"), [
    ("ffmpeg version 5.0.3 x\n", ENCODERS, MUXERS, "version 5.1"),
    ("ffmpeg version 4.4 x\nlibavutil 56. 70\n", ENCODERS, MUXERS, "version 5.1"),
    ("something else", ENCODERS, MUXERS, "version 5.1"),
    (DEBIAN, ENCODERS.replace("libx264 ", "libx265 "), MUXERS, "libx264"),
    (DEBIAN, ENCODERS.replace(" aac ", " mp2 "), MUXERS, "aac"),
    (DEBIAN, ENCODERS, "  D mp4 \n", "mp4"),
])
def test_one_that_lacks_something_says_what(version: str, encoders: str, muxers: str, lack: str) -> None:
    assert read_capabilities("/f", version, encoders, muxers, "").lacks == (lack,)


def test_without_srt_it_still_fits() -> None:
    found = read_capabilities("/f", DEBIAN, ENCODERS, MUXERS, "Input:\n  file\n")
    assert found.fits
    assert not found.srt


def test_what_is_no_program_lacks_everything(tmp_path: Path) -> None:
    assert not examine(str(tmp_path / "nothing")).fits


def test_the_bundled_one_fits() -> None:
    path = bundled()
    assert path is not None
    assert examine(path).fits


def test_one_that_was_chosen_must_fit(tmp_path: Path) -> None:
    wrong = tmp_path / "ffmpeg"
    wrong.write_text("#!/bin/sh\necho ffmpeg version 4.4\n")
    wrong.chmod(0o700)
    with pytest.raises(OperatorError, match=r"does not fit \(version 5.1"):
        find_ffmpeg(str(wrong))
    with pytest.raises(OperatorError, match="it is not there"):
        find_ffmpeg(str(tmp_path / "nowhere"))


def test_a_systems_one_that_does_not_fit_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    wrong = tmp_path / "ffmpeg"
    wrong.write_text("#!/bin/sh\necho ffmpeg version 4.4\n")
    wrong.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    assert find_ffmpeg().path == bundled()


def test_without_any_the_way_out_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("desk.ffmpeg.bundled", lambda: None)
    with pytest.raises(OperatorError, match="XACAST_FFMPEG"):
        find_ffmpeg()
