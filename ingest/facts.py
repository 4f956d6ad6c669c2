"""What FFmpeg says it received, read from its standard error."""

import re
from dataclasses import dataclass, replace
from itertools import zip_longest

from flow.canvas import Canvas
from flow.timebase import SCALE
from ingest.colours import blind

_STREAM = re.compile(r"Stream #\d+:\d+(?:\[[^\]]*\])?(?:\(([^)]*)\))?: (Video|Audio|Subtitle): (.+)")
_PROGRAM = re.compile(r" (?:Program (\d+)|No Program)\b")
_LENGTH = re.compile(r"^(?:\[info\])?\s*Duration: (\d+):(\d\d):(\d\d)\.(\d\d)")
_SHOWN = re.compile(r"^\[graph -?\d+ input from stream [^]]*\] \[verbose\] w:(\d+) h:(\d+) pixfmt:(\w+)(.*)")
"""Before the first picture that is shown, and again where its size changes: what it really is. The line on the
stream was written before, and of one that is joined between two key pictures it knows little (F-12, F-16)."""
_MATRIX = re.compile(r" csp:(\S+)")
"""FFmpeg 7 and later tell it there."""
_SIZE = re.compile(r"\b(\d{2,5})x(\d{2,5})\b")
_RATE = re.compile(r"\b([0-9.]+k?) fps\b")
_MOST_SOUNDS = 32
_LANGUAGE = re.compile(r"[A-Za-z-]{2,8}")
"""What a sender may have printed of it."""
_HERTZ = re.compile(r"\b(\d{4,6}) Hz\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The streams of a feed, one short text each ("h264 1280x720 25 fps", "aac 48000 Hz stereo").

    `languages` has the language of each sound as its sender calls it ("vie", "eng"), empty for none. Of a
    multiplex only the wanted `program` counts, 0 for all of it.
    """

    video: tuple[str, ...] = ()
    blind: bool | None = None
    """Whether nothing is known of the first picture's matrix, see `ingest/colours.py`; None while unknown."""
    audio: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    program: int = 0
    elsewhere: bool = False
    """Whether the lines now speak of another programme of the multiplex."""
    captions: tuple[tuple[str, str], ...] = ()
    """FFmpeg's name of each caption stream's codec, and its language, empty where it tells none."""
    length: int = 0
    """Of a film, in samples; 0 while unknown."""
    complete: bool = False
    """Whether the list of inputs is over: what follows speaks of outputs, whose streams look like the inputs'."""

    @property
    def received(self) -> str:
        """The first picture and the first sound, as status shows them; empty while unknown."""
        return ", ".join((*self.video[:1], *self.audio[:1]))

    @property
    def codecs(self) -> str:
        """Those of the first picture and the first sound; empty while unknown."""
        return ", ".join(one.partition(" ")[0] for one in (*self.video[:1], *self.audio[:1]))

    @property
    def sounds(self) -> tuple[str, ...]:
        """Each sound, with its language where its sender tells one; empty for more than anybody sends on purpose,
        since they go into every status (T-09)."""
        if len(self.audio) > _MOST_SOUNDS:
            return ()
        return tuple(
            f"{sound} ({language})" if _LANGUAGE.fullmatch(language) else sound
            for sound, language in zip_longest(self.audio, self.languages, fillvalue="")
        )

    @property
    def sized(self) -> bool:
        """Whether the first picture's size is known already."""
        return bool(self.video and _SIZE.search(self.video[0]))

    @property
    def mute(self) -> bool:
        """Whether the feed is known to have a picture and no sound."""
        return self.complete and bool(self.video) and not self.audio

    blank: bool = False
    """Whether the lines now speak of the blank that goes before every sound, and not of the feed."""

    def with_line(self, line: str) -> "Facts":
        """The facts after one more line of standard error."""
        if shown := _SHOWN.match(line):
            return self._with_picture(*shown.groups())
        if self.complete:
            return self
        if "Input #" in line:
            return replace(self, blank=", lavfi, from" in line, elsewhere=False)
        if "Stream mapping:" in line or "Output #" in line:
            return replace(self, complete=True)
        if self.program and (named := _PROGRAM.search(line)):
            return replace(self, elsewhere=named[1] != str(self.program))
        if self.blank or self.elsewhere:
            return self
        if (length := _LENGTH.match(line)) and not self.length:
            return replace(self, length=_samples(*map(int, length.groups())))
        found = _STREAM.search(line)
        return self if found is None else self._with_stream(*found.groups(""))

    def _with_picture(self, width: str, height: str, form: str, more: str) -> "Facts":
        codec, *words = (*self.video[:1], "")[0].split(" ")
        shape = [f"{width}x{height}", *(word for word in words if not _SIZE.fullmatch(word))]
        matrix = _MATRIX.search(more)
        told = blind(f" {form}({matrix[1]}),") if matrix else None
        return replace(
            self, video=(" ".join([codec, *shape]), *self.video[1:]) if self.video else (),
            blind=told if self.blind is None else self.blind,
        )

    def _with_stream(self, language: str, kind: str, text: str) -> "Facts":
        language = "" if language == "und" else language
        if kind == "Video":
            unsaid = self.blind if self.video else blind(text)
            return replace(self, video=(*self.video, _video(text)), blind=unsaid)
        if kind == "Audio":
            return replace(self, audio=(*self.audio, _audio(text)), languages=(*self.languages, language))
        return replace(self, captions=(*self.captions, (_codec(text), language)))


def card(canvas: Canvas) -> str:
    """What is received of our own test card, in the same words."""
    return f"raw {canvas.width}x{canvas.height} {canvas.fps} fps, pcm 48000 Hz stereo"


def _samples(hours: int, minutes: int, seconds: int, hundredths: int) -> int:
    return (((hours * 60 + minutes) * 60 + seconds) * 100 + hundredths) * (SCALE // 100)


def _codec(text: str) -> str:
    return text.partition(",")[0].partition(" ")[0]


def _video(text: str) -> str:
    words = [_codec(text)]
    if size := _SIZE.search(text):
        words.append(f"{size[1]}x{size[2]}")
    if rate := _RATE.search(text):
        words.append(f"{rate[1]} fps")
    return " ".join(words)


def _audio(text: str) -> str:
    words = [_codec(text)]
    if hertz := _HERTZ.search(text):
        words.append(f"{hertz[1]} Hz")
        layout = text[hertz.end():].split(",")
        if len(layout) > 1:
            words.append(layout[1].strip())
    return " ".join(words)
