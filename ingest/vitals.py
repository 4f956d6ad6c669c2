"""Whether a decoder hangs: it is fed, and gives neither picture nor sound any more. Values in, values out."""

from dataclasses import dataclass, replace
from typing import Self

QUIET_NS = 2_500_000_000
"""How long a decoder that gave sound may give nothing at all while it is fed (F-02). Slow slides leave seconds
between two pictures, but somebody speaks beside them, or there is no sound to go by."""
FED = 32_768
"""Bytes that it must have been fed meanwhile: more than a line's keep-alive, less than a second of any picture."""

SILENT_NS = 60_000_000_000
"""Nanoseconds that a decoder which knows its streams may bring no picture before it is taken for hung: a slide may
stand as long. One that hangs is known by other signs, and sooner (F-02)."""

KEYLESS_NS = 60_000_000_000
"""Nanoseconds that the first key picture may take once the streams are known (F-16)."""

STALLED_NS = 1_000_000_000
"""Nanoseconds without a picture after which status no longer calls a feed live."""

SPEECHLESS_NS = 30_000_000_000
"""Nanoseconds that it may take to know its streams. FFmpeg and the HLS client have shorter limits of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vitals:
    """When it last gave anything, whether sound was among that, and how many bytes it had been fed by then."""

    gave_ns: int = 0
    sounds: bool = False
    fed: int = 0

    def gave(self, now_ns: int, fed: int | None, *, sound: bool = False) -> Self:
        """After a picture, or sound. `fed` counts the bytes so far, None for what feeds itself from a file."""
        return replace(self, gave_ns=now_ns, sounds=self.sounds or sound, fed=fed or 0)

    def hung(self, now_ns: int, fed: int | None) -> bool:
        """Whether it must be taken for hung."""
        return self.sounds and now_ns - self.gave_ns > QUIET_NS and (fed is None or fed - self.fed > FED)
