"""What encoders of hardware are told: values alone, and that FFmpeg knows each word of it."""

import subprocess
from itertools import takewhile

import pytest

from flow.encoder_kind import HARDWARE, EncoderKind
from flow.profile import PROFILES, ProfileName
from flow.timebase import GOP
from tests.transcode.test_command import WIRING, output
from transcode.command import encoder_argv
from transcode.hardware import NAMES, hardware_options
from transcode.presets import load_ladder

LADDER = load_ladder("conference-720")
GENERIC = {"c:v", "bf", "b:v", "maxrate", "bufsize"}
"""Options that FFmpeg has for every encoder."""


def argv_for(kind: EncoderKind) -> list[str]:
    return encoder_argv("ffmpeg", LADDER, PROFILES[ProfileName.LOW], 934_000_000 * GOP, WIRING, kind)


@pytest.mark.parametrize("kind", HARDWARE)
@pytest.mark.parametrize("rung", LADDER.video, ids=lambda rung: str(rung.id))
def test_every_kind_has_the_gop_ceiling_and_buffer_of_x264(kind: EncoderKind, rung: object) -> None:
    options, x264 = (output(argv_for(one), rung.id) for one in (kind, EncoderKind.X264))  # type: ignore[attr-defined]
    assert options["-c:v"] == NAMES[kind]
    for key in ("-g", "-flags", "-force_key_frames", "-fps_mode", "-bf", "-maxrate", "-bufsize", "-movflags",
                "-frag_duration", "-output_ts_offset", "-video_track_timescale"):
        assert options[key] == x264[key]
    assert int(options["-b:v"]) < int(options["-maxrate"])


@pytest.mark.parametrize(("kind", "words"), [
    (EncoderKind.NVENC, {"-forced-idr": "1", "-no-scenecut": "1", "-b_ref_mode": "disabled"}),
    (EncoderKind.QSV, {"-forced_idr": "1", "-idr_interval": "0", "-adaptive_i": "0", "-b_strategy": "0"}),
    (EncoderKind.VAAPI, {"-idr_interval": "0", "-b_depth": "1"}),
])
def test_key_pictures_are_idr_and_b_pictures_are_no_references(kind: EncoderKind, words: dict[str, str]) -> None:
    assert words.items() <= output(argv_for(kind), "v720").items()


def test_pictures_reach_each_encoder_as_it_takes_them() -> None:
    graphs = {kind: argv_for(kind)[argv_for(kind).index("-filter_complex") + 1] for kind in EncoderKind}
    assert "setparams" not in graphs[EncoderKind.X264]
    assert [graphs[kind].count("colorspace=bt709") for kind in HARDWARE] == [4, 4, 4]
    assert [graphs[kind].count("format=nv12") for kind in HARDWARE] == [0, 4, 4]
    assert [graphs[kind].count("hwupload") for kind in HARDWARE] == [0, 0, 4]


def test_vaapis_device_is_opened_before_all_else() -> None:
    argv = argv_for(EncoderKind.VAAPI)
    assert argv.index("-init_hw_device") < argv.index("-i")
    assert all("-init_hw_device" not in argv_for(kind) for kind in EncoderKind if kind is not EncoderKind.VAAPI)


@pytest.mark.parametrize("kind", HARDWARE)
def test_ffmpeg_knows_every_option_and_value(kind: EncoderKind, ffmpeg: str) -> None:
    """Without the card nobody would notice before it is needed."""
    said = subprocess.run(
        [ffmpeg, "-hide_banner", "-h", f"encoder={NAMES[kind]}"], capture_output=True, text=True, check=False,
    ).stdout.splitlines()
    if not any(line.startswith("Encoder ") for line in said):
        pytest.skip(f"this FFmpeg has no {NAMES[kind]}")
    for key, value in hardware_options(LADDER.video[0], kind).items():
        if key in GENERIC:
            continue
        at = next(at for at, line in enumerate(said) if line.startswith(f"  -{key.removesuffix(':v')} "))
        named = [line.split()[0] for line in takewhile(lambda line: line.startswith("     "), said[at + 1:])]
        assert isinstance(value, int) or value in named
