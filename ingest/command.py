"""The decoder's argument list, built with ffmpeg-python and understood by FFmpeg 5.1 to 9.0.

Any input becomes raw pictures of the channel's canvas on one pipe, 48 kHz stereo on others, one for each sound
that is wanted, and on one more what its captions are in or go with, all timed from the same zero. Each group of
options stands in a function that says why it is there.
"""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ffmpeg

from flow.canvas import Canvas
from flow.feed import Feed, FeedKind
from flow.tick import SOUND_CHANNELS
from flow.timebase import SCALE
from ingest.captions.pipe import coded_output, copied_output
from ingest.captions.plan import TELETEXT
from ingest.colours import UNSAID, converted
from ingest.decodable import CONTAINERS, SAFE
from ingest.pictures.sheet import Sheet
from ingest.srt.leaping import leaping


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiring:
    """Numbers of the pipes as the decoder has them. `sounds` has one for each sound of the feed that is wanted, by
    its number from 1. `media` are those that a carrier's bytes come in by: the picture's, then those of the sounds
    that come `apart`, whose numbers stand there in the same order. `captions` takes what captions are in the
    pictures, or with `film` a copy of the picture's packets, which a film's captions go with; 0 where nobody wants
    any. `framed`: see `Carrier`."""

    pictures: int
    sounds: Mapping[int, int]
    media: tuple[int, ...] = ()
    apart: tuple[int, ...] = ()
    captions: int = 0
    film: bool = False
    framed: bool = False


def decoder_argv(
    binary: str, feed: Feed, sheet: Sheet, title: str, wiring: Wiring, *, blindly: bool = False,
) -> list[str]:
    """Argument list of the process that decodes `feed`, `blindly` as `ingest/colours.py` says. The test card is a
    process of our own."""
    if feed.kind is FeedKind.TESTCARD:
        return _testcard_argv(sheet, title, wiring)
    opened = _inputs(feed, wiring)
    paced = len(wiring.sounds) > 1 and len(opened) == 1 and "re" in opened[0][1]
    if paced:
        del opened[0][1]["re"]
    opened[0][1]["colorspace"] = UNSAID
    inputs = [ffmpeg.input(address, **options) for address, options in opened]
    picked = picks(feed)
    programme = f"p:{picked}:" if picked else ""
    held = feed.kind is FeedKind.STILL
    shown = _picture(sheet, held=held, paced=paced, blindly=blindly)
    picture = ffmpeg.output(inputs[0][f"{programme}V:0"], f"pipe:{wiring.pictures}", **shown)
    blank = ffmpeg.input(f"anullsrc=r={SCALE}:cl=stereo:d=0.01", format="lavfi")
    # Each in an output of its own: an output waits for all of its streams before it writes any of them, and an
    # interpretation may be announced long before somebody speaks.
    sounds = [
        ffmpeg.output(blank["a:0"], *_heard(inputs, wiring.apart, programme, number), f"pipe:{pipe}", **_sound())
        for number, pipe in wiring.sounds.items()
    ]
    # Captions come last: FFmpeg 9 stands still with the smaller picture in front where a sound is announced and
    # never comes.
    return _argv(binary, [picture, *sounds, *_captions(inputs, programme, wiring)])


def _captions(inputs: Sequence[Any], programme: str, wiring: Wiring) -> list[Any]:
    """What a film's captions go with, or what captions are in the pictures of anything else."""
    if not wiring.captions:
        return []
    picture, address, options = inputs[0][f"{programme}V:0"], f"pipe:{wiring.captions}", coded_output()
    if wiring.film:
        address, options = copied_output(wiring.captions)
    return [ffmpeg.output(picture, address, **options)]


def look_argv(binary: str, feed: Feed) -> list[str]:
    """Argument list that reads the head of a file, for what standard error says of it, and ends."""
    source = ffmpeg.input(f"file:{feed.address}", **_file(loop=False))
    return _argv(binary, [ffmpeg.output(source["V:0"], "-", format="null", codec="copy", t=0)])


