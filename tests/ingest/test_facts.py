import pytest

from flow.canvas import Canvas
from ingest.facts import Facts, card

LISTING_5 = """\
[info] Input #0, mpegts, from 'file:a.ts':
[info]   Duration: 00:00:08.02, start: 1.400000, bitrate: 1210 kb/s
[info]   Program 1
[info]     Metadata:
[info]       service_name    : Service01
[info]   Stream #0:0[0x100]: Video: h264 (Constrained Baseline) ([27][0][0][0] / 0x001B), yuv420p(progressive), \
426x240 [SAR 1:1 DAR 71:40], 25 fps, 25 tbr, 90k tbn
[info]   Stream #0:1[0x101]: Audio: aac (LC) ([15][0][0][0] / 0x000F), 48000 Hz, stereo, fltp, 130 kb/s
[info] Input #1, lavfi, from 'anullsrc=r=48000:cl=stereo:d=0.01':
[info]   Duration: N/A, start: 0.000000, bitrate: 768 kb/s
[info]   Stream #1:0: Audio: pcm_u8, 48000 Hz, stereo, u8, 768 kb/s
[info] Stream mapping:
[info]   Stream #0:0 -> #0:0 (h264 (native) -> rawvideo (native))
[info] Output #0, rawvideo, to 'pipe:5':
[info]   Stream #0:0: Video: rawvideo (I420 / 0x30323449), yuv420p(progressive), 1280x720, q=2-31, 25 fps, 25 tbn
"""
LISTING_9 = """\
[info] Input #0, mov,mp4,m4a,3gp,3g2,mj2, from 'file:a.mp4':
[info]   Stream #0:0[0x1](und): Video: hevc (Main) (hvc1 / 0x31637668), yuv420p(tv, bt709/bt709/unknown, \
progressive), 1080x1920, 8042 kb/s, 29.97 fps, 30 tbr, 600 tbn, start 0.033333 (default)
[info]   Stream #0:1[0x2](vie): Audio: aac (LC) (mp4a / 0x6134706D), 44100 Hz, mono, fltp, 95 kb/s
[info]   Stream #0:2[0x3](und): Data: none (mebx / 0x7862656D), 0 kb/s (default)
[info] Input #1, lavfi, from 'anullsrc=r=48000:cl=stereo:d=0.01':
[info]   Stream #1:0: Audio: pcm_u8, 48000 Hz, stereo, u8, 768 kb/s
[info] Stream mapping:
[info]   Stream #0:1 -> #1:1 (aac (native) -> pcm_s16le (native))
[info] Output #1, matroska, to 'pipe:7':
[info]   Stream #1:0: Audio: pcm_s16le ([1][0][0][0] / 0x0001), 48000 Hz, stereo, s16, 1536 kb/s
"""


def _read(text: str) -> Facts:
    facts = Facts()
    for line in text.splitlines():
        facts = facts.with_line(line)
    return facts


def test_both_generations_of_ffmpeg_are_understood() -> None:
    assert _read(LISTING_5).sized
    assert not Facts(video=("h264",)).sized
    assert not Facts().sized
    assert _read(LISTING_5).received == "h264 426x240 25 fps, aac 48000 Hz stereo"
    assert _read(LISTING_9).received == "hevc 1080x1920 29.97 fps, aac 44100 Hz mono"


def test_neither_outputs_nor_our_own_blank_are_taken_for_what_came_in() -> None:
    for text in (LISTING_5, LISTING_9):
        facts = _read(text)
        assert facts.complete
        assert (len(facts.video), len(facts.audio)) == (1, 1)


def test_a_feed_without_sound_has_none_although_our_blank_is_listed() -> None:
    assert _read("\n".join(line for line in LISTING_5.splitlines() if "#0:1[" not in line)).audio == ()


CAPTIONS_9 = """\
[info] Input #0, matroska,webm, from 'file:a.mkv':
[info]   Duration: 01:02:03.04, start: 0.000000, bitrate: 210 kb/s
[info]   Stream #0:0: Video: h264 (High), yuv420p(progressive), 320x180 [SAR 1:1 DAR 16:9], 25 fps
[info]   Stream #0:1(vie): Subtitle: subrip (srt) (default)
[info]   Stream #0:2[0x102](und): Subtitle: dvb_subtitle (dvbsub) ([6][0][0][0] / 0x0006)
[info]   Stream #0:3: Subtitle: ass
"""


def test_caption_streams_are_told_with_their_languages() -> None:
    facts = _read(CAPTIONS_9)
    assert facts.captions == (("subrip", "vie"), ("dvb_subtitle", ""), ("ass", ""))
    assert facts.length == (3_723 * 100 + 4) * 480
    assert _read(LISTING_9).captions == ()


def test_a_picture_without_sound_is_mute_when_the_list_is_over() -> None:
    listing = "\n".join(line for line in LISTING_5.splitlines() if "#0:1[" not in line)
    assert _read(listing).mute
    assert not _read(listing[:listing.index("[info] Stream mapping")]).mute
    assert not _read(LISTING_5).mute


def test_the_test_card_is_told_in_the_same_words() -> None:
    assert card(Canvas(width=1280, height=720)) == "raw 1280x720 25 fps, pcm 48000 Hz stereo"


def test_the_second_input_of_a_feed_counts() -> None:
    lines = ["Input #0, mov, from 'pipe:5':", "Stream #0:0: Video: h264, 640x360, 25 fps",
             "Input #1, mov, from 'pipe:6':", "Stream #1:0: Audio: aac, 48000 Hz, stereo, fltp"]
    assert _read("\n".join(lines)).received == "h264 640x360 25 fps, aac 48000 Hz stereo"


