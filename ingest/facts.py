"""What FFmpeg says it received, read from its standard error."""

import re
from dataclasses import dataclass, replace

_STREAM = re.compile(r"Stream #\d+:\d+(?:\[[^\]]*\])?(?:\([^)]*\))?: (Video|Audio): (.+)")
_SIZE = re.compile(r"\b(\d{2,5})x(\d{2,5})\b")
_RATE = re.compile(r"\b([0-9.]+k?) fps\b")
_HERTZ = re.compile(r"\b(\d{4,6}) Hz\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The streams of a feed, one short text each ("h264 1280x720 25 fps", "aac 48000 Hz stereo")."""

    video: tuple[str, ...] = ()
    audio: tuple[str, ...] = ()
    complete: bool = False
    """Whether the list of inputs is over: what follows speaks of outputs, whose streams look like the inputs'."""

    @property
    def received(self) -> str:
        """The first picture and the first sound, as status shows them; empty while unknown."""
        return ", ".join((*self.video[:1], *self.audio[:1]))

    blank: bool = False
    """Whether the lines now speak of the blank that goes before every sound, and not of the feed."""

    def with_line(self, line: str) -> "Facts":
        """The facts after one more line of standard error."""
        if self.complete:
            return self
        if "Input #" in line:
            return replace(self, blank=", lavfi, from" in line)
        if "Stream mapping:" in line or "Output #" in line:
            return replace(self, complete=True)
        found = _STREAM.search(line)
        if found is None or self.blank:
            return self
        if found[1] == "Video":
            return replace(self, video=(*self.video, _video(found[2])))
        return replace(self, audio=(*self.audio, _audio(found[2])))


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
