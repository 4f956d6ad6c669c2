"""A playlist read back line by line, forgivingly, by a reader that shares no code with the writer.

All tests read playlists with it: what is wrong with one is for the rules to say.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache

_ATTRIBUTE = re.compile(r'([A-Z0-9-]+)=("[^"\r\n]*"|[^",\s]+)(?:,(?=[A-Z])|$)')
OPENING = ("EXT-X-DISCONTINUITY", "EXT-X-KEY", "EXT-X-MAP", "EXT-X-PROGRAM-DATE-TIME")
"""Tags of a segment that stand before its first part."""
_OWN = (*OPENING, "EXTINF", "EXT-X-GAP", "EXT-X-PART", "EXT-X-BYTERANGE", "EXT-X-BITRATE")


@dataclass(frozen=True, slots=True)
class Tag:
    """One line that begins with `#EXT`."""

    name: str
    value: str

    @property
    def attributes(self) -> tuple[tuple[str, str], ...]:
        """Name and value pairs, values as they are written; what is no attribute has an empty name."""
        return _attributes(self.value)

    @property
    def pairs(self) -> dict[str, str]:
        """The attributes without their quotes."""
        return {name: value.strip('"') for name, value in self.attributes}


@lru_cache(maxsize=8192)
def _attributes(text: str) -> tuple[tuple[str, str], ...]:
    found, at = [], 0
    while at < len(text):
        one = _ATTRIBUTE.match(text, at)
        if one is None:
            return (*found, ("", text[at:]))
        found.append((one[1], one[2]))
        at = one.end()
    return tuple(found)


def pairs(text: str) -> dict[str, str]:
    """The attributes of a list, without their quotes."""
    return Tag("", text).pairs


@lru_cache(maxsize=8192)
def _moment(date: str) -> float:
    try:
        return datetime.fromisoformat(date).timestamp()
    except ValueError:
        return -1.0


@dataclass(slots=True)
class Part:
    """One EXT-X-PART."""

    uri: str
    duration: float
    independent: bool
    gap: bool


@dataclass(slots=True)
class Segment:
    """A segment, or the unfinished one at the end (`uri` empty). `key` and `map` are those in force;
    `key_of_map` is the key that was in force where the map stands."""

    msn: int
    uri: str = ""
    duration: float = 0.0
    date: str = ""
    gap: bool = False
    discontinuity: bool = False
    map: str = ""
    key: str = ""
    key_of_map: str = ""
    parts: list[Part] = field(default_factory=list)
    late: list[str] = field(default_factory=list)

    @property
    def time(self) -> float:
        """EXT-X-PROGRAM-DATE-TIME in seconds since the epoch; -1 when there is none that can be read."""
        return _moment(self.date)


@dataclass
class Playlist:
    """Everything that a media or multivariant playlist says."""

    lines: list[str]
    tags: list[Tag] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    open: Segment | None = None
    first_msn: int = 0
    skipped: int = 0

    @cached_property
    def _named(self) -> dict[str, list[Tag]]:
        found: dict[str, list[Tag]] = {}
        for tag in self.tags:
            found.setdefault(tag.name, []).append(tag)
        return found

    def all(self, name: str) -> list[Tag]:
        """The tags of that name."""
        return self._named.get(name, [])

    def value(self, name: str) -> str:
        """What stands after a tag that should be there once; empty when it is not."""
        return next((tag.value for tag in self.all(name)), "")

    def attribute(self, tag: str, name: str) -> str:
        """One attribute of a tag that should be there once; empty when it is not."""
        return next((one.pairs.get(name, "") for one in self.all(tag)), "")

    def number(self, tag: str, name: str = "") -> float:
        """A tag's value, or an attribute of it, as a number; 0 when it is none."""
        text = self.attribute(tag, name) if name else self.value(tag)
        try:
            return float(text)
        except ValueError:
            return 0.0

    @cached_property
    def target(self) -> float:
        """EXT-X-TARGETDURATION."""
        return self.number("EXT-X-TARGETDURATION")

    @cached_property
    def part_target(self) -> float:
        """PART-TARGET, 0 without parts."""
        return self.number("EXT-X-PART-INF", "PART-TARGET")

    @cached_property
    def everything(self) -> list[Segment]:
        """The segments and the unfinished one."""
        return [*self.segments, *([self.open] if self.open else [])]

    @property
    def last_msn(self) -> int:
        """The last complete segment."""
        return self.first_msn + self.skipped + len(self.segments) - 1

    @property
    def edge(self) -> tuple[int, int]:
        """The last part listed; -1 is the end of a complete segment, which has all of its parts."""
        if self.open and self.open.parts:
            return self.open.msn, len(self.open.parts) - 1
        return self.last_msn, 10**6

    @cached_property
    def end(self) -> float:
        """The time of the end of all that is listed."""
        last = self.everything[-1]
        return last.time + (last.duration if last.uri else sum(part.duration for part in last.parts))

    @property
    def next_msn(self) -> int:
        """The segment that is still open."""
        return self.last_msn + 1

    @property
    def next(self) -> tuple[int, int]:
        """The part that comes next."""
        return self.next_msn, len(self.open.parts) if self.open else 0

    @property
    def parts(self) -> Iterator[tuple[Segment, int, Part]]:
        """Every part with its segment and index."""
        return ((one, at, part) for one in self.everything for at, part in enumerate(one.parts))

    @property
    def hint(self) -> str:
        """The part that is hinted at."""
        hints = (tag.pairs for tag in self.all("EXT-X-PRELOAD-HINT"))
        return next((hint.get("URI", "") for hint in hints if hint.get("TYPE") == "PART"), "")

    @property
    def hinted_key(self) -> str:
        """The EXT-X-KEY that stands above the hint."""
        names = [tag.name for tag in self.tags]
        hinted = names.index("EXT-X-PRELOAD-HINT") if self.hint else 0
        return next((tag.value for tag in reversed(self.tags[:hinted]) if tag.name == "EXT-X-KEY"), "")

    @cached_property
    def is_iframes(self) -> bool:
        """Whether its segments are single pictures."""
        return bool(self.all("EXT-X-I-FRAMES-ONLY"))

    @cached_property
    def is_ts(self) -> bool:
        """Whether its segments are transport streams."""
        return any(segment.uri.endswith(".ts") for segment in self.segments)


