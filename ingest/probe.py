"""What a feed contains, and whether xacast can take it: asked before it goes on air."""

import os
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from typing import Any

from flow.errors import FeedError, ToolError
from flow.feed import Feed, FeedKind
from flow.track import MOST_TRACKS
from ingest.asked import answer
from ingest.bounds import decoder_cage
from ingest.captions.probe import CaptionProbe
from ingest.carrier import Carrier
from ingest.carriers import Carriers
from ingest.command import Wiring, picks, probe_argv
from ingest.facts import Facts
from ingest.means import Means
from ingest.reasons import names_fault, reason
from ingest.srt.receiver import SrtReceiver

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
    `sounds` those of them that are sound, in the order of their numbers from 1 on; `captions` has a sentence for
    each kind of captions, which says whether they can be taken."""

    received: str
    ok: bool
    why: str
    streams: tuple[str, ...]
    sounds: tuple[ProbedSound, ...] = ()
    captions: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain values, ready for `json.dumps`."""
        return asdict(self)


def probe(feed: Feed, means: Means, seconds: float = 8) -> ProbeReport:
    """Read a feed for a second, with a limit of `seconds` in all."""
    if feed.kind is FeedKind.TESTCARD:
        streams = ("raw picture of any canvas", "pcm 48000 Hz stereo")
        return ProbeReport(received=", ".join(streams), ok=True, why="", streams=streams)
    carriers = Carriers(feed, height=_HEIGHT, means=means)
    with closing(CaptionProbe()) as captions:
        try:
            return _probed(feed, means, carriers, captions, seconds)
        except (FeedError, ToolError) as error:
            return ProbeReport(received="", ok=False, why=str(error), streams=())
        finally:
            carriers.close()


def _probed(
    feed: Feed, means: Means, carriers: Carriers, captions: CaptionProbe, seconds: float,
) -> ProbeReport:
    carrier: Carrier | None = None
    try:
        carrier = carriers.next(range(1, MOST_TRACKS + 1))
        media = carrier.start() if carrier else []
        try:
            wiring = Wiring(pictures=1, sounds={}, media=tuple(media), captions=captions.pipe)
            argv = probe_argv(means.ffmpeg, feed, wiring, 1)
            process = means.spawn(argv, pass_fds=[*media, captions.pipe], cage=decoder_cage(feed))
            captions.start()
        finally:
            for end in media:
                os.close(end)
        words, late = answer(process, seconds)
        facts = _facts(feed, words, carrier)
        report = _report(facts, words, late=late, trouble=carrier.trouble if carrier else "", seconds=seconds)
        sounds = _sounds(facts, tuple(carrier.apart) if carrier else ())
        return replace(report, sounds=sounds, captions=captions.said(feed, facts))
    finally:
        if carrier:
            carrier.stop()


def _facts(feed: Feed, words: list[str], carrier: Carrier | None) -> Facts:
    """What the decoder said of the streams; a front knows also of those that it does not hand on."""
    facts = Facts(program=picks(feed))
    for line in words:
        facts = facts.with_line(line)
    if carrier and carrier.apart:  # playlists know the languages of their sounds; segments seldom do
        together = max(0, len(facts.audio) - len(carrier.apart))
        facts = replace(facts, languages=(*facts.languages[:together], *carrier.apart.values()))
    return replace(facts, captions=carrier.facts.captions) if isinstance(carrier, SrtReceiver) else facts


def _report(facts: Facts, words: list[str], *, late: bool, trouble: str, seconds: float) -> ProbeReport:
    if not facts.video:
        last = [line for line in words if names_fault(line)]
        late = late and not facts.audio
        why = trouble or (f"nothing came within {seconds:.0f} s" if late else reason(last, facts, 0))
    else:
        why = "" if facts.audio else NO_SOUND
    return ProbeReport(
        received=facts.received, ok=bool(facts.video), why=why, streams=(*facts.video, *facts.audio),
    )


def _sounds(facts: Facts, apart: tuple[int, ...]) -> tuple[ProbedSound, ...]:
    """Those that come with the picture are in front of those that come apart, which have numbers already."""
    numbers = (*range(1, len(facts.audio) - len(apart) + 1), *apart)
    return tuple(
        ProbedSound(number=number, received=received, language=language)
        for number, received, language in zip(numbers, facts.audio, facts.languages, strict=False)
    )
