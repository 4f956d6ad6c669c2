"""HEVC beside AVC: which renditions there are, and what x265 is told."""

import pytest

from flow.encoder_kind import EncoderKind
from flow.ladder import VideoCodec
from flow.profile import PROFILES, ProfileName
from flow.timebase import GOP
from transcode.command import Wiring, encoder_argv
from transcode.hevc import hevc_options, with_hevc
from transcode.presets import ladder_names, load_ladder

LADDER = with_hevc(load_ladder("conference-720"))
LOW = PROFILES[ProfileName.LOW]


def options(kind: EncoderKind = EncoderKind.X264) -> tuple[list[str], dict[str, str]]:
    """The argument list, and the options of the lean HEVC rendition alone."""
    names = (*(rung.id for rung in LADDER.video), *(group.id for group in LADDER.sounds))
    fds = {name: 20 + at for at, name in enumerate(names)}
    wiring = Wiring(pictures=10, sounds=(11,), outputs=fds)
    argv = encoder_argv("ffmpeg", LADDER, LOW, 934_000_000 * GOP, wiring, kind)
    end = argv.index(f"pipe:{fds[LADDER.hevc[1].id]}")
    begin = max(at for at, word in enumerate(argv[:end]) if word == "-map")
    return argv, dict(zip(argv[begin:end:2], argv[begin + 1 : end : 2], strict=True))


@pytest.mark.parametrize("name", ladder_names())
def test_each_picture_gets_another_of_its_size_and_ceiling_behind_all_of_avc(name: str) -> None:
    before, after = load_ladder(name), load_ladder(name, hevc=True)
    assert after == with_hevc(before)
    assert after.video[: len(before.video)] == before.video == after.avc
    for avc, hevc in zip(after.avc, after.hevc, strict=True):
        assert hevc.id == f"{avc.id}-hevc"
        assert hevc.codec is VideoCodec.HEVC
        assert (hevc.width, hevc.height, hevc.fps) == (avc.width, avc.height, avc.fps)
        assert hevc.crf == avc.crf + (3 if avc.maxrate < 1_000_000 else 0)
        assert (hevc.maxrate, after.sound_of(hevc)) == (avc.maxrate, after.sound_of(avc))


def test_x265_keeps_to_the_same_grid() -> None:
    _, said = options()
    assert (said["-c:v"], said["-tag:v"], said["-g"], said["-forced-idr"]) == ("libx265", "hvc1", "48", "1")
    assert said["-force_key_frames"] == "expr:eq(mod(n,48),0)"
    own = said["-x265-params"].split(":")
    assert {"keyint=48", "min-keyint=48", "scenecut=0", "open-gop=0", "b-pyramid=0", "info=0"} <= set(own)
    assert "rc-lookahead=12" in own


def test_where_delay_counts_x265_looks_ahead_less_for_what_it_holds_back_besides() -> None:
    said = hevc_options(LADDER.hevc[1], look_ahead=6, threads=1)
    assert "rc-lookahead=3" in said["x265-params"].split(":")


def test_x265_has_the_ceiling_and_buffer_of_its_rung() -> None:
    rung, (_, said) = LADDER.hevc[1], options()
    assert (said["-maxrate"], said["-bufsize"], said["-crf"]) == (
        str(rung.refill), str(rung.bufsize), str(rung.crf),
    )


def test_x265_spends_its_bits_as_was_measured_to_be_best() -> None:
    _, said = options()
    assert said["-preset"] == "veryfast"
    own = set(said["-x265-params"].split(":"))
    assert {"rdoq-level=2", "sao=0", "early-skip=0", "psy-rd=0", "psy-rdoq=0"} <= own


def test_beside_a_card_hevc_stays_with_the_cores() -> None:
    argv, said = options(EncoderKind.VAAPI)
    assert said["-c:v"] == "libx265"
    assert argv.count("h264_vaapi") == argv.count("libx265") == 4
    assert argv[argv.index("-filter_complex") + 1].count("hwupload") == 4
