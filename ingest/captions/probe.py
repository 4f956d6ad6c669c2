"""Looks for captions while a feed is probed: in its pictures, in streams of their own, in a file beside it."""

import os
from contextlib import suppress
from pathlib import Path
from threading import Thread

from flow.errors import FeedError
from flow.feed import NO_CAPTIONS, Feed, FeedKind
from ingest.captions.caption import Coded
from ingest.captions.census import CaptionCensus
from ingest.captions.pipe import captions
from ingest.captions.plan import IN_PICTURES, verdicts
from ingest.captions.sidecar import beside, read_sidecar
from ingest.facts import Facts
from ingest.pipes import wide_pipe

_ENDING = 2.0


class CaptionProbe:
    """For one probe: `pipe` is where FFmpeg writes what captions are in the pictures; `close` in any case."""

    def __init__(self) -> None:
        self._end, self.pipe = wide_pipe()
        self._census = CaptionCensus()
        self._thread = Thread(target=self._read, name="captions", daemon=True)

    def start(self) -> None:
        """FFmpeg has the pipe now; ours is closed, and what comes is counted."""
        os.close(self.pipe)
        self.pipe = -1
        self._thread.start()

    def close(self) -> None:
        """It is over."""
        if self.pipe >= 0:
            os.close(self.pipe)
        if self._thread.ident is not None:
            self._thread.join(_ENDING)
        os.close(self._end)

    def said(self, feed: Feed, facts: Facts) -> tuple[str, ...]:
        """What the feed's captions are, and whether they can be taken: a sentence for each kind."""
        self._thread.join(_ENDING)
        return (*_beside(feed), *verdicts(facts, film=feed.kind is FeedKind.FILE), *self._census.said)

    def _read(self) -> None:
        with suppress(OSError):
            for caption in captions(self._end, IN_PICTURES):
                if isinstance(caption, Coded):
                    self._census.add(caption)


def _beside(feed: Feed) -> tuple[str, ...]:
    """A film's captions in a file of their own."""
    if feed.kind is not FeedKind.FILE or feed.captions == NO_CAPTIONS:
        return ()
    path = Path(feed.captions) if feed.captions else beside(Path(feed.address))
    if path is None:
        return ()
    try:
        count = len(read_sidecar(path))
    except FeedError as error:
        return (str(error),)
    return (f"file {path.name}: {count} texts, taken before all others",)