def read_text(text: str) -> Playlist:
    """The same of a text."""
    return read(text.encode())


@lru_cache(maxsize=2048)
def read(body: bytes) -> Playlist:
    """The playlist; never raises, for what is not one breaks rules."""
    playlist = Playlist(lines=body.decode("utf-8", "replace").removeprefix("\ufeff").split("\n"))
    rows: list[Tag | str] = []
    for line in playlist.lines:
        if line.startswith("#EXT"):
            name, _, value = line[1:].partition(":")
            playlist.tags.append(Tag(name, value))
            rows.append(playlist.tags[-1])
        elif line and not line.startswith("#"):
            rows.append(line.strip())
    first = playlist.value("EXT-X-MEDIA-SEQUENCE")
    playlist.first_msn = int(first) if first.isdigit() else 0
    playlist.skipped = int(playlist.number("EXT-X-SKIP", "SKIPPED-SEGMENTS"))
    _read_segments(playlist, rows)
    return playlist


def _read_segments(playlist: Playlist, rows: list[Tag | str]) -> None:
    msn = playlist.first_msn + playlist.skipped
    current, key, key_of_map, mapped = Segment(msn), "", "", ""
    touched = False
    for row in rows:
        if isinstance(row, str):
            current.uri = row
            current.map, current.key, current.key_of_map = mapped, key, key_of_map
            playlist.segments.append(current)
            msn += 1
            current, touched = Segment(msn), False
        elif row.name in _OWN:
            if row.name == "EXT-X-KEY":
                key = row.value
            else:  # a key alone is that of the part hinted at
                touched = True
            if row.name == "EXT-X-MAP":
                mapped, key_of_map = row.pairs.get("URI", ""), key
            _read_tag(current, row)
    if touched:
        current.map, current.key, current.key_of_map = mapped, key, key_of_map
        playlist.open = current


def _read_tag(segment: Segment, tag: Tag) -> None:
    if tag.name in OPENING and segment.parts:
        segment.late.append(tag.name)
    if tag.name == "EXTINF":
        segment.duration = _seconds(tag.value.split(",")[0])
    elif tag.name == "EXT-X-GAP":
        segment.gap = True
    elif tag.name == "EXT-X-DISCONTINUITY":
        segment.discontinuity = True
    elif tag.name == "EXT-X-PROGRAM-DATE-TIME":
        segment.date = tag.value
    elif tag.name == "EXT-X-PART":
        found = tag.pairs
        segment.parts.append(Part(
            found.get("URI", ""), _seconds(found.get("DURATION", "")), found.get("INDEPENDENT") == "YES",
            found.get("GAP") == "YES",
        ))


def _seconds(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
