"""The tools that a machine offers, as found and checked by `desk`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """Paths of executables; `ffmpeg` is 5.1 or newer with libx264 and AAC."""

    ffmpeg: str
