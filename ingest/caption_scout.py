"""Finds out where a feed's captions are before its decoder starts, and remembers it for as long as the film is
the same."""

import logging
from pathlib import Path

from flow.errors import FeedError, ToolError
from flow.feed import NO_CAPTIONS as UNWANTED
from flow.feed import Feed, FeedKind
from flow.layout import Role
from ingest.asked import answer
from ingest.bounds import decoder_cage
from ingest.caption_plan import IN_PICTURES, NO_CAPTIONS, CaptionPlan, CaptionSource, of_streams, verdicts
from ingest.caption_sidecar import beside, read_sidecar
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

    def plan(self) -> CaptionPlan:
        """What the next decoder takes; waits for some seconds at most."""
        feed = self._feed
        unheard = feed.kind in (FeedKind.TESTCARD, FeedKind.STILL) or feed.role is Role.SLIDES
        if unheard or feed.captions == UNWANTED:
            return NO_CAPTIONS
        if feed.kind is not FeedKind.FILE:
            return IN_PICTURES
        film = Path(feed.address)
        sidecar = Path(feed.captions) if feed.captions else beside(film)
        stamp = tuple(_stamp(path) for path in (film, sidecar) if path)
        if self._known is None or self._known[0] != stamp:
            self._known = stamp, self._made(sidecar)
        return self._known[1]

    def judge(self, pictures: int) -> None:
        """After a decoder's life with so many pictures: a caption stream that may have cost all of them is not
        taken again."""
        if not pictures and self._known and self._known[1].source is CaptionSource.STREAM:
            _log.warning("feed %s: its captions are left out", self._feed.shown)
            self._known = self._known[0], IN_PICTURES

    def said_of(self, facts: Facts) -> str:
        """What status says of the captions while none have come."""
        if self._known and self._known[1].shown:
            return self._known[1].shown
        return "; ".join(verdicts(facts))

    def _made(self, sidecar: Path | None) -> CaptionPlan:
        facts = self._look()
        if sidecar is None:
            return of_streams(facts)
        try:
            cues = read_sidecar(sidecar)
        except FeedError as error:
            _log.warning("feed %s: %s", self._feed.shown, error)
            return CaptionPlan(shown=str(error))
        return CaptionPlan(
            source=CaptionSource.SIDECAR, cues=cues, length=facts.length, shown=f"file {sidecar.name}",
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
