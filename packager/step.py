"""What one change of a track asks of the store."""

from dataclasses import dataclass, field

from flow.names import MediaName
from packager.segment import Segment


@dataclass(slots=True)
class Step:
    """Gathered while a track moves on, in the order in which it must be done.

    `puts` are bodies to keep before the playlist names them; `closed` the segments that became complete;
    `settled` those that are listed still but no longer served from memory; `removed` the segments that left the
    window; `delisted` those whose parts left the playlist; `lost` counts parts newly listed as GAP.
    """

    puts: list[tuple[MediaName, bytes]] = field(default_factory=list)
    closed: list[Segment] = field(default_factory=list)
    settled: list[Segment] = field(default_factory=list)
    removed: list[Segment] = field(default_factory=list)
    delisted: list[Segment] = field(default_factory=list)
    lost: int = 0
