"""The encoder's argument list, built with ffmpeg-python and understood by FFmpeg 5.1 to 9.0.

Raw inputs come in on pipes, pictures and the sound of each track; each rendition goes out on a pipe of its own as
fragmented MP4 on the clock grid. Each group of options stands in a function that says why it is there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ffmpeg
from ffmpeg.nodes import Stream

from flow.canvas import Canvas
from flow.encoder_kind import EncoderKind
from flow.ids import RenditionId
from flow.ladder import Ladder, Rendition, VideoCodec, sound_id
from flow.profile import Profile, ProfileName
from flow.tick import SOUND_CHANNELS
from flow.timebase import AAC_FRAME, GOP, SCALE, micros_text
from transcode.hardware import B_PICTURES, device_of, hardware_options, prepared
from transcode.hevc import hevc_options

PRIMING = AAC_FRAME
"""Samples withheld from the sound's encoder at the start of a run.

FFmpeg's AAC encoder puts one frame of its own before the first sample. When it is given the run's sound without
the first frame, and told that it begins one frame later, that frame fills the place and the track begins on the
grid.
"""

_LOOK_AHEAD = {ProfileName.CLASSIC: 24, ProfileName.LOW: 12, ProfileName.ULTRA: 6}
"""Pictures that x264 looks ahead: each is 40 ms of delay. On a thin rung 12 gain a point of VMAF over 10,
and 40 no more than 12; `ultra` pays in quality for its second, `classic` has time."""

_WIDE = 1280 * 720
"""From this many pixels on an encoder gets two threads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiring:
    """Numbers of the pipes, as the encoder process has them."""

    pictures: int
    sounds: tuple[int, ...]
    outputs: Mapping[RenditionId, int]


def encoder_argv(
    binary: str, ladder: Ladder, profile: Profile, start: int, wiring: Wiring,
    kind: EncoderKind = EncoderKind.X264,
) -> list[str]:
    """Argument list of the encoder for a run that starts at `start`, units since the epoch.

    Raises ValueError unless `start` is where a segment starts.
    """
    if start % profile.segment:
        message = f"a run cannot start at {start}: no segment does"
        raise ValueError(message)
    pictures = ffmpeg.input(f"pipe:{wiring.pictures}", **_raw_pictures(ladder.canvas))
    sounds = [ffmpeg.input(f"pipe:{fd}", **_raw_sound())["a"] for fd in wiring.sounds]
    targets = {name: f"pipe:{fd}" for name, fd in wiring.outputs.items()}
    return _argv(binary, _outputs(pictures["v"], sounds, ladder, profile, start, targets, kind), kind)


def trial_argv(
    binary: str, ladder: Ladder, profile: Profile, seconds: int, kind: EncoderKind = EncoderKind.X264,
) -> list[str]:
    """Argument list that encodes `seconds` of a generated, moving picture the same way, and throws it away."""
    size = f"{ladder.canvas.width}x{ladder.canvas.height}"
    picture = f"testsrc2=size={size}:rate={ladder.canvas.fps}:duration={seconds},format=yuv420p"
    pictures = ffmpeg.input(picture, format="lavfi")
    sound = ffmpeg.input(f"sine=sample_rate={SCALE}:duration={seconds}", format="lavfi")
    names = (*(rung.id for rung in ladder.video), *(group.id for group in ladder.sounds))
    targets = dict.fromkeys(names, "/dev/null")
    argv = _argv(binary, _outputs(pictures["v"], [sound["a"]], ladder, profile, 0, targets, kind), kind)
    return [argv[0], "-y", *argv[1:]]


def sample_argv(
    binary: str, rung: Rendition, profile: Profile, start: int, pictures: int, kind: EncoderKind, target: int,
) -> list[str]:
    """Argument list that encodes so many generated pictures the same way to one pipe, as a run from `start` on.

    In the middle of the second segment everything turns into its negative: whoever makes a key picture of a change
    of scene makes one there.
    """
    turn = rung.fps * GOP // SCALE * 3 // 2
    size = f"{rung.width}x{rung.height}"
    moving = f"testsrc2=size={size}:rate={rung.fps},negate=enable='gte(n,{turn})',format=yuv420p"
    picture = ffmpeg.input(moving, format="lavfi")["v"]
    options = {**_video(rung, profile, kind), **_container(profile, start), "frames:v": pictures}
    return _argv(binary, [ffmpeg.output(_ready(picture, rung, kind), f"pipe:{target}", **options)], kind)


