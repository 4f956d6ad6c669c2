"""The captions that wait to be shown, and what stands at a moment. No I/O, no clock."""

from collections import deque
from threading import Lock

from flow.timebase import SCALE, TICK
from ingest.captions.caption import Caption, Coded, Cue, Cut
from ingest.captions.codes import CaptionCodes
from ingest.captions.text import tidy

_MOST_CUES = 500
_MOST_CODED = 1_000
"""What waits at most (T-09): a feed is shown within seconds of its coming."""
_LOST = 16 * SCALE
"""Samples without caption bytes, padding included, after which what stands is taken away (CTA-608, annex C.9)."""
_HALF = TICK // 2


class CaptionReel:
    """Of one decoder's life. Moments only go forward. Safe for threads: captions come by one of their own."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._cues: list[Cue] = []
        self._coded: deque[Coded] = deque(maxlen=_MOST_CODED)
        self._codes: CaptionCodes | None = None
        self._heard_at = 0

    def add(self, caption: Caption) -> None:
        """One thing more."""
        with self._lock:
            self._add(caption)

    def _add(self, caption: Caption) -> None:
        match caption:
            case Cue():
                self._cues.append(caption)
                del self._cues[:-_MOST_CUES]
            case Cut():
                self._cues = [
                    Cue(start=cue.start, end=min(cue.end, caption.at), text=cue.text)
                    for cue in self._cues if cue.start < caption.at
                ]
            case Coded():
                self._coded.append(caption)

    def text(self, place: int) -> str:
        """What stands in the tick that begins at that sample: what begins or ends within it does so at the nearer
        edge."""
        with self._lock:
            coded = self._coded or self._codes is not None
            return self._decoded(place + _HALF) if coded else self._standing(place + _HALF)

    def _standing(self, moment: int) -> str:
        if not self._cues:
            return ""
        self._cues = [cue for cue in self._cues if cue.end > moment]
        standing = dict.fromkeys(cue.text for cue in self._cues if cue.start <= moment)
        return tidy("\n".join(standing)) if len(standing) > 1 else next(iter(standing), "")

    @property
    def kind(self) -> str:
        """By which code the text came, empty for none: "CEA-608" or "CEA-708"."""
        return self._codes.kind if self._codes else ""

    def _decoded(self, moment: int) -> str:
        if self._codes is None:
            self._codes, self._heard_at = CaptionCodes(), moment
        while self._coded and self._coded[0].at <= moment:
            coded = self._coded.popleft()
            self._heard_at = coded.at
            self._codes.feed(coded.triples)
        if moment - self._heard_at > _LOST:
            self._codes = None
            return ""
        return self._codes.text