@pytest.mark.parametrize(("line", "received"), [
    ("  Stream #0:0: Video: vp8, yuv420p(progressive), 640x480, DAR 4:3, 1k fps, 1k tbr", "vp8 640x480 1k fps"),
    ("  Stream #0:0: Video: mjpeg (Baseline) (jpeg / 0x6765706A), yuvj420p, 1024x768, 2 tbr", "mjpeg 1024x768"),
    ("  Stream #0:1[0x101]: Audio: aac ([15][0][0][0] / 0x000F), 0 channels", "aac"),
    ("  Stream #0:1: Audio: ac3 (AC-3 / 0x332D4341), 48000 Hz, 5.1(side), fltp", "ac3 48000 Hz 5.1(side)"),
    ("  Stream #0:0: Audio: pcm_s16le, 48000 Hz", "pcm_s16le 48000 Hz"),
    ("  Stream #0:2: Subtitle: dvb_teletext", ""),
    ("[warning] something else", ""),
])
def test_a_line_says_what_it_says(line: str, received: str) -> None:
    assert Facts().with_line(line).received == received


def test_of_several_streams_the_first_are_shown_and_all_are_kept() -> None:
    facts = Facts(video=("h264 1x1", "h264 2x2"), audio=("aac", "mp2"))
    assert facts.received == "h264 1x1, aac"


MULTIPLEX = """\
[info] Input #0, mpegts, from 'pipe:7':
[info]   Program 101
[info]   Stream #0:0[0x100]: Video: h264 (High), yuv420p, 1280x720, 25 fps
[info]   Stream #0:1[0x103](vie): Audio: aac (LC), 48000 Hz, stereo, fltp
[info]   Stream #0:2[0x104](und): Audio: aac (LC), 48000 Hz, mono, fltp
[info]   Program 102
[info]   Stream #0:3[0x101]: Video: mpeg2video (Main), yuv420p, 720x576, 25 fps
[info]   Stream #0:4[0x102](khm): Audio: mp2, 48000 Hz, stereo, fltp
[info]   No Program
[info]   Stream #0:5[0x105]: Audio: ac3, 48000 Hz, stereo, fltp
"""


def test_each_sound_has_the_language_that_its_sender_calls_it() -> None:
    assert _read(MULTIPLEX).languages == ("vie", "", "khm", "")
    assert [sound.endswith(" (vie)") for sound in _read(MULTIPLEX).sounds] == [True, False, False, False]


def test_sounds_that_are_too_many_or_have_odd_languages_fill_no_status() -> None:
    """T-09, T-13."""
    assert Facts(audio=("aac",) * 33, languages=("vie",) * 33).sounds == ()
    odd = Facts(audio=("aac", "mp2", "ac3"), languages=("\x1b[2J", "x" * 5_000, "vie"))
    assert odd.sounds == ("aac", "mp2", "ac3 (vie)")
    assert len(_read(MULTIPLEX).audio) == 4


@pytest.mark.parametrize(("program", "received", "languages"), [
    (101, "h264 1280x720 25 fps, aac 48000 Hz stereo", ("vie", "")),
    (102, "mpeg2video 720x576 25 fps, mp2 48000 Hz stereo", ("khm",)),
    (10, "", ()),
])
def test_of_a_multiplex_only_the_wanted_programme_counts(
    program: int, received: str, languages: tuple[str, ...],
) -> None:
    facts = Facts(program=program)
    for line in MULTIPLEX.splitlines():
        facts = facts.with_line(line)
    assert (facts.received, facts.languages) == (received, languages)


JOINED = """\
[info] Input #0, mpegts, from 'pipe:7':
[info]   Stream #0:0[0x100]: Video: hevc, 1 reference frame, none(bt709/unknown/unknown), 25 fps, 25 tbr, 90k tbn
[info] Stream mapping:
"""
FIRST = "[graph 0 input from stream 0:0 @ 0x7fb2] [verbose] w:640 h:360 pixfmt:yuv420p tb:1/90000 fr:25/1 sar:1/1"


def test_the_size_of_a_picture_is_known_when_it_comes_and_again_when_it_changes() -> None:
    """F-12, F-16: one that is joined between two key pictures, and one that turns into another size."""
    facts = _read(JOINED)
    assert facts.received == "hevc 25 fps"
    assert facts.with_line(FIRST).received == "hevc 640x360 25 fps"
    changed = FIRST.replace("w:640 h:360", "w:320 h:180")
    assert facts.with_line(FIRST).with_line(changed).received == "hevc 320x180 25 fps"


@pytest.mark.parametrize(("more", "blind"), [
    (" csp:unknown range:tv alpha:unspecified", True), (" csp:bt709 range:tv", False), ("", None),
])
def test_so_is_its_matrix_where_ffmpeg_tells_it(more: str, blind: bool | None) -> None:
    assert _read(JOINED).with_line(FIRST + more).blind is blind


def test_what_was_known_of_the_matrix_at_first_holds_for_the_decoder_s_life() -> None:
    facts = _read(JOINED).with_line(FIRST + " csp:bt709 range:tv")
    assert facts.with_line(FIRST + " csp:unknown range:tv").blind is False


def test_pictures_of_nothing_that_was_announced_are_none() -> None:
    assert Facts().with_line(FIRST).video == ()
