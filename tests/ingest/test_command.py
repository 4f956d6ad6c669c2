import sys
from dataclasses import replace
from pathlib import Path

import pytest

from flow.canvas import Canvas
from flow.feed import Feed, FeedKind
from ingest.command import Wiring, decoder_argv, front_argv, look_argv, probe_argv, text_argv
from ingest.kinds import feed_of
from ingest.pictures.sheet import Sheet

CANVAS = Canvas(width=1280, height=720)
WIRING = Wiring(pictures=5, sounds={1: 6}, media=(7,))
NETWORK = ["srt://h:9000", "rtmp://h/live/key", "rtsp://h/x", "udp://@239.1.2.3:1234"]


def _argv(address: str, canvas: Canvas = CANVAS, wiring: Wiring = WIRING) -> list[str]:
    return decoder_argv("ffmpeg", feed_of(address), Sheet(canvas), "Hội nghị", wiring)


def _file() -> list[str]:
    feed = Feed(address="/srv/-họp|x.mp4", kind=FeedKind.FILE, shown="")
    return decoder_argv("ffmpeg", feed, Sheet(CANVAS), "", WIRING)


def _hls(*media: int) -> list[str]:
    return _argv("https://h/x.m3u8?token=geheim", wiring=Wiring(pictures=5, sounds={1: 6}, media=media))


def _after(argv: list[str], option: str) -> list[str]:
    return [argv[at + 1] for at, word in enumerate(argv) if word == option]


@pytest.mark.parametrize("address", [*NETWORK, "https://h/x.m3u8"])
def test_what_comes_from_the_network_comes_by_pipe_and_leads_nowhere(address: str) -> None:
    """T-07, T-11."""
    argv = _argv(address)
    assert _after(argv, "-i")[0] == "pipe:7"
    assert _after(argv, "-protocol_whitelist") == ["pipe,fd"]
    assert not any("://" in word for word in argv)


@pytest.mark.parametrize(("address", "form"), [("srt://h:9000?passphrase=geheim12345", "mpegts"),
                                               ("rtsp://u:geheim@h/x", "nut")])
def test_a_front_copies_what_its_standard_input_names(address: str, form: str) -> None:
    """T-05, T-07, T-11."""
    argv = front_argv("ffmpeg", feed_of(address), 9)
    assert _after(argv, "-i") == ["pipe:0"]
    assert not any("geheim" in word or "://" in word for word in argv)
    assert _after(argv, "-c") + _after(argv, "-codec") == ["copy"]
    assert argv[-1] == "pipe:9"
    assert _after(argv, "-f") == ["concat", form]
    allowed = _after(argv, "-protocol_whitelist")[0].split(",")
    assert not {"file", "http", "https", "concat", "crypto", "data", "subfile"} & set(allowed)
    assert "-format_whitelist" in argv


def test_a_front_writes_a_clock_that_goes_back_as_one_that_came_to_its_end() -> None:
    """F-11: FFmpeg would let the stream stand still for as long as the leap was far."""
    assert "8589934592*ceil" in _after(front_argv("ffmpeg", feed_of("srt://h:9000"), 9), "-bsf")[0]
    assert "-bsf" not in front_argv("ffmpeg", feed_of("rtsp://h/x"), 9)


def test_a_front_picks_the_programme_of_a_multiplex() -> None:
    argv = front_argv("ffmpeg", feed_of("srt://h:9000?program=1203"), 9)
    assert _after(argv, "-map") == ["0:p:1203"]
    argv = _argv("udp://239.1.2.3:5000?program=1203")
    assert "p:1203:V:0" in " ".join(_after(argv, "-map"))


def test_a_file_wanted_once_is_not_begun_again(tmp_path: Path) -> None:
    film = tmp_path / "a.mp4"
    film.touch()
    assert "-stream_loop" in _argv(str(film))
    assert "-stream_loop" not in _argv(f"once:{film}")


def test_a_still_picture_is_scaled_once_and_its_name_is_no_pattern(tmp_path: Path) -> None:
    """T-05."""
    picture, music = tmp_path / "họp%03d.png", tmp_path / "a.m4a"
    picture.touch()
    music.touch()
    argv = _argv(f"still:{picture}?sound={music}")
    assert _after(argv, "-pattern_type") == ["none"]
    assert {f"file:{picture}", f"file:{music}"} < set(_after(argv, "-i"))
    filters = _after(argv, "-vf")[0].split(",")
    assert filters.index("format=yuv420p") < filters.index("loop=loop=-1:size=1")
    assert filters[-1] == "realtime"


def test_a_file_cannot_lead_to_the_network_and_its_name_is_no_option() -> None:
    """T-05, T-07."""
    argv = _file()
    assert _after(argv, "-protocol_whitelist") == ["file"]
    assert "file:/srv/-họp|x.mp4" in argv
    front = argv[:argv.index("-i")]
    assert "-re" in front
    assert _after(front, "-stream_loop") == ["-1"]


