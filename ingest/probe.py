"""What a feed contains, and whether xacast can take it: asked before it goes on air."""

import os
from dataclasses import asdict, dataclass
from threading import Event, Timer
from typing import Any

from flow.errors import FeedError, ToolError
from flow.feed import Feed, FeedKind
from flow.process import Process
from ingest.bounds import decoder_cage
from ingest.carrier import Carrier
from ingest.carriers import Carriers
from ingest.command import Wiring, picks, probe_argv
from ingest.facts import Facts
from ingest.means import Means
from ingest.reasons import reason

NO_SOUND = "it has no sound; silence is used"

_HEIGHT = 1080


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbedSound:
    """One sound: its number, for `--sound`, what it is, its language as the sender calls it, empty for none."""

    number: int
    received: str
    language: str

    def __str__(self) -> str:
        return f"{self.number}: {self.received}" + (f" ({self.language})" if self.language else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeReport:
    """`ok` when there is a picture; `why` is a sentence about what is missing; `streams` are one text each,
    `sounds` those of them that are sound, in the order of their numbers from 1 on."""

    received: str
    ok: bool
    why: str
    streams: tuple[str, ...]
    sounds: tuple[ProbedSound, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain values, ready for `json.dumps`."""
        return asdict(self)


def probe(feed: Feed, means: Means, seconds: float = 8) -> ProbeReport:
    """Read a feed for a second, with a limit of `seconds` in all."""
    if feed.kind is FeedKind.TESTCARD:
        streams = ("raw picture of any canvas", "pcm 48000 Hz stereo")
        return ProbeReport(received=", ".join(streams), ok=True, why="", streams=streams)
    carrier: Carrier | None = None
    carriers = Carriers(feed, height=_HEIGHT, means=means)
    try:
        carrier = carriers.next()
        media = carrier.start() if carrier else []
        try:
            argv = probe_argv(means.ffmpeg, feed, Wiring(pictures=1, sounds={}, media=tuple(media)), 1)
            process = means.spawn(argv, pass_fds=media, cage=decoder_cage(feed))
        finally:
            for end in media:
                os.close(end)
        words, late = _words(process, seconds)
        return _report(feed, words, late=late, trouble=carrier.trouble if carrier else "", seconds=seconds)
    except (FeedError, ToolError) as error:
        return ProbeReport(received="", ok=False, why=str(error), streams=())
    finally:
        if carrier:
            carrier.stop()
        carriers.close()


def _words(process: Process, seconds: float) -> tuple[list[str], bool]:
    """FFmpeg's standard error, and whether the time ran out."""
    late = Event()

    def end() -> None:
        late.set()
        process.kill()

    timer = Timer(seconds, end)
    timer.start()
    try:
        words = [raw.decode("utf-8", "replace").rstrip() for raw in process.stderr or ()]
        process.wait()
    finally:
        timer.cancel()
        if process.stderr is not None:
            process.stderr.close()
    return words, late.is_set()


def _report(feed: Feed, words: list[str], *, late: bool, trouble: str, seconds: float) -> ProbeReport:
    facts = Facts(program=picks(feed))
    for line in words:
        facts = facts.with_line(line)
    if not facts.video:
        last = [line for line in words if "[info]" not in line]
        late = late and not facts.audio
        why = trouble or (f"nothing came within {seconds:.0f} s" if late else reason(last, facts, 0))
    else:
        why = "" if facts.audio else NO_SOUND
    sounds = tuple(
        ProbedSound(number=number, received=received, language=language)
        for number, (received, language) in enumerate(zip(facts.audio, facts.languages, strict=True), start=1)
    )
    return ProbeReport(
        received=facts.received, ok=bool(facts.video), why=why, streams=(*facts.video, *facts.audio),
        sounds=sounds,
    )
