import dataclasses

import pytest

from flow.ids import RenditionId
from flow.ladder import Ladder, sound_id
from flow.profile import PROFILES, ProfileName
from flow.timebase import GOP
from transcode.command import Wiring, encoder_argv, look_ahead, trial_argv
from transcode.presets import load_ladder

LADDER = load_ladder("conference-720")
LOW = PROFILES[ProfileName.LOW]
START = 934_000_000 * GOP


def _names(ladder: Ladder) -> tuple[RenditionId, ...]:
    return (*(rung.id for rung in ladder.video), *(group.id for group in ladder.sounds))


FDS = {name: 20 + index for index, name in enumerate(_names(LADDER))}
WIRING = Wiring(pictures=10, sounds=(11,), outputs=FDS)


def argv_for(profile: ProfileName = ProfileName.LOW, ladder: Ladder = LADDER) -> list[str]:
    wiring = Wiring(pictures=10, sounds=(11,), outputs=dict.fromkeys(_names(ladder), 30) | FDS)
    return encoder_argv("/usr/bin/ffmpeg", ladder, PROFILES[profile], START - START % (2 * GOP), wiring)


def output(argv: list[str], rendition: str) -> dict[str, str]:
    """Options of the output of one rendition."""
    end = argv.index(f"pipe:{FDS[RenditionId(rendition)]}")
    begin = max(at for at, word in enumerate(argv[:end]) if word == "-map")
    return dict(zip(argv[begin:end:2], argv[begin + 1 : end : 2], strict=True))


def inputs(argv: list[str]) -> list[dict[str, str]]:
    found = []
    begin = argv.index("-filter_complex_threads") + 2
    while "-i" in argv[begin:]:
        end = argv.index("-i", begin) + 2
        found.append(dict(zip(argv[begin:end:2], argv[begin + 1 : end : 2], strict=True)))
        begin = end
    return found


def test_pictures_and_sound_come_in_raw_and_unprobed() -> None:
    by_pipe = {options["-i"]: options for options in inputs(argv_for())}
    pictures, sound = by_pipe["pipe:10"], by_pipe["pipe:11"]
    assert (pictures["-f"], pictures["-video_size"], pictures["-pixel_format"], pictures["-framerate"]) == (
        "rawvideo", "1280x720", "yuv420p", "25",
    )
    assert (sound["-f"], sound["-ar"], sound["-ch_layout"]) == ("s16le", "48000", "stereo")
    for options in by_pipe.values():
        assert (options["-probesize"], options["-analyzeduration"]) == ("32", "0")
        assert "-fflags" not in options


def test_global_options_come_first_and_nothing_is_read_from_the_terminal() -> None:
    argv = argv_for()
    assert argv[0] == "/usr/bin/ffmpeg"
    front = argv[: argv.index("-f")]
    assert {"-nostdin", "-nostats"} < set(front)
    assert front[front.index("-loglevel") + 1] == "level+warning"


def test_each_rendition_has_its_own_pipe() -> None:
    argv = argv_for()
    assert sorted(word for word in argv if word.startswith("pipe:")) == sorted(
        f"pipe:{fd}" for fd in (10, 11, *FDS.values())
    )


def test_each_sound_track_is_encoded_alike_from_a_pipe_of_its_own() -> None:
    tiny = load_ladder("tiny")
    names = (*_names(tiny), sound_id(1))
    wiring = Wiring(pictures=3, sounds=(4, 5), outputs={name: 6 + at for at, name in enumerate(names)})
    argv = encoder_argv("ffmpeg", tiny, LOW, START, wiring)
    first, second = argv.index("pipe:7"), argv.index("pipe:8")
    one, other = argv[argv.index("pipe:6") + 1:first], argv[first + 1:second]
    assert (one[:2], other[:2]) == (["-map", "1:a"], ["-map", "2:a"])
    assert one[2:] == other[2:]
    assert [word for word in argv if word.startswith("pipe:")][:3] == ["pipe:3", "pipe:4", "pipe:5"]


def test_a_track_is_encoded_once_for_each_group_from_one_pipe() -> None:
    argv = argv_for()
    names = {"audio": "96000", "audio-48k": "48000"}
    assert {name: output(argv, name)["-b:a"] for name in names} == names
    rich, lean = (output(argv, name) for name in names)
    assert rich["-map"] == lean["-map"]
    assert {word for word in rich if rich[word] != lean[word]} == {"-b:a"}


def test_the_canvas_itself_is_not_scaled() -> None:
    graph = argv_for()[argv_for().index("-filter_complex") + 1]
    assert graph.count("scale=") == 2
    assert "split=4" in graph
    assert "scale=960:540" in graph
    assert "scale=640:360" in graph
    assert graph.count("setsar=1") == 2


