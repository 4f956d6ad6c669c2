"""With what a feed is fetched and decoded."""

from ingest.means import Means
from ingest.reach.reach import Reach
from tests.ingest.spawning import spawn


def test_without_a_word_there_is_no_door_and_no_feed_leads_elsewhere() -> None:
    """T-04."""
    means = Means(spawn=spawn, ffmpeg="ffmpeg")
    assert (means.door, means.reach) == (None, Reach())
