"""What native players print, as they printed it, and what is made of it."""

from tests.soak.players.natives import ffmpeg_said, gstreamer_said, mpv_said, vlc_said

FFMPEG = "frame=199\nout_time_us=8000000\nprogress=continue\nout_time_us=14520000\nprogress=continue\n"
FFMPEG_LETS_GO = "[NULL @ 0x55] Invalid NAL unit size (673 > 80).\n[NULL @ 0x55] missing picture in access unit\n"
MPV = "\x1b[KAT 7.160000 no 0\r\x1b[KAT 7.200000 yes 0\r\x1b[KAT 7.200000 yes 0\r\x1b[KAT 19.160000 no 2\r"
VLC = "| frames displayed :      190\n| frames lost      :        3\n| buffers lost     :        0\n"
VLC_STARTS = """[000055b054165fd0] main interface error: no suitable interface module
[000055b0540d2cd0] main libvlc error: interface "globalhotkeys,none" initialization failed
[00007f979c001150] adaptive demux: Changing stream format Unknown -> MP4
"""
VLC_CLOSES = """[h264 @ 0x7f979c444a40] get_buffer() failed
[h264 @ 0x7f979c444a40] thread_get_buffer() failed
[h264 @ 0x7f979c444a40] decode_slice_header error
[h264 @ 0x7f979c444a40] no frame!
"""
GSTREAMER = "progressreport0 (00:00:02): 117 seconds\nprogressreport0 (00:00:14): 129 seconds\n"


def test_ffmpeg_is_as_far_as_its_last_report() -> None:
    seen = ffmpeg_said(FFMPEG, "", 15)
    assert (seen.played, seen.errors) == (14.52, 0)


def test_ffmpeg_may_complain_of_a_rendition_that_it_lets_go_and_of_nothing_else() -> None:
    assert ffmpeg_said(FFMPEG, FFMPEG_LETS_GO, 15).errors == 0
    assert ffmpeg_said(FFMPEG, "[h264 @ 0x55] Invalid NAL unit size (673 > 80).\n", 15).errors == 1


def test_mpv_waited_once_where_it_said_so_twice_in_a_row() -> None:
    seen = mpv_said("", MPV + "[ffmpeg] a complaint\n", 15)
    assert (seen.played, seen.waits, seen.dropped, seen.errors) == (12.0, 1, 2, 1)


def test_vlc_without_a_desktop_has_no_error() -> None:
    seen = vlc_said(VLC, VLC_STARTS, 8)
    assert (seen.played, seen.dropped, seen.errors) == (7.6, 3, 0)


def test_vlc_that_closes_a_decoder_has_no_error_and_one_that_cannot_decode_has() -> None:
    assert vlc_said(VLC, VLC_CLOSES, 8).errors == 0
    assert vlc_said(VLC, VLC_CLOSES + "[h264 @ 0x7f979c53f7c0] decode_slice_header error\n", 8).errors == 1


def test_gstreamer_played_from_its_first_report_to_its_last() -> None:
    seen = gstreamer_said(GSTREAMER, "ERROR: from element /GstPlayBin: Could not determine type of stream\n", 14)
    assert (seen.played, seen.errors) == (12, 1)