def _heard(inputs: Sequence[Any], apart: Sequence[int], programme: str, number: int) -> list[Any]:
    """The stream that is the feed's sound of that number, if there is one."""
    if number in apart:
        return [inputs[1 + apart.index(number)]["a:0?"]]
    place = inputs[0 if apart else -1]  # where some come apart, others may come with the picture
    return [place[f"{programme}a:{number - 1}?"]]


def text_argv(binary: str, feed: Feed, stream: int, decoder: str, pipe: int) -> list[str]:
    """Argument list that writes a caption stream of a file as plain SubRip, as fast as the file can be read; its
    other streams are passed over. They must be known all the same, or the film would begin with its first text."""
    teletext = decoder == TELETEXT
    options = {**_file(loop=False), "codec_whitelist": f"{SAFE['codec_whitelist']},{decoder}"}
    del options["re"]
    if teletext:  # of its pages those with subtitles, each until the next one
        options |= {"txt_page": "subtitle", "txt_format": "text", "fix_sub_duration": None}
    source, plain = ffmpeg.input(f"file:{feed.address}", **options), {"scodec": "text", "format": "srt"}
    text = ffmpeg.output(source[f"s:{stream}"], f"pipe:{pipe}", flush_packets=1, **plain)
    if not teletext:
        return _argv(binary, [text])
    # FFmpeg takes the first time of what it reads of a transport stream for its beginning.
    beside = ffmpeg.output(source["V:0"], source["a:0?"], "-", format="null", codec="copy")
    return _argv(binary, [text, beside])


def picks(feed: Feed) -> int:
    """The programme of a multiplex that the decoder itself picks, 0 for none: a front has done so already."""
    return feed.program if feed.kind is FeedKind.UDP else 0


def probe_argv(binary: str, feed: Feed, wiring: Wiring, seconds: int) -> list[str]:
    """Argument list that reads `feed` for so long, decodes it, and throws it away."""
    inputs = [ffmpeg.input(address, **options) for address, options in _inputs(feed, wiring)]
    maps = [inputs[0]["V:0?"], *(one["a:0?"] for one in inputs[1:] or inputs)]
    outputs = [ffmpeg.output(*maps, "-", format="null", t=seconds)]
    if wiring.captions:
        tiny = ffmpeg.output(inputs[0]["V:0"], f"pipe:{wiring.captions}", t=seconds, **coded_output())
        outputs.append(tiny)
    return _argv(binary, outputs)


def _argv(binary: str, outputs: Sequence[Any]) -> list[str]:
    """Global options come first. `info` is needed for the facts about what came in, `verbose` for the size that
    pictures really have; levels are printed so that a line that names a fault can be told from another."""
    front = ["-hide_banner", "-nostdin", "-nostats", "-loglevel", "level+verbose"]
    return [binary, *front, *ffmpeg.get_args(ffmpeg.merge_outputs(*outputs))]


def _testcard_argv(sheet: Sheet, title: str, wiring: Wiring) -> list[str]:
    canvas = sheet.canvas
    sizes = ["--width", canvas.width, "--height", canvas.height, "--fps", canvas.fps]
    if sheet.small:
        sizes += ["--small-width", sheet.small.width, "--small-height", sheet.small.height]
    pipes = ["--picture-fd", wiring.pictures, "--sound-fd", wiring.sounds[1]]
    return [sys.executable, "-P", "-m", "ingest.testcard.main", *map(str, [*sizes, *pipes]), f"--title={title}"]