def test_a_single_rendition_needs_no_filter() -> None:
    tiny = load_ladder("tiny")
    wiring = Wiring(pictures=3, sounds=(4,), outputs={name: 5 + at for at, name in enumerate(_names(tiny))})
    argv = encoder_argv("ffmpeg", tiny, LOW, START, wiring)
    assert "-filter_complex" not in argv
    assert sum(word == "-map" for word in argv) == 2


@pytest.mark.parametrize("rendition", ["v720", "v720-lean", "v540", "v360"])
def test_key_pictures_come_each_gop_and_nowhere_else(rendition: str) -> None:
    options = output(argv_for(), rendition)
    assert (options["-g"], options["-keyint_min"], options["-sc_threshold"]) == ("48", "48", "0")
    assert options["-force_key_frames"] == "expr:eq(mod(n,48),0)"
    assert options["-forced-idr"] == "1"
    assert options["-flags"] == "+cgop"
    assert options["-fps_mode"] == "passthrough"


@pytest.mark.parametrize("profile", list(ProfileName))
def test_the_gop_is_the_same_in_every_profile(profile: ProfileName) -> None:
    assert output(argv_for(profile), "v720")["-g"] == "48"


def test_at_fifty_frames_a_gop_has_96_pictures() -> None:
    canvas = dataclasses.replace(LADDER.canvas, fps=50)
    video = tuple(dataclasses.replace(rung, fps=50) for rung in LADDER.video)
    options = output(argv_for(ladder=dataclasses.replace(LADDER, canvas=canvas, video=video)), "v360")
    assert (options["-g"], options["-keyint_min"]) == ("96", "96")


def test_quality_is_held_and_the_rate_is_capped() -> None:
    rung, options = LADDER.video[0], output(argv_for(), "v720")
    assert (options["-crf"], options["-bufsize"]) == (str(rung.crf), str(rung.bufsize))
    assert int(options["-maxrate"]) == rung.refill


def test_a_ladders_strengths_reach_the_encoder() -> None:
    rung = LADDER.video[0]
    own = output(argv_for(), "v720")["-x264-params"].split(":")
    assert {f"aq-strength={rung.aq:g}", f"psy-rd={rung.psy:g},0"} <= set(own)


def test_the_encoder_holds_back_less_than_600_ms_in_profile_low() -> None:
    options = output(argv_for(), "v720")
    # one picture for each thread after the first, and one that ends the fragment
    pictures = int(options["-rc-lookahead"]) + int(options["-threads"]) - 1 + 1
    assert pictures * 40 <= 600
    assert "sync-lookahead=0" in options["-x264-params"].split(":")
    assert options["-bf"] == "2"


def test_ultra_looks_less_far_ahead_than_low() -> None:
    assert look_ahead(PROFILES[ProfileName.ULTRA]) < look_ahead(LOW) <= 12


@pytest.mark.parametrize(("profile", "length"), [("classic", "640000"), ("low", "640000"), ("ultra", "320000")])
def test_fragments_are_as_long_as_the_profiles_chunks(profile: str, length: str) -> None:
    for rendition in FDS:
        options = output(argv_for(ProfileName(profile)), rendition)
        assert options["-frag_duration"] == length
        assert options["-movflags"] == "+cmaf+frag_keyframe+frag_discont+skip_trailer"
        assert options["-f"] == "mp4"
        assert options["-video_track_timescale"] == "48000"


def test_pictures_begin_at_the_start_and_sound_one_frame_later() -> None:
    argv = encoder_argv("ffmpeg", LADDER, LOW, START, WIRING)
    assert output(argv, "v720")["-output_ts_offset"] == "1793280000.000000"
    assert output(argv, "audio")["-output_ts_offset"] == "1793280000.021333"


def test_sound_is_aac_lc_stereo_at_48_khz() -> None:
    options = output(argv_for(), "audio")
    assert (options["-c:a"], options["-profile:a"], options["-ar"], options["-ac"], options["-b:a"]) == (
        "aac", "aac_low", "48000", "2", "96000",
    )


def test_a_start_within_a_segment_is_refused() -> None:
    with pytest.raises(ValueError, match="no segment does"):
        encoder_argv("ffmpeg", LADDER, PROFILES[ProfileName.CLASSIC], 935_000_001 * GOP, WIRING)


def test_a_trial_encodes_the_same_way_and_keeps_nothing() -> None:
    argv = trial_argv("ffmpeg", LADDER, LOW, 2)
    assert argv[:2] == ["ffmpeg", "-y"]
    assert argv.count("/dev/null") == 6
    assert argv.count("libx264") == 4
    assert not [word for word in argv if word.startswith("pipe:")]
    assert any("size=1280x720:rate=25:duration=2" in word for word in argv)
