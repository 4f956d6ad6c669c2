"""A media playlist as the line's checks read it: independent of the code that wrote it."""

import re
from dataclasses import dataclass, field

_PART = re.compile(r'#EXT-X-PART:DURATION=([0-9.]+),URI="([^"]+)"(.*)')
_SKIP = re.compile(r"#EXT-X-SKIP:SKIPPED-SEGMENTS=(\d+)")


@dataclass(slots=True)
class ListedPart:
    """One EXT-X-PART line; `duration` in seconds as text says."""

    msn: int
    index: int
    uri: str
    duration: float
    gap: bool
    independent: bool


@dataclass(slots=True)
class ListedSegment:
    """One segment with its tags."""

    msn: int
    uri: str
    duration: float
    gap: bool
    discontinuity: bool
    date: str
    parts: list[ListedPart] = field(default_factory=list)


@dataclass(slots=True)
class Listing:
    """One playlist: the segments that it names itself, and the parts of the open one."""

    text: str
    first_msn: int = 0
    skipped: int = 0
    map_uri: str = ""
    hint: str = ""
    segments: list[ListedSegment] = field(default_factory=list)
    open_parts: list[ListedPart] = field(default_factory=list)

    @property
    def next_msn(self) -> int:
        """MSN of the segment that is still open."""
        return self.first_msn + self.skipped + len(self.segments)

    @property
    def parts(self) -> list[ListedPart]:
        """All parts named, oldest first."""
        return [part for segment in self.segments for part in segment.parts] + self.open_parts


def read_listing(text: str) -> Listing:
    """The playlist that `text` is; raises ValueError when it is none."""
    if not text.startswith("#EXTM3U\n"):
        message = f"not a playlist: {text[:40]!r}"
        raise ValueError(message)
    listing = Listing(text)
    duration, gap, discontinuity, date = 0.0, False, False, ""
    for line in text.splitlines():
        tag, _, value = line.partition(":")
        match tag:
            case "#EXT-X-MEDIA-SEQUENCE":
                listing.first_msn = int(value)
            case "#EXT-X-SKIP":
                found = _SKIP.match(line)
                listing.skipped = int(found[1]) if found else 0
            case "#EXT-X-MAP":
                listing.map_uri = value.split('"')[1]
            case "#EXT-X-PROGRAM-DATE-TIME":
                date = value
            case "#EXT-X-GAP":
                gap = True
            case "#EXT-X-DISCONTINUITY":
                discontinuity = True
            case "#EXTINF":
                duration = float(value.split(",")[0])
            case "#EXT-X-PRELOAD-HINT":
                listing.hint = line.split('URI="')[1].split('"')[0]
            case "#EXT-X-PART":
                listing.open_parts.append(_part(listing, line))
            case _ if line and not line.startswith("#"):
                listing.segments.append(
                    ListedSegment(listing.next_msn, line, duration, gap, discontinuity, date, listing.open_parts)
                )
                listing.open_parts, gap, discontinuity = [], False, False
    return listing


def _part(listing: Listing, line: str) -> ListedPart:
    found = _PART.match(line)
    if found is None:
        message = f"not a part: {line}"
        raise ValueError(message)
    return ListedPart(
        listing.next_msn, len(listing.open_parts), found[2], float(found[1]),
        "GAP=YES" in found[3], "INDEPENDENT=YES" in found[3],
    )
