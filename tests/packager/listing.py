"""A media playlist read back, line by line, by a reader that shares no code with the writer."""

import re
from dataclasses import dataclass, field

_PAIR = re.compile(r'([A-Z0-9-]+)=("[^"]*"|[^",]*)(?:,|$)')


@dataclass
class Part:
    duration: float
    uri: str
    independent: bool
    gap: bool


@dataclass
class Segment:
    """A segment, or the unfinished one at the end (`uri` empty)."""

    msn: int
    uri: str = ""
    extinf: float = 0.0
    gap: bool = False
    discontinuity: bool = False
    map: str = ""
    pdt: str = ""
    parts: list[Part] = field(default_factory=list)
    late_tags: list[str] = field(default_factory=list)
    new_map: bool = False
    key: str = ""


@dataclass
class Listing:
    lines: list[str]
    tags: dict[str, list[str]] = field(default_factory=dict)
    segments: list[Segment] = field(default_factory=list)
    open: Segment | None = None
    hints: list[dict[str, str]] = field(default_factory=list)
    reports: list[dict[str, str]] = field(default_factory=list)
    skipped: int = 0
    hinted_key: str = ""

    def number(self, tag: str) -> int:
        return int(self.tags[tag][0])

    @property
    def first_msn(self) -> int:
        return self.number("EXT-X-MEDIA-SEQUENCE")

    @property
    def last_msn(self) -> int:
        return self.first_msn + self.skipped + len(self.segments) - 1

    @property
    def control(self) -> dict[str, str]:
        return pairs(self.tags["EXT-X-SERVER-CONTROL"][0])


def pairs(text: str) -> dict[str, str]:
    """An attribute list; raises AssertionError when an attribute repeats or something is left over."""
    found = _PAIR.findall(text)
    assert ",".join(f"{name}={value}" for name, value in found) == text, text
    assert len({name for name, _ in found}) == len(found), text
    return {name: value.strip('"') for name, value in found}


def read(text: str, *, map_before: str = "") -> Listing:
    """The playlist as values; `map_before` is the EXT-X-MAP in force before a delta's first segment."""
    listing = Listing(lines=text.split("\n")[:-1])
    current: Segment | None = None
    in_force = map_before
    msn = -1
    key = ""
    for line in listing.lines:
        tag, _, value = line.removeprefix("#").partition(":")
        if line.startswith("#"):
            listing.tags.setdefault(tag, []).append(value)
        if tag == "EXT-X-MEDIA-SEQUENCE":
            msn = int(value)
        elif tag == "EXT-X-SKIP":
            listing.skipped = int(pairs(value)["SKIPPED-SEGMENTS"])
            msn += listing.skipped
        elif tag == "EXT-X-PRELOAD-HINT":
            listing.hints.append(pairs(value))
        elif tag == "EXT-X-RENDITION-REPORT":
            listing.reports.append(pairs(value))
        elif tag == "EXT-X-KEY":
            key = "" if value == "METHOD=NONE" else value
            listing.hinted_key = key
            assert current is None or not current.parts, "EXT-X-KEY inside of a segment"
        elif _of_segment(tag, line):
            current = current or Segment(msn=msn)
            assert tag != "EXT-X-MAP" or not key, "EXT-X-MAP where a key applies"
            _read_segment_line(current, tag, value, line)
            current.key, listing.hinted_key = key, ""
            if current.new_map:
                in_force = current.map
            if current.uri:
                current.map = in_force
                listing.segments.append(current)
                current, msn = None, msn + 1
    if current is not None:
        current.map = in_force
    listing.open = current
    return listing


def _of_segment(tag: str, line: str) -> bool:
    return not line.startswith("#") or tag in {
        "EXTINF", "EXT-X-GAP", "EXT-X-DISCONTINUITY", "EXT-X-MAP", "EXT-X-PROGRAM-DATE-TIME", "EXT-X-PART",
    }


def _read_segment_line(segment: Segment, tag: str, value: str, line: str) -> None:
    if not line.startswith("#"):
        segment.uri = line
    elif tag == "EXTINF":
        segment.extinf = float(value.rstrip(","))
    elif tag == "EXT-X-GAP":
        segment.gap = True
    elif tag == "EXT-X-PART":
        found = pairs(value)
        segment.parts.append(Part(
            float(found["DURATION"]), found["URI"], found.get("INDEPENDENT") == "YES", found.get("GAP") == "YES",
        ))
    else:
        if segment.parts:
            segment.late_tags.append(tag)
        if tag == "EXT-X-MAP":
            segment.map, segment.new_map = pairs(value)["URI"], True
        elif tag == "EXT-X-DISCONTINUITY":
            segment.discontinuity = True
        else:
            segment.pdt = value