def front_argv(binary: str, feed: Feed, out: int) -> list[str]:
    """Argument list of the process that has the network and copies: it opens what its standard input names.

    Only pictures and sound go through. SRT brings a transport stream and hands one on: that alone can carry
    clocks that jump (F-11, F-14). RTSP may bring codecs that a transport stream does not know: it leaves as NUT.
    """
    inner, protocols, form, leaps = {
        FeedKind.SRT: ("mpegts", "srt,udp", "mpegts", leaping()),
        FeedKind.RTSP: ("rtsp,sdp,rtp,mpegts", "rtsp,rtp,tcp,udp", "nut", {}),
    }[feed.kind]
    source = ffmpeg.input(
        # The script comes by pipe, and may name addresses (`safe`) of these kinds alone.
        "pipe:0", format="concat", safe=0, protocol_whitelist=f"pipe,fd,{protocols}",
        format_whitelist=f"concat,{inner}",
        # What was learned inside is enough: no second look.
        analyzeduration=0, fpsprobesize=0,
    )
    # Nothing waits in the muxer: each packet leaves when it comes.
    prompt = {"muxdelay": 0, "muxpreload": 0, "flush_packets": 1, "max_interleave_delta": 200_000}
    wanted = [source["V?"], source["a?"]] if not feed.program else [source[f"p:{feed.program}"]]
    copied = ffmpeg.output(*wanted, f"pipe:{out}", codec="copy", format=form, **prompt, **leaps)
    front = ["-hide_banner", "-nostats", "-loglevel", "level+info", "-progress", "pipe:2", "-stats_period", "1"]
    return [binary, *front, *ffmpeg.get_args(copied)]


def _inputs(feed: Feed, wiring: Wiring) -> list[tuple[str, dict[str, Any]]]:
    match feed.kind:
        case FeedKind.FILE:
            return [(f"file:{feed.address}", _file(loop=not feed.once))]
        case FeedKind.STILL:
            heard = [(f"file:{feed.sound}", _file(loop=True))] if feed.sound else []
            return [(f"file:{feed.address}", _still()), *heard]
    options = {
        FeedKind.HLS: _hls, FeedKind.RTMP: _flv, FeedKind.RTSP: _nut, FeedKind.SRT: _ts, FeedKind.UDP: _ts,
    }[feed.kind]()
    # A parser knows that a picture is whole when the next one begins. Of what is framed already that would be a
    # second wait: with 12 pictures a second or fewer they would come later than their sound (F-16).
    if wiring.framed:
        options["fflags"] += "+noparse"
        options["max_packet_size"] = _LARGEST
    return [(f"pipe:{number}", options) for number in wiring.media]


_LARGEST = 4 << 20
"""Bytes of one picture that need no parser to be joined: FFmpeg cuts those of a transport stream that have no
length, as all above 64 KB, at 200 KB, and each piece would be decoded as a picture."""

_PIPES = "pipe,fd"
"""What comes by pipe may open nothing else, whatever it names (T-07)."""


def _live(form: str) -> dict[str, Any]:
    """What a carrier brings is looked at for half a second and 2 MB at most: what FFmpeg waits here is delay
    before the first picture. Missing timestamps are made up, damaged packets left out rather than shown.

    Threads share a picture's slices, never pictures: those would wait for each other, one a core, so that a feed's
    delay would hang on the machine and on the feed's rate (F-16). One core decodes 1080p at 100 pictures a second.
    """
    return {
        **SAFE, "format": form, "protocol_whitelist": _PIPES, "analyzeduration": 500_000, "probesize": 2_000_000,
        "fflags": "+genpts+discardcorrupt", "thread_type": "slice",
    }


def _ts() -> dict[str, Any]:
    """FFmpeg takes what comes after 10 s of nothing in one stream for a leap, and puts it where the stream had
    ended: a sound that pauses would be out of step when it is back (F-13). Real leaps `Timeline` keeps from it."""
    return {**_live("mpegts"), "dts_delta_threshold": 3_600}


def _flv() -> dict[str, Any]:
    """`live_flv` takes timestamps that jump when a publisher begins anew; `flv` would fill the gap."""
    return _live("live_flv")


def _nut() -> dict[str, Any]:
    """Its head names the streams: no look is needed."""
    return {**_live("nut"), "analyzeduration": 0, "fpsprobesize": 0}


def _hls() -> dict[str, Any]:
    """The bytes of an HLS feed come a whole segment at once: they are read at their own pace. A hole that our
    client left, to come back to live, is squeezed, not waited out. Only what HLS may carry is taken (T-07)."""
    return {
        **SAFE, "re": None, "protocol_whitelist": _PIPES, "format_whitelist": "mpegts,mov,aac,ac3,eac3,mp3",
        "fflags": "+genpts+discardcorrupt", "dts_delta_threshold": 1,
    }


