"""With what the feeds of this machine are fetched and decoded, from its settings."""

from desk.settings import Settings
from desk.system import SystemSpawn
from ingest.means import Means
from ingest.reach import Reach


def feed_means(settings: Settings) -> Means:
    """No feed may lead to a listener of ours; an HLS playlist to another host only by the operator's list (T-04).

    Raises OperatorError for a word in that list that names no host.
    """
    ours = (settings.viewers, settings.operators, settings.machines, settings.rtmp)
    reach = Reach.of(allowed=settings.hosts, own=[(listener.host, listener.port) for listener in ours])
    return Means(spawn=SystemSpawn(settings.cage), ffmpeg=settings.ffmpeg, reach=reach)