def test_sound_that_comes_apart_is_taken_from_its_own_pipe() -> None:
    argv = _hls(7, 8)
    inputs = _after(argv, "-i")
    maps = _after(argv, "-map")
    assert f"{inputs.index('pipe:7')}:V:0" in maps
    assert f"{inputs.index('pipe:8')}:a:0?" in maps


@pytest.mark.parametrize("canvas", [CANVAS, Canvas(width=426, height=240, fps=50)], ids=["25", "50"])
def test_pictures_are_conformed_to_the_canvas(canvas: Canvas) -> None:
    argv = _argv("srt://h:9000", canvas)
    filters = _after(argv, "-vf")[0]
    size = f"pad={canvas.width}:{canvas.height}"
    for wanted in (f"fps={canvas.fps}", size, "yadif=deint=interlaced", "setsar=1"):
        assert wanted in filters
    assert _after(argv, "-r") == [str(canvas.fps)]
    assert "pipe:5" in argv


def test_sound_is_48_khz_stereo_with_timestamps_behind_a_blank() -> None:
    argv = _argv("srt://h:9000")
    back = argv[argv.index("pipe:5"):]
    assert (_after(back, "-ar"), _after(back, "-ac"), _after(back, "-f")) == (["48000"], ["2"], ["matroska"])
    blank = _after(argv, "-i").index("anullsrc=r=48000:cl=stereo:d=0.01")
    assert _after(back, "-map") == [f"{blank}:a:0", f"{1 - blank}:a:0?"]
    assert back[-1] == "pipe:6"


def test_levels_are_printed_and_nothing_reads_the_terminal() -> None:
    argv = _argv("srt://h:9000")
    assert argv[0] == "ffmpeg"
    assert "-nostdin" in argv
    assert _after(argv, "-loglevel") == ["level+verbose"]


def test_the_test_card_is_a_process_of_our_own() -> None:
    argv = _argv("testcard:")
    assert argv[:4] == [sys.executable, "-P", "-m", "ingest.testcard.main"]
    assert "--title=Hội nghị" in argv  # a title may begin with a dash (T-05)
    assert _after(argv, "--picture-fd") == ["5"]


def test_a_probe_decodes_for_a_while_and_keeps_nothing() -> None:
    argv = probe_argv("ffmpeg", feed_of("srt://h:9000"), WIRING, 1)
    assert _after(argv, "-t") == ["1"]
    assert _after(argv, "-f") == ["mpegts", "null"]
    assert _after(argv, "-map") == ["0:V:0?", "0:a:0?"]


@pytest.mark.parametrize("address", [*NETWORK, "https://h/x.m3u8", __file__])
def test_no_decoder_takes_a_picture_beyond_2160p(address: str) -> None:
    """T-06: the 36,864 macroblocks of 16 by 16 that level 5.1 allows a picture (ITU-T H.264, table A-1)."""
    assert set(_after(probe_argv("ffmpeg", feed_of(address), WIRING, 1), "-max_pixels")) == {str(36_864 * 256)}
    assert 3_840 * 2_160 < 36_864 * 256 == 4_096 * 2_304


def test_each_pipe_has_its_container_forced_and_a_file_only_containers_of_media() -> None:
    """T-07: a playlist under another name leads nowhere."""
    wanted = {
        "srt://h:9000": "mpegts", "udp://10.0.0.9:9000": "mpegts", "rtmp://h/live/key": "live_flv",
        "rtsp://h/x": "nut",
    }
    for address, container in wanted.items():
        argv = probe_argv("ffmpeg", feed_of(address), WIRING, 1)
        assert _after(argv, "-f")[0] == container
    argv = probe_argv("ffmpeg", feed_of(__file__), WIRING, 1)
    allowed = _after(argv, "-format_whitelist")[0].split(",")
    assert not {"hls", "dash", "concat", "applehttp", "sdp"} & set(allowed)


def test_each_sound_has_an_output_of_its_own_and_a_missing_one_is_no_error() -> None:
    """An output waits for all of its streams: an interpretation that never begins must not hold up any other."""
    argv = _argv("srt://h:9000", wiring=Wiring(pictures=5, sounds={2: 6, 1: 8}, media=(7,)))
    assert _after(argv, "-map") == ["0:V:0", "1:a:0", "0:a:1?", "1:a:0", "0:a:0?"]
    outputs = [word for word in argv if word.startswith("pipe:")]
    assert outputs == ["pipe:7", "pipe:5", "pipe:6", "pipe:8"]


def test_sounds_are_counted_within_the_wanted_programme() -> None:
    argv = _argv("udp://239.1.2.3:1234?program=101", wiring=Wiring(pictures=5, sounds={1: 6, 2: 8}, media=(7,)))
    assert [word for word in _after(argv, "-map") if "a:" in word and word[0] == "0"] == [
        "0:p:101:a:0?", "0:p:101:a:1?",
    ]