def look_ahead(profile: Profile) -> int:
    """Pictures that the encoder holds back before it decides."""
    return _LOOK_AHEAD[profile.name]


def _argv(binary: str, outputs: Sequence[Stream], kind: EncoderKind) -> list[str]:
    """Global options come first: FFmpeg warns of options after the last output, where the builder puts them.

    No banner, no progress line, nothing read from the terminal; warnings with their level, so that a line that
    names a fault can be told from one that does not. One thread for filters: scaling is a small part of the work,
    and threads that wait for each other cost more than they gain.
    """
    front = ["-hide_banner", "-nostdin", "-nostats", "-loglevel", "level+warning", "-filter_complex_threads", "1"]
    return [binary, *front, *device_of(kind), *ffmpeg.get_args(ffmpeg.merge_outputs(*outputs))]


def _raw_pictures(canvas: Canvas) -> dict[str, Any]:
    """A raw picture says nothing about itself: size, layout and rate are told.

    Nothing is probed (32 bytes is the least that FFmpeg accepts): each picture that it waited for before it began
    would be delay for good. Not `nobuffer`, though: it throws the picture away that it looked at. The queue holds
    a few pictures, so that reading goes on while an encoder decides.
    """
    return {
        "format": "rawvideo", "pixel_format": "yuv420p", "video_size": (canvas.width, canvas.height),
        "framerate": canvas.fps, "probesize": 32, "analyzeduration": 0, "thread_queue_size": 8,
    }


def _raw_sound() -> dict[str, Any]:
    """Stereo samples, little endian; not probed, for the same reason. The queue outlasts the look-ahead."""
    return {
        "format": "s16le", "ar": SCALE, "ch_layout": "stereo", "probesize": 32, "analyzeduration": 0,
        "thread_queue_size": 512,
    }


def _outputs(
    pictures: Stream, sounds: Sequence[Stream], ladder: Ladder, profile: Profile, start: int,
    targets: Mapping[RenditionId, str], kind: EncoderKind,
) -> list[Stream]:
    """One output for each rendition: a single decoded picture feeds them all, as a track feeds all groups."""
    rungs = ladder.video
    copies = pictures.filter_multi_output("split", len(rungs)) if len(rungs) > 1 else [pictures]
    outputs = []
    for index, rung in enumerate(rungs):
        options = {**_video(rung, profile, kind), **_container(profile, start)}
        scaled = _ready(_scaled(copies[index], rung, ladder.canvas), rung, kind)
        outputs.append(ffmpeg.output(scaled, targets[rung.id], **options))
    for group in ladder.sounds:
        options = {**_audio(group.bitrate), **_container(profile, start + PRIMING)}
        for track, sound in enumerate(sounds):
            outputs.append(ffmpeg.output(sound, targets[sound_id(track, group.id)], **options))
    return outputs


def _scaled(picture: Stream, rung: Rendition, canvas: Canvas) -> Stream:
    """The picture in the rung's size; the canvas itself is not touched.

    854x480 is not quite 16:9: without `setsar` the picture would be labelled with pixels that are not square.
    """
    if (rung.width, rung.height) == (canvas.width, canvas.height):
        return picture
    return picture.filter("scale", rung.width, rung.height, flags="bicubic").filter("setsar", 1)


def _ready(picture: Stream, rung: Rendition, kind: EncoderKind) -> Stream:
    """The picture as the encoder takes it; x264 and x265 take it as it is."""
    return picture if kind is EncoderKind.X264 or rung.codec is VideoCodec.HEVC else prepared(picture, kind)


