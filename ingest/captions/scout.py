"""Finds out where a feed's captions are before its decoder starts, and remembers it for as long as the film is
the same."""

import logging
from collections.abc import Sequence
from pathlib import Path

from flow.errors import FeedError, ToolError
from flow.feed import NO_CAPTIONS as UNWANTED
from flow.feed import Feed, FeedKind
from flow.layout import Role
from ingest.asked import answer
from ingest.bounds import decoder_cage
from ingest.captions.caption import Cue
from ingest.captions.extract import CaptionExtract
from ingest.captions.plan import IN_PICTURES, NO_CAPTIONS, CaptionPlan, CaptionSource, text_stream, verdicts
from ingest.captions.sidecar import beside, read_sidecar
from ingest.command import look_argv
from ingest.facts import Facts
from ingest.means import Means

_PATIENCE = 3.0
"""Seconds; a film on a disk tells its streams in a tenth of one."""
_log = logging.getLogger(__name__)

Stamp = tuple[tuple[str, int, int], ...]
"""Names, times and sizes of the files that the plan was made from."""


class CaptionScout:
    """For one feed. A film is looked at by a caged FFmpeg that reads its head and ends."""

    def __init__(self, feed: Feed, means: Means) -> None:
        self._feed = feed
        self._means = means
        self._known: tuple[Stamp, CaptionPlan] | None = None
        self._extract: CaptionExtract | None = None
        self._spoilt = False

    def plan(self) -> CaptionPlan:
        """What the next decoder takes; waits for some seconds at most."""
        feed = self._feed
        unheard = feed.kind in (FeedKind.TESTCARD, FeedKind.STILL) or feed.role is Role.SLIDES
        if unheard or feed.captions == UNWANTED:
            return NO_CAPTIONS
        if feed.kind is not FeedKind.FILE:
            return NO_CAPTIONS if self._spoilt else IN_PICTURES
        film = Path(feed.address)
        sidecar = Path(feed.captions) if feed.captions else beside(film)
        stamp = tuple(_stamp(path) for path in (film, sidecar) if path)
        if self._known is None or self._known[0] != stamp:
            self._known = stamp, self._made(sidecar)
        return self._known[1]

    def judge(self, pictures: int) -> None:
        """After a decoder's life with so many pictures.

        FFmpeg copies no packets of a stream whose size it does not know, and ends; one that is joined between two
        key pictures has not told it yet. After a life without a picture the next one goes without captions: they
        must never cost the picture (F-16).
        """
        self._spoilt = not pictures

    def close(self) -> None:
        """No decoder follows."""
        if self._extract:
            self._extract.stop()

    def said_of(self, facts: Facts) -> str:
        """What status says of the captions while none have come."""
        if self._known and self._known[1].shown:
            return self._known[1].shown
        return "; ".join(verdicts(facts, film=self._feed.kind is FeedKind.FILE))

    def _made(self, sidecar: Path | None) -> CaptionPlan:
        self.close()
        facts = self._look()
        if not facts.sized:  # FFmpeg copies no picture that it does not know, and captions may not cost it
            return IN_PICTURES
        try:
            if sidecar is None:
                return self._within(facts)
            cues: Sequence[Cue] = read_sidecar(sidecar)
        except (FeedError, ToolError) as error:
            _log.warning("feed %s: %s", self._feed.shown, error)
            return CaptionPlan(shown=str(error))
        return CaptionPlan(
            source=CaptionSource.CUES, cues=cues, length=facts.length, shown=f"file {sidecar.name}",
        )

    def _within(self, facts: Facts) -> CaptionPlan:
        """Of a film without a file beside it."""
        stream = text_stream(facts)
        if stream is None:
            return IN_PICTURES
        self._extract = CaptionExtract(self._feed, self._means, stream.number, stream.decoder)
        self._extract.start()
        return CaptionPlan(
            source=CaptionSource.CUES, cues=self._extract.cues, length=facts.length, shown=stream.shown,
        )

    def _look(self) -> Facts:
        """What FFmpeg says of the film's streams; nothing when it cannot tell: the decoder will say why."""
        facts = Facts()
        try:
            process = self._means.spawn(look_argv(self._means.ffmpeg, self._feed), cage=decoder_cage(self._feed))
            for line in answer(process, _PATIENCE)[0]:
                facts = facts.with_line(line)
        except (ToolError, OSError) as error:
            _log.warning("feed %s could not be looked at: %s", self._feed.shown, error)
        return facts


def _stamp(path: Path) -> tuple[str, int, int]:
    try:
        state = path.stat()
    except OSError:
        return str(path), 0, 0
    return str(path), state.st_mtime_ns, state.st_size
