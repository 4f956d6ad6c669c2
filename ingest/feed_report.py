"""What status says of one feed, put together from what its parts know."""

from flow.feed import Feed, FeedStatus
from ingest.carriers import Carriers
from ingest.exposure import unprotected
from ingest.levels.loudness import Loudness
from ingest.look import Look
from ingest.playout.playout import Timing
from ingest.reasons import waiting
from ingest.srt.refusal import sentence_of


def feed_status(feed: Feed, look: Look, carriers: Carriers, timing: Timing, loudness: Loudness) -> FeedStatus:
    """All but the counts that only its runner has."""
    return FeedStatus(
        kind=feed.kind, shown=feed.shown, state=look.state, why=_why(feed, look, carriers), received=look.received,
        sound=look.sound, sounds=look.sounds, restarts=look.restarts,
        unprotected=unprotected(feed), stranger=carriers.stranger,
        refused=carriers.refused, delay_ms=timing.delay_ms, rate_ppm=timing.rate_ppm, skew_ms=timing.skew_ms,
        lufs=None if loudness.short_term is None else round(loudness.short_term, 1),
        gain_db=round(loudness.gain_db, 1),
    )


def _why(feed: Feed, look: Look, carriers: Carriers) -> str:
    """While it waits for a call: that somebody has called, and why that came to nothing."""
    if carriers.refusal and look.why == waiting(feed):
        return f"{look.why}; {sentence_of(carriers.refusal)}"
    return look.why
