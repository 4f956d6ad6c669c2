"""What the packager tells about one channel."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class PackagerStatus:
    """State of one channel's packager.

    `last_msn` is the last segment complete in every rendition, -1 before any; `gap_segments` counts segments
    listed as lost in the rendition that lost most, `refused` chunks and init sections not taken, both since the
    headend started; `bitrates` are measured, in bit/s, over the window; `delay_ms` says how far the end of the
    newest chunk lies behind the clock now (negative when it lies ahead), None before any.
    """

    last_msn: int
    gap_segments: int
    refused: int
    bitrates: dict[str, int]
    delay_ms: int | None

    def to_json(self) -> dict[str, Any]:
        """Plain values, ready for `json.dumps`."""
        return asdict(self)
