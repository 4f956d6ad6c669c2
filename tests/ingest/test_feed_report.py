from flow.feed import FeedState
from ingest.carriers import Carriers
from ingest.feed_report import feed_status
from ingest.kinds import feed_of
from ingest.levels.loudness import Loudness
from ingest.look import Look
from ingest.means import Means
from ingest.playout.playout import Timing
from tests.ingest.spawning import spawn


def test_what_the_parts_know_stands_in_one_status() -> None:
    feed = feed_of("udp://239.1.1.1:5000")
    carriers = Carriers(feed, height=720, means=Means(spawn=spawn, ffmpeg="ffmpeg"))
    look = Look(state=FeedState.LIVE, received="h264", restarts=3)
    said = feed_status(feed, look, carriers, Timing(delay_ms=200, set_ms=200, rate_ppm=-5, skew_ms=1), Loudness())
    assert (said.shown, said.state, said.received, said.restarts) == (feed.shown, FeedState.LIVE, "h264", 3)
    assert (said.delay_ms, said.rate_ppm, said.skew_ms, said.lufs) == (200, -5, 1, None)
    assert said.unprotected
    assert (said.stranger, said.refused) == (False, 0)


def test_a_feed_that_waits_for_its_caller_says_that_the_last_one_was_refused() -> None:
    """T-01: whoever looks at status alone learns why the picture does not come."""
    feed = feed_of("srt://:9000?passphrase=0123456789ab")
    carriers = Carriers(feed, height=720, means=Means(spawn=spawn, ffmpeg="ffmpeg"))
    timing, silence = Timing(delay_ms=0, set_ms=200, rate_ppm=0, skew_ms=0), Loudness()
    waits = Look(why="it waits for the sender to call")
    assert feed_status(feed, waits, carriers, timing, silence).why == waits.why
    carriers.refusal = "wrong-passphrase"
    said = feed_status(feed, waits, carriers, timing, silence).why
    assert said == "it waits for the sender to call; the last caller was refused: its passphrase is wrong"
    live = Look(state=FeedState.LIVE)
    assert feed_status(feed, live, carriers, timing, silence).why == ""
