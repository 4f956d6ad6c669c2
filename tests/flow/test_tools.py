"""The tools of a machine are a value."""

from flow.tools import Tools


def test_tools_name_their_ffmpeg() -> None:
    assert Tools(ffmpeg="/usr/bin/ffmpeg").ffmpeg == "/usr/bin/ffmpeg"