def _video(rung: Rendition, profile: Profile, kind: EncoderKind) -> dict[str, Any]:
    """All of the options of one video encoder."""
    if rung.codec is VideoCodec.HEVC:
        return {**_key_pictures(rung), **hevc_options(rung, look_ahead(profile), _threads(rung))}
    if kind is not EncoderKind.X264:
        return {**_key_pictures(rung), **hardware_options(rung, kind)}
    return {
        "c:v": "libx264", "preset": rung.preset, "pix_fmt": "yuv420p",
        **_key_pictures(rung), **_own_keys(rung), **_rate(rung), **_delay(rung, profile), **_own_options(rung),
    }


def _key_pictures(rung: Rendition) -> dict[str, Any]:
    """A key picture each 1.92 s, in every rendition alike.

    A closed GOP shows nothing from the segment before it. Each picture in is one picture out: none is doubled or
    left out to please a clock, since the pictures are the clock.
    """
    pictures = rung.fps * GOP // SCALE
    return {
        "g": pictures, "flags": "+cgop", "force_key_frames": f"expr:eq(mod(n,{pictures}),0)",
        "fps_mode": "passthrough",
    }


def _own_keys(rung: Rendition) -> dict[str, Any]:
    """To x264: key pictures are IDR pictures, and none is anywhere else.

    A key picture at a change of scene would fall in the middle of a segment, and in one rendition only.
    """
    return {"keyint_min": rung.fps * GOP // SCALE, "sc_threshold": 0, "forced-idr": 1}


def _rate(rung: Rendition) -> dict[str, Any]:
    """Quality is held and the rate is capped: a talking head costs little, a burst no more than the line has.

    x264 is given less than the rung's ceiling, so that the ceiling holds when the buffer empties too.
    """
    return {"crf": rung.crf, "maxrate": rung.refill, "bufsize": rung.bufsize}


def _delay(rung: Rendition, profile: Profile) -> dict[str, Any]:
    """What the encoder may hold back: the look-ahead, and one picture for each thread after the first.

    Two B pictures gain most of what B pictures can, and are reordered inside the look-ahead. A small picture on
    several threads gains nothing.
    """
    return {"bf": B_PICTURES, "rc-lookahead": look_ahead(profile), "threads": _threads(rung)}


def _threads(rung: Rendition) -> int:
    return 2 if rung.width * rung.height >= _WIDE else 1


def _own_options(rung: Rendition) -> dict[str, Any]:
    """Options that only x264 itself knows.

    Strengths: what a thin rung spends on evenly fine grain, text and faces lack; each ladder says what it needs.

    `sync-lookahead`: pictures queued for a thread that looks ahead would be delay on top of the look-ahead.
    Colours: every size is labelled BT.709, since players guess BT.601 for small pictures and colours would jump
    with the rendition. Given to x264, it is a label and asks FFmpeg for no conversion.
    """
    own = {"aq-strength": f"{rung.aq:g}", "psy-rd": f"{rung.psy:g},0", "sync-lookahead": "0"}
    own |= {"colorprim": "bt709", "transfer": "bt709", "colormatrix": "bt709"}
    return {"x264-params": ":".join(f"{key}={value}" for key, value in own.items())}


def _audio(bitrate: int) -> dict[str, Any]:
    """AAC-LC, stereo, 48 kHz: understood by every box."""
    return {"c:a": "aac", "profile:a": "aac_low", "b:a": bitrate, "ac": SOUND_CHANNELS, "ar": SCALE}


def _container(profile: Profile, start: int) -> dict[str, Any]:
    """CMAF, cut on the grid.

    `cmaf`: offsets may be negative, so there is no edit list; the init section knows no durations.
    `frag_keyframe` and `frag_duration`: a fragment begins at each key picture and after each chunk's length.
    `frag_discont`: the first fragment keeps the offset; without it every run would count from 0.
    `skip_trailer`: nothing follows the last fragment. All tracks count in the grid's units. `bitexact` leaves out
    the muxer's version, so that runs and machines write the same init section.
    """
    return {
        "format": "mp4", "movflags": "+cmaf+frag_keyframe+frag_discont+skip_trailer",
        "frag_duration": profile.chunk * 1_000_000 // SCALE, "video_track_timescale": SCALE,
        "output_ts_offset": micros_text(start), "fflags": "+bitexact",
    }
