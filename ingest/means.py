"""With what a feed is fetched and decoded: what the machine gives, and what the operator allows."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from flow.process import Spawn
from ingest.reach.reach import Reach


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """`spawn` starts children, `ffmpeg` is the path of the program. `door` is the socket at which our RTMP door
    hands this feed's publisher over, None on a machine without one; `reach` says where a feed that is
    pulled may lead; `doors` whether a child's cage can have a loopback of its own (`Cage.door`)."""

    spawn: Spawn
    ffmpeg: str
    door: Path | None = None
    reach: Reach = field(default_factory=Reach)
    doors: Callable[[], bool] = lambda: False