def _file(*, loop: bool) -> dict[str, Any]:
    """A file is read at its own pace, again and again unless it is wanted once. Only containers that hold media
    themselves: a playlist with another ending would lead FFmpeg to other files (T-07)."""
    again = {"stream_loop": -1} if loop else {}
    containers = ",".join(CONTAINERS)
    return {**SAFE, "re": None, **again, "protocol_whitelist": "file", "format_whitelist": containers}


def _still() -> dict[str, Any]:
    """One picture: its name is no pattern of many."""
    return {
        **SAFE, "format": "image2", "pattern_type": "none", "protocol_whitelist": "file",
        "format_whitelist": "image2,png_pipe,jpeg_pipe",
    }


def _picture(sheet: Sheet, *, held: bool, paced: bool, blindly: bool) -> dict[str, Any]:
    """Pictures for the channel's canvas. Deinterlaced where a picture says that it is interlaced; reduced to the
    rate before it is scaled, since that is cheaper.

    The rate is made constant twice: by the filter, which saves work, and at the output, which alone fills a gap in
    front of the first picture and survives a change of size in mid-stream. A still picture (`held`) is scaled
    once, and given out again and again at the clock's pace. With `paced` the pictures set the pace at which a
    file is read: FFmpeg 9's own `-re` stands still, for as long, when one of several sounds is back after a pause.
    """
    fps = sheet.canvas.fps
    first = "" if held else f"yadif=deint=interlaced,fps={fps},"
    last = f",loop=loop=-1:size=1,setpts=N/({fps}*TB),realtime" if held else ",realtime" if paced else ""
    if sheet.small is None:
        middle = _fitted(sheet.canvas, blindly=blindly)
    else:
        large, small = (_fitted(canvas, blindly=blindly) for canvas in (sheet.canvas, sheet.small))
        both = f"split[large][small];[large]{large}[above];[small]{small}"
        middle = f"{both},pad={sheet.whole.width}:{sheet.small.height}[below];[above][below]vstack"
    return {"format": "rawvideo", "vf": f"{first}{middle}{last}", "r": fps, "fps_mode": "cfr"}


def _fitted(canvas: Canvas, *, blindly: bool) -> str:
    """Fitted by its display aspect, with bars, into square pixels. What has the full range of levels, as cameras'
    MJPEG and photographs do, gets that of television, which the encoder's pictures are said to have."""
    wide, high = canvas.width, canvas.height
    width = f"if(gt(dar,{wide}/{high}),{wide},max(2,trunc({high}*dar/2)*2))"
    height = f"if(gt(dar,{wide}/{high}),max(2,trunc({wide}/dar/2)*2),{high})"
    return (
        f"scale=w='{width}':h='{height}':flags=bicubic:out_range=limited:{converted(blindly=blindly)},setsar=1,"
        f"pad={wide}:{high}:(ow-iw)/2:(oh-ih)/2,format=yuv420p"
    )


def _sound() -> dict[str, Any]:
    """48 kHz stereo, nothing before the pictures' zero. FFmpeg neither fills holes nor cuts overlaps: `SoundLine`
    knows better what is one.

    The samples keep their timestamps, since a change of the feed's channels or rate begins these filters anew:
    live Matroska carries them, one block in a cluster, each written at once, not shifted. Its first track is a
    blank of 10 ms: FFmpeg refuses an output without any stream, which a feed without sound would give. No packet
    may wait for the next one of that track.
    """
    return {
        "af": f"aresample={SCALE},atrim=start=0", "ac": SOUND_CHANNELS, "ar": SCALE,
        "acodec": "pcm_s16le", "format": "matroska", "live": 1, "cluster_time_limit": 1,
        "avoid_negative_ts": "disabled", "flush_packets": 1, "max_interleave_delta": 1,
    }
