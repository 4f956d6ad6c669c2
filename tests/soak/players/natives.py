"""FFmpeg, mpv, VLC and GStreamer: how each is started, and what its words say.

Each function that reads gets all that a player printed until it was stopped.
"""

import os
import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from desk.ffmpeg import find_ffmpeg
from tests.soak.players.seen import Seen

NOBODY = 65_534
_FPS = 25
_NOT_ROOT = ("setpriv", "--reuid", str(NOBODY), "--regid", str(NOBODY), "--clear-groups")
_SINKS = (
    "video-sink=progressreport update-freq=1 silent=false ! fakesink sync=true", "audio-sink=fakesink sync=true",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Native:
    """A player: its words before the address, what is typed into it before it is stopped, and how it is read."""

    name: str
    program: str
    words: tuple[str, ...]
    after: tuple[str, ...] = ()
    asks: str = ""
    read: Callable[[str, str, float], Seen]

    def argv(self, url: str) -> list[str]:
        """The whole command; GStreamer writes the address as a property."""
        return [*self.words, (f"uri={url}" if self.program == "gst-launch-1.0" else url), *self.after]

    @property
    def present(self) -> bool:
        """Whether it is installed."""
        return shutil.which(self.program) is not None


def natives() -> tuple[Native, ...]:
    """All that we know how to start, whether they are here or not."""
    ffmpeg = find_ffmpeg("").path
    mpv = ("mpv", "--no-config", "--vo=null", "--ao=null", "--no-input-terminal",
           "--msg-level=all=error,statusline=status",
           "--term-status-msg=AT ${=time-pos} ${paused-for-cache} ${frame-drop-count}")
    vlc = (*(_NOT_ROOT if os.geteuid() == 0 else ()), "cvlc", "-I", "oldrc", "--rc-fake-tty", "--no-dbus",
           "--verbose", "0", "--vout", "dummy", "--aout", "dummy")
    return (
        Native(name="FFmpeg", program=ffmpeg, words=(ffmpeg, "-nostdin", "-v", "error", "-i"),
               after=("-f", "null", "-progress", "pipe:1", "-"), read=ffmpeg_said),
        Native(name="mpv", program="mpv", words=mpv, read=mpv_said),
        Native(name="VLC", program="cvlc", words=vlc, asks="stats\n", read=vlc_said),
        *(Native(name=f"GStreamer {bin_}", program="gst-launch-1.0", words=("gst-launch-1.0", bin_), after=_SINKS,
                 read=gstreamer_said) for bin_ in ("playbin", "playbin3")),
    )


def ffmpeg_said(out: str, err: str, seconds: float) -> Seen:
    """`-progress` tells how far it has come; all else is an error.

    But what it says of a stream without a decoder, `NULL`: it opens all renditions, lets go of those that it does
    not play in the middle of a picture, and complains of that picture.
    """
    times = re.findall(r"^out_time_us=(\d+)", out, re.MULTILINE)
    errors = [line for line in _lines(err) if not line.startswith("[NULL @")]
    return _seen(seconds, int(times[-1]) / 1e6 if times else 0, errors)


def mpv_said(out: str, err: str, seconds: float) -> Seen:
    """Its status line has the place in the stream, whether it waits, and what it dropped."""
    rows, errors = [], []
    for line in re.split(r"[\r\n]+", out + "\n" + err):
        text = re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", line).strip()
        found = re.fullmatch(r"AT ([\d.-]+) (yes|no) (\d*)", text)
        if found:
            rows.append((float(found[1]), found[2] == "yes", int(found[3] or 0)))
        elif text and not text.startswith("AT "):
            errors.append(text)
    waits = sum(now[1] and not before[1] for before, now in pairwise(rows))
    played = rows[-1][0] - rows[0][0] if rows else 0
    return _seen(seconds, played, errors, waits=waits, dropped=rows[-1][2] if rows else None)


def vlc_said(out: str, err: str, seconds: float) -> Seen:
    """Its statistics count pictures; that it has no desktop to talk to is no error of play.

    Nor is what a decoder says when VLC closes it, at a change of rendition: it gets no more buffers for the
    pictures that are under way, and says four things about each.
    """
    def counted(what: str) -> int:
        found = re.findall(rf"{what}\s*:\s*(\d+)", out)
        return int(found[-1]) if found else 0

    closed = set(re.findall(r"^(\[\w+ @ \w+\]) get_buffer\(\) failed", err, re.MULTILINE))
    errors = [line for line in _lines(err) if re.search(r" error: |^\[\w+ @", line)]
    errors = [line for line in errors if " interface " not in line and " libvlc " not in line]
    errors = [line for line in errors if not line.startswith(tuple(closed))]
    return _seen(seconds, counted("frames displayed") / _FPS, errors, dropped=counted("frames lost"))


def gstreamer_said(out: str, err: str, seconds: float) -> Seen:
    """Its progress reports tell the place in the stream, once a second."""
    places = [int(place) for place in re.findall(r"progressreport\d+ \([\d:]+\): (\d+) seconds", out)]
    errors = [line for line in _lines(out + "\n" + err) if re.search(r"ERROR: from|WARNING: from|CRITICAL", line)]
    return _seen(seconds, places[-1] - places[0] if places else 0, errors)


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _seen(
    seconds: float, played: float, errors: Sequence[str], waits: int | None = None, dropped: int | None = None,
) -> Seen:
    return Seen(
        seconds=seconds, played=played, errors=len(errors), waits=waits, dropped=dropped,
        note=errors[0][-160:] if errors else "",
    )
