"""The harness's own eyes and ears: what was sent is what is read, to a few milliseconds."""

import subprocess
import threading
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from desk.ffmpeg import find_ffmpeg
from flow.timebase import GOP, SCALE
from tests.faults.clips import Clip, Clips
from tests.faults.look import Looker
from tests.faults.seen import Seen
from tests.faults.viewer import Taken

FFMPEG = find_ffmpeg("").path
EPOCH = 1_000 * GOP
BEGIN = EPOCH / SCALE


@dataclass
class Counted:
    problems: list[str] = field(default_factory=list)
    last_msn: int = 1 << 40


@dataclass
class Shelf:
    """A rendition that was taken before: stands where a reader would."""

    inits: dict[str, bytes]
    taken: dict[int, Taken]
    lock: threading.Lock = field(default_factory=threading.Lock)
    seen: Counted = field(default_factory=Counted)


@dataclass
class Watched:
    picture: Shelf
    sound: Shelf

    def await_media(self, until: float) -> None:
        """All is there."""


def encoded(clip: Path, *words: str) -> Shelf:
    """The clip as one long fragmented MP4, its times kept, from EPOCH on."""
    argv = [FFMPEG, "-loglevel", "error", "-copyts", "-i", str(clip), *words, "-f", "mp4"]
    argv += ["-video_track_timescale", str(SCALE)]
    argv += ["-movflags", "+cmaf+frag_keyframe+frag_discont+skip_trailer"]
    argv += ["-output_ts_offset", f"{BEGIN:.6f}", "-"]
    data = subprocess.run(argv, check=True, stdout=subprocess.PIPE).stdout
    at = data.index(b"moof") - 4
    one = Taken(msn=EPOCH // GOP, gap=False, discontinuity=False, seen=0.0, init="i", body=data[at:])
    return Shelf({"i": data[:at]}, {one.msn: one})


def watched(clips: Clips, clip: Clip, seconds: float) -> Seen:
    path = clips.path(clip)
    picture = encoded(path, "-map", "0:v", "-c:v", "libx264", "-preset", "ultrafast", "-fps_mode", "passthrough",
                      "-enc_time_base", "1:90000")
    sound = encoded(path, "-map", "0:a", "-c:a", "aac", "-ar", "48000", "-ac", "2")
    looker = Looker(FFMPEG, clip.width, clip.height)
    return looker.look(Watched(picture, sound), BEGIN, BEGIN + seconds, closely=True)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Clips:
    return Clips(FFMPEG, tmp_path_factory.mktemp("clips"))


@pytest.mark.parametrize("clip", [
    Clip(seconds=5), Clip(seconds=5, fps="24"), Clip(seconds=5, bframes=2), Clip(seconds=5, channels=6),
    Clip(seconds=5, hertz=44_100, channels=1), Clip(seconds=5, hertz=32_000),
], ids=lambda clip: clip.name)
def test_sound_and_picture_that_are_together_are_found_together(clips: Clips, clip: Clip) -> None:
    seen = watched(clips, clip, 8)
    assert len(seen.offsets) >= 3
    assert seen.worst_offset() <= 6, seen.offsets
    assert seen.damaged == 0
    (run,) = seen.live
    assert run.source == 1
    assert run.first == 0
    assert run.last >= 4_900
