"""The decoder's argument list, built with ffmpeg-python and understood by FFmpeg 5.1 to 9.0.

Any input becomes raw pictures of the channel's canvas on one pipe and 48 kHz stereo on another, both timed from
the same zero. Each group of options stands in a function that says why it is there.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import ffmpeg

from flow.canvas import Canvas
from flow.feed import Feed, FeedKind
from flow.tick import SOUND_CHANNELS
from flow.timebase import SCALE

_PATIENCE_US = 5_000_000
"""Microseconds without a byte after which a network input gives up; without it FFmpeg waits for ever (F-04)."""


_CONTAINERS = (
    "aac", "ac3", "asf", "avi", "flac", "flv", "h264", "hevc", "ivf", "matroska", "mov", "mp3", "mpeg", "mpegts",
    "mpegvideo", "mxf", "nut", "ogg", "wav", "webm",
)
"""Containers of files, by FFmpeg's names. Playlists, concatenations and images are not among them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiring:
    """Numbers of the pipes as the decoder has them. `media` are those that HLS bytes come in by: the picture's,
    then the sound's when it comes apart."""

    pictures: int
    sound: int
    media: tuple[int, ...] = ()


def decoder_argv(binary: str, feed: Feed, canvas: Canvas, title: str, wiring: Wiring) -> list[str]:
    """Argument list of the process that decodes `feed`. The test card is a process of our own."""
    if feed.kind is FeedKind.TESTCARD:
        return _testcard_argv(canvas, title, wiring)
    inputs = [ffmpeg.input(address, **options) for address, options in _inputs(feed, wiring)]
    picture = ffmpeg.output(inputs[0]["V:0"], f"pipe:{wiring.pictures}", **_picture(canvas))
    blank = ffmpeg.input(f"anullsrc=r={SCALE}:cl=stereo:d=0.01", format="lavfi")
    sound = ffmpeg.output(blank["a:0"], inputs[-1]["a:0?"], f"pipe:{wiring.sound}", **_sound())
    return _argv(binary, [picture, sound])


def probe_argv(binary: str, feed: Feed, wiring: Wiring, seconds: int) -> list[str]:
    """Argument list that reads `feed` for so long, decodes it, and throws it away."""
    inputs = [ffmpeg.input(address, **options) for address, options in _inputs(feed, wiring)]
    maps = [inputs[0]["V:0?"], inputs[-1]["a:0?"]]
    return _argv(binary, [ffmpeg.output(*maps, "-", format="null", t=seconds)])


def _argv(binary: str, outputs: Sequence[Any]) -> list[str]:
    """Global options come first. `info` is needed for the facts about what came in; levels are printed so that a
    line that names a fault can be told from one that does not."""
    front = ["-hide_banner", "-nostdin", "-nostats", "-loglevel", "level+info"]
    return [binary, *front, *ffmpeg.get_args(ffmpeg.merge_outputs(*outputs))]


def _testcard_argv(canvas: Canvas, title: str, wiring: Wiring) -> list[str]:
    sizes = ["--width", canvas.width, "--height", canvas.height, "--fps", canvas.fps]
    pipes = ["--picture-fd", wiring.pictures, "--sound-fd", wiring.sound]
    return [sys.executable, "-P", "-m", "ingest.testcard_main", *map(str, [*sizes, *pipes]), "--title", title]


def _inputs(feed: Feed, wiring: Wiring) -> list[tuple[str, dict[str, Any]]]:
    if feed.kind is FeedKind.HLS:
        return [(f"pipe:{number}", _hls()) for number in wiring.media]
    options = {
        FeedKind.FILE: _file, FeedKind.SRT: _srt, FeedKind.RTMP: _rtmp, FeedKind.RTSP: _rtsp, FeedKind.UDP: _udp,
    }[feed.kind]()
    address = f"file:{feed.address}" if feed.kind is FeedKind.FILE else feed.address
    return [(address, options)]


