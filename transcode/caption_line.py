"""The captions of one run: the texts of its ticks in, a chunk of them for each chunk of pictures out."""

from collections import deque

from flow.chunk import Chunk, Init
from flow.ladder import CAPTIONS
from flow.timebase import TICK
from transcode.cues import BRIDGE, blocks_of, bridged, cues_of

_CODECS = "wvtt"
_HEADER = b"WEBVTT\n"


class CaptionLine:
    """Takes each tick's text from `start` on, and gives chunks in order, each once, when the encoder gives its
    own: so captions never run ahead of their pictures, and end with them. One call at a time.

    A cue that goes on over the end of a chunk is cut there and repeated in the next (RFC 8216bis 3.1.4): where it
    ends is not known yet.
    """

    def __init__(self, *, run: int, start: int) -> None:
        self._run = run
        self._first = start // TICK  # the tick of the first text kept
        self._texts: deque[str] = deque()

    @property
    def init(self) -> Init:
        """What stands for an init section: the same in each run, so that no new run breaks the timeline for it."""
        return Init(rendition=CAPTIONS, run=self._run, codecs=_CODECS, body=_HEADER)

    def offer(self, text: str) -> None:
        """The next tick's text."""
        self._texts.append(text)

    def chunk(self, start: int, end: int) -> Chunk:
        """The cues from `start` to `end`, in units."""
        first, after = start // TICK, end // TICK
        while self._first < first - BRIDGE and self._texts:
            self._texts.popleft()
            self._first += 1
        near = bridged(tuple(self._texts)[: after + BRIDGE - self._first])
        cues = cues_of(near[first - self._first : after - self._first], start)
        return Chunk(
            rendition=CAPTIONS, run=self._run, start=start, duration=end - start, independent=True,
            body=blocks_of(cues),
        )
