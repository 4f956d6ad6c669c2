"""With what the feeds of this machine are fetched and decoded, from its settings."""

from desk.ports import Ports
from desk.settings import Settings
from desk.system import SystemSpawn
from ingest.means import Means
from ingest.reach.reach import Reach


def feed_means(settings: Settings, spawn: SystemSpawn | None = None) -> Means:
    """No feed may lead to a listener of ours; a playlist or a redirection to another host only by the operator's
    list (T-04).

    Raises OperatorError for a word in that list that names no host.
    """
    ours = [settings.viewers, settings.operators, settings.machines, settings.rtmp]
    if open_now := Ports.read(settings.run):  # what any port was wished for, it is a certain one now
        ours += [open_now.viewers, open_now.operators, open_now.machines]
    own = dict.fromkeys((listener.host, listener.port) for listener in ours if listener.port)
    reach = Reach.of(allowed=settings.hosts, own=own)
    spawn = spawn or SystemSpawn(settings.cage)
    return Means(spawn=spawn, ffmpeg=settings.ffmpeg, reach=reach, doors=lambda: spawn.cages.doors)