def test_hls_sounds_that_come_apart_are_mapped_each_from_its_own_bytes() -> None:
    feed = replace(feed_of("https://h/x.m3u8"), sounds=(2, 1))
    wiring = Wiring(pictures=5, sounds={2: 6, 1: 8}, media=(7, 9, 11), apart=(2, 1))
    argv = decoder_argv("ffmpeg", feed, Sheet(CANVAS), "", wiring)
    assert _after(argv, "-map") == ["0:V:0", "1:a:0", "2:a:0?", "1:a:0", "3:a:0?"]
    one = decoder_argv("ffmpeg", feed, Sheet(CANVAS), "", replace(wiring, media=(7, 9), apart=(2,)))
    assert _after(one, "-map") == ["0:V:0", "1:a:0", "2:a:0?", "1:a:0", "0:a:0?"]
    together = decoder_argv("ffmpeg", feed, Sheet(CANVAS), "", replace(wiring, media=(7,), apart=()))
    assert _after(together, "-map") == ["0:V:0", "1:a:0", "0:a:1?", "1:a:0", "0:a:0?"]


def test_captions_go_by_a_pipe_of_their_own_behind_all_others() -> None:
    wiring = Wiring(pictures=5, sounds={1: 6}, media=(7,), captions=8)
    feed = feed_of("udp://@239.1.2.3:1234?program=12")
    argv = decoder_argv("ffmpeg", feed, Sheet(CANVAS), "", wiring)
    assert _after(argv, "-map")[-1] == _after(argv, "-map")[0] == "0:p:12:V:0"
    assert argv.index("pipe:5") < argv.index("pipe:6") < argv.index("pipe:8")
    assert _after(argv, "-vcodec") == ["libx264"]
    film = decoder_argv("ffmpeg", feed, Sheet(CANVAS), "", replace(wiring, film=True))
    assert "tee" in _after(film, "-f")
    assert "libx264" not in film


def test_a_caption_stream_is_written_as_text_and_nowhere_else_may_its_decoder_run() -> None:
    """T-06, T-07."""
    argv = text_argv("ffmpeg", Feed(address="/srv/a.mkv", kind=FeedKind.FILE, shown=""), 2, "subrip,srt", 8)
    assert _after(argv, "-map") == ["0:s:2"]
    assert _after(argv, "-f") == ["srt"]
    assert _after(argv, "-codec_whitelist")[0].endswith(",subrip,srt")
    assert _after(argv, "-protocol_whitelist") == ["file"]
    assert not {"-re", "-stream_loop"} & set(argv)
    assert "subrip" not in " ".join(_file())


def test_a_look_at_a_film_decodes_nothing_of_it() -> None:
    argv = look_argv("ffmpeg", Feed(address="/srv/a.mkv", kind=FeedKind.FILE, shown=""))
    assert _after(argv, "-i") == ["file:/srv/a.mkv"]
    assert _after(argv, "-protocol_whitelist") == ["file"]
    assert "-stream_loop" not in argv
    assert _after(argv, "-t") == ["0"]


def test_the_pictures_set_the_pace_of_a_file_with_several_sounds() -> None:
    """F-13: `-re` would stop it all when one of them is back after a pause."""
    film = Feed(address="/srv/film.mp4", kind=FeedKind.FILE, shown="")
    one, two = (
        decoder_argv("ffmpeg", film, Sheet(CANVAS), "", Wiring(pictures=5, sounds=sounds))
        for sounds in ({1: 6}, {1: 6, 2: 8})
    )
    assert ("-re" in one, "-re" in two) == (True, False)
    assert ["realtime" in _after(argv, "-vf")[0] for argv in (one, two)] == [False, True]


def test_what_has_its_sounds_elsewhere_is_read_at_its_own_pace() -> None:
    wiring = Wiring(pictures=5, sounds={1: 6, 2: 8}, media=(7, 9))
    assert _argv("https://h/x.m3u8", wiring=wiring).count("-re") == 2
    assert _argv("https://h/x.m3u8", wiring=replace(wiring, media=(7,))).count("-re") == 0


def test_a_sound_that_is_back_after_a_long_pause_is_no_leap_of_the_clock() -> None:
    """F-13, in a transport stream."""
    for address in ("udp://239.1.2.3:1234", "srt://h:9000"):
        assert _after(_argv(address), "-dts_delta_threshold") == ["3600"]


def test_what_its_carrier_has_framed_is_not_parsed_again() -> None:
    """F-16: with few pictures a second, each second wait is longer than what sound may be out of step."""
    assert "noparse" not in _argv("srt://h:9000")[_argv("srt://h:9000").index("-fflags") + 1]
    argv = _argv("srt://h:9000", wiring=replace(WIRING, framed=True))
    assert _after(argv, "-fflags") == ["+genpts+discardcorrupt+noparse"]
    assert _after(argv, "-max_packet_size") == [str(4 << 20)]
    assert "noparse" not in " ".join(_argv("udp://10.0.0.9:9000"))
