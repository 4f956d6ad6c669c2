"""What one change of a track asks of the store."""

from dataclasses import dataclass, field

from flow.names import MediaName
from packager.segment import Segment


@dataclass(slots=True)
class Step:
    """Gathered while a track moves on, in the order in which it must be done.

    `puts` are bodies to keep before the playlist names them; `closed` the segments that became complete;
    `settled` those that are listed still but no longer served from memory; `removed` the segments that left the
    window; `delisted` those whose parts left the playlist; `lost` counts parts newly listed as GAP, `listed` those
    newly listed as media; `adopted` says that media of another run goes on.
    """

    puts: list[tuple[MediaName, bytes]] = field(default_factory=list)
    closed: list[Segment] = field(default_factory=list)
    settled: list[Segment] = field(default_factory=list)
    removed: list[Segment] = field(default_factory=list)
    delisted: list[Segment] = field(default_factory=list)
    lost: int = 0
    listed: int = 0
    adopted: bool = False

    @property
    def changed(self) -> bool:
        """Whether anything was listed."""
        return bool(self.listed or self.lost)

    @property
    def noteworthy(self) -> bool:
        """Whether a next life must know of it (see `packager.outcome`)."""
        return bool(self.closed or self.lost or self.adopted)

    def join(self, other: "Step") -> None:
        """Do what the other asks, after this."""
        self.puts += other.puts
        self.closed += other.closed
        self.settled += other.settled
        self.removed += other.removed
        self.delisted += other.delisted
        self.lost += other.lost
        self.listed += other.listed
        self.adopted = self.adopted or other.adopted
