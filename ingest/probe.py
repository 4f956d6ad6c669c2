"""What a feed contains, and whether xacast can take it: asked before it goes on air."""

import os
import subprocess
from dataclasses import asdict, dataclass
from typing import Any

from flow.errors import FeedError
from flow.feed import Feed, FeedKind
from ingest.command import Wiring, probe_argv
from ingest.facts import Facts
from ingest.hls_pull import HlsPull
from ingest.reasons import reason

NO_SOUND = "it has no sound; silence is used"

_HEIGHT = 1080


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeReport:
    """`ok` when there is a picture; `why` is a sentence about what is missing; `streams` are one text each."""

    received: str
    ok: bool
    why: str
    streams: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain values, ready for `json.dumps`."""
        return asdict(self)


def probe(feed: Feed, ffmpeg: str, seconds: float = 8) -> ProbeReport:
    """Read a feed for a second, with a limit of `seconds` in all."""
    if feed.kind is FeedKind.TESTCARD:
        streams = ("raw picture of any canvas", "pcm 48000 Hz stereo")
        return ProbeReport(received=", ".join(streams), ok=True, why="", streams=streams)
    pull = HlsPull(feed.address, _HEIGHT) if feed.kind is FeedKind.HLS else None
    media: list[int] = []
    try:
        media = pull.start() if pull else []
        argv = probe_argv(ffmpeg, feed, Wiring(pictures=1, sound=2, media=tuple(media)), 1)
        words, late = _words(argv, media, seconds)
    except FeedError as error:
        return ProbeReport(received="", ok=False, why=str(error), streams=())
    finally:
        if pull:
            pull.stop()
        for end in media:
            os.close(end)
    return _report(words, late=late, trouble=pull.trouble if pull else "", seconds=seconds)


def _words(argv: list[str], media: list[int], seconds: float) -> tuple[list[str], bool]:
    """FFmpeg's standard error, and whether the time ran out."""
    try:
        done = subprocess.run(
            argv, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=seconds,
            pass_fds=media, check=False,
        )
        return done.stderr.decode("utf-8", "replace").splitlines(), False
    except subprocess.TimeoutExpired as expired:
        return (expired.stderr or b"").decode("utf-8", "replace").splitlines(), True


def _report(words: list[str], *, late: bool, trouble: str, seconds: float) -> ProbeReport:
    facts = Facts()
    for line in words:
        facts = facts.with_line(line)
    if not facts.video:
        last = [line for line in words if "[info]" not in line]
        late = late and not facts.audio
        why = trouble or (f"nothing came within {seconds:.0f} s" if late else reason(last, facts, 0))
    else:
        why = "" if facts.audio else NO_SOUND
    return ProbeReport(
        received=facts.received, ok=bool(facts.video), why=why, streams=(*facts.video, *facts.audio),
    )