def _live() -> dict[str, Any]:
    """A live input is looked at for a second and 2 MB at most: what FFmpeg waits here is delay before the first
    picture. Missing timestamps are made up, damaged packets left out rather than shown."""
    return {"analyzeduration": 1_000_000, "probesize": 2_000_000, "fflags": "+genpts+discardcorrupt"}


def _file() -> dict[str, Any]:
    """A file is read at its own pace, again and again. Only containers that hold media themselves: a playlist with
    another ending would lead FFmpeg to other files (T-07)."""
    return {"re": None, "stream_loop": -1, "protocol_whitelist": "file", "format_whitelist": ",".join(_CONTAINERS)}


def _srt() -> dict[str, Any]:
    return {**_live(), "format": "mpegts", "protocol_whitelist": "srt,udp", "rw_timeout": _PATIENCE_US}


def _rtmp() -> dict[str, Any]:
    return {**_live(), "format": "flv", "protocol_whitelist": "rtmp,tcp", "rw_timeout": _PATIENCE_US}


def _rtsp() -> dict[str, Any]:
    """Over TCP: many cameras and MCUs lose packets over UDP, and firewalls let it through."""
    return {
        **_live(), "protocol_whitelist": "rtsp,rtp,udp,tcp", "rtsp_transport": "tcp", "timeout": _PATIENCE_US,
    }


def _udp() -> dict[str, Any]:
    """Transport stream over UDP. A full queue loses packets and goes on: the default ends the input."""
    return {
        **_live(), "format": "mpegts", "protocol_whitelist": "udp", "timeout": _PATIENCE_US,
        "overrun_nonfatal": 1, "fifo_size": 50_000,
    }


def _hls() -> dict[str, Any]:
    """The bytes of an HLS feed come by pipe, a whole segment at once: they are read at their own pace."""
    return {"re": None, "protocol_whitelist": "pipe,fd", "fflags": "+genpts+discardcorrupt"}


def _picture(canvas: Canvas) -> dict[str, Any]:
    """The channel's canvas. Deinterlaced where a picture says that it is interlaced; reduced to the rate before
    it is scaled, since that is cheaper; fitted by its display aspect, with bars, into square pixels.

    The rate is made constant twice: by the filter, which saves work, and at the output, which alone fills a gap in
    front of the first picture and survives a change of size in mid-stream.
    """
    wide, high = canvas.width, canvas.height
    width = f"if(gt(dar,{wide}/{high}),{wide},max(2,trunc({high}*dar/2)*2))"
    height = f"if(gt(dar,{wide}/{high}),max(2,trunc({wide}/dar/2)*2),{high})"
    filters = [
        "yadif=deint=interlaced", f"fps={canvas.fps}", f"scale=w='{width}':h='{height}':flags=bicubic", "setsar=1",
        f"pad={wide}:{high}:(ow-iw)/2:(oh-ih)/2", "format=yuv420p",
    ]
    return {"format": "rawvideo", "vf": ",".join(filters), "r": canvas.fps, "fps_mode": "cfr"}


def _sound() -> dict[str, Any]:
    """48 kHz stereo: small holes are filled with silence, overlaps cut. Nothing before the pictures' zero.

    The samples keep their timestamps, since a change of the feed's channels or rate begins these filters anew:
    live Matroska carries them, one block in a cluster, each written at once, not shifted. Its first track is a
    blank of 10 ms: FFmpeg refuses an output without any stream, which a feed without sound would give. No packet
    may wait for the next one of that track.
    """
    return {
        "af": f"aresample={SCALE}:async=1,atrim=start=0", "ac": SOUND_CHANNELS, "ar": SCALE,
        "acodec": "pcm_s16le", "format": "matroska", "live": 1, "cluster_time_limit": 1,
        "avoid_negative_ts": "disabled", "flush_packets": 1, "max_interleave_delta": 1,
    }
