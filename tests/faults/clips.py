"""Small transport streams with the harness's marks, encoded once and sent as often as wanted without encoding."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, Thread

from tests.faults.card import RATE, Mark, picture, sound


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """One clip.

    `begin` is the source's time in seconds at which it starts, so that clips can follow each other; `fps` as
    FFmpeg reads it; `channels` 0 is no sound; `look` is "card", "black" or "still"; `hush` is silence; `uneven`
    leaves out pictures without any rhythm; `prompt` sends each frame of sound on its own, as hardware encoders do:
    FFmpeg's muxer sends a quarter of a second at once.
    """

    source: int = 1
    begin: float = 0.0
    seconds: float = 14.0
    width: int = 426
    height: int = 240
    fps: str = "25"
    gop: int = 25
    hertz: int = RATE
    channels: int = 2
    look: str = "card"
    hush: bool = False
    bframes: int = 0
    codec: str = "libx264"
    uneven: bool = False
    prompt: bool = False

    @property
    def name(self) -> str:
        """A file name of its own for each clip."""
        parts = (
            self.source, self.begin, self.seconds, f"{self.width}x{self.height}", self.fps.replace("/", "over"),
            self.gop, self.hertz, self.channels, self.look, int(self.hush), self.bframes, self.codec,
            int(self.uneven), int(self.prompt),
        )
        return "-".join(map(str, parts)) + ".ts"


class Clips:
    """Makes each clip once, in one folder; any thread may ask."""

    def __init__(self, ffmpeg: str, folder: Path) -> None:
        self._ffmpeg = ffmpeg
        self._folder = folder
        self._lock = Lock()

    def path(self, clip: Clip) -> Path:
        """Where the clip is; made when it is not there yet."""
        path = self._folder / clip.name
        with self._lock:
            if not path.exists():
                self._make(clip, path)
        return path

    def _make(self, clip: Clip, path: Path) -> None:
        picture_end, sound_end = os.pipe(), os.pipe()
        words = _arguments(clip, picture_end[0], sound_end[0])
        argv = [self._ffmpeg, "-y", "-nostdin", "-loglevel", "error", *words]
        half = path.with_suffix(".part")
        with subprocess.Popen([*argv, str(half)], pass_fds=(picture_end[0], sound_end[0])) as made:
            os.close(picture_end[0])
            os.close(sound_end[0])
            speaker = Thread(target=_write_sound, args=(clip, sound_end[1]))
            speaker.start()
            _write_pictures(clip, picture_end[1])
            speaker.join()
        if made.returncode:
            message = f"FFmpeg could not make {clip}"
            raise RuntimeError(message)
        half.rename(path)


def _arguments(clip: Clip, pictures: int, samples: int) -> list[str]:
    """High bitrate at small size: lost packets then hit pictures. No scene cuts: key pictures only where asked."""
    raw = ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", f"{clip.width}x{clip.height}", "-r", clip.fps]
    words = [*raw, "-i", f"pipe:{pictures}"]
    if clip.channels:
        words += ["-f", "s16le", "-ar", str(RATE), "-ac", "1", "-i", f"pipe:{samples}"]
        words += ["-c:a", "aac", "-b:a", "96k", "-ar", str(clip.hertz), "-ac", str(clip.channels)]
    words += ["-c:v", clip.codec, "-preset", "ultrafast", "-g", str(clip.gop), "-bf", str(clip.bframes)]
    if clip.codec == "libx264":
        words += ["-crf", "20", "-sc_threshold", "0", "-x264-params", f"keyint={clip.gop}:min-keyint={clip.gop}"]
    if clip.uneven:
        words += ["-vf", "select='not(between(mod(n,17),3,6)+between(mod(n,11),7,8))'", "-fps_mode", "vfr"]
    if clip.prompt:
        words += ["-pes_payload_size", "0"]
    return [*words, "-f", "mpegts"]


def _write_pictures(clip: Clip, end: int) -> None:
    top, _, bottom = clip.fps.partition("/")
    rate = int(top) / int(bottom or 1)
    grey = bytes([128]) * (clip.width * clip.height // 2)
    with os.fdopen(end, "wb") as out:
        for place in range(round(clip.seconds * rate)):
            millis = round((clip.begin + place / rate) * 1_000)
            shown = round(clip.begin * 1_000) if clip.look == "still" else millis
            luma = picture(Mark(clip.source, shown), clip.width, clip.height)
            if clip.look == "black":
                luma[:] = 16
            out.write(luma.tobytes() + grey)


def _write_sound(clip: Clip, end: int) -> None:
    with os.fdopen(end, "wb") as out:
        if clip.channels:
            samples = sound(clip.begin + clip.seconds)[round(clip.begin * RATE):]
            out.write(bytes(samples.nbytes) if clip.hush else samples.tobytes())
