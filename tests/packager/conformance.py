"""Our own static and dynamic rules for media playlists, over nothing but text. Each returns what is wrong.

`problems(text)` looks at one playlist, `across(texts)` at all renditions of one moment, `between(old, new)` at
two updates of the same playlist. The rules are those of RFC 8216bis and of Apple's authoring specification.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from tests.packager.listing import Listing, Segment, read

_ONCE = (
    "EXT-X-VERSION", "EXT-X-TARGETDURATION", "EXT-X-MEDIA-SEQUENCE", "EXT-X-DISCONTINUITY-SEQUENCE",
    "EXT-X-PART-INF", "EXT-X-SERVER-CONTROL", "EXT-X-PLAYLIST-TYPE", "EXT-X-ENDLIST", "EXT-X-SKIP",
)
_FRAME = 0.040
_PDT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


def problems(text: str, *, others: Iterable[str] | None = None, map_before: str = "") -> list[str]:
    """What is wrong with one playlist. `others` are the rendition ids that reports must name."""
    listing = read(text, map_before=map_before)
    found = [*_hygiene(text, listing), *_header(listing), *_segments(listing)]
    if "EXT-X-PART-INF" in listing.tags:
        found += [*_parts(listing), *_hints(listing)]
        if others is not None:
            found += _reports(listing, others)
    elif "EXT-X-PART" in listing.tags or listing.hints:
        found.append("parts or hints without EXT-X-PART-INF")
    return found


def _hygiene(text: str, listing: Listing) -> Iterator[str]:
    if not text.startswith("#EXTM3U\n") or not text.endswith("\n"):
        yield "does not begin with #EXTM3U or end with a line feed"
    if any(not line or line != line.strip() or not line.isprintable() for line in listing.lines):
        yield "an empty line, stray white space or a control character"
    for tag in _ONCE:
        if len(listing.tags.get(tag, [])) > 1:
            yield f"{tag} more than once"
    for line in listing.lines:
        if line.startswith(("http:", "https:", "/")):
            yield f"not a relative URI: {line}"


def _header(listing: Listing) -> Iterator[str]:
    for tag in ("EXT-X-TARGETDURATION", "EXT-X-MEDIA-SEQUENCE", "EXT-X-DISCONTINUITY-SEQUENCE"):
        if tag not in listing.tags:
            yield f"{tag} is missing"
    if "EXT-X-PLAYLIST-TYPE" in listing.tags:
        yield "EXT-X-PLAYLIST-TYPE in a live playlist"
    if listing.number("EXT-X-VERSION") != _version(listing):
        yield "EXT-X-VERSION is not the lowest that covers the playlist"
    if "EXT-X-SKIP" in listing.tags and not listing.skipped:
        yield "EXT-X-SKIP of nothing"
    target, control = listing.number("EXT-X-TARGETDURATION"), listing.control
    if control.get("CAN-BLOCK-RELOAD") != "YES":
        yield "no blocking reload"
    if float(control["CAN-SKIP-UNTIL"]) < 6 * target:
        yield "CAN-SKIP-UNTIL below six target durations"
    if float(control["HOLD-BACK"]) < 3 * target:
        yield "HOLD-BACK below three target durations"
    if listing.skipped and listing.skipped + len(listing.segments) < 6:
        yield "a delta of a short playlist"
    if sum(segment.extinf for segment in listing.segments) < 6 * target and listing.skipped:
        yield "a delta skips beyond the skip boundary"


def _version(listing: Listing) -> int:
    opened = [listing.open] if listing.open else []
    parts = (part for segment in [*listing.segments, *opened] for part in segment.parts)
    gaps = "EXT-X-GAP" in listing.tags or any(part.gap for part in parts)
    return 9 if listing.skipped else 8 if gaps else 6


def _segments(listing: Listing) -> Iterator[str]:
    target = listing.number("EXT-X-TARGETDURATION")
    everything = [*listing.segments, *([listing.open] if listing.open else [])]
    yield from _maps(everything)
    before: Segment | None = None
    for segment in everything:
        if segment.late_tags:
            yield f"{segment.msn}: {segment.late_tags} after a part"
        if not segment.map and not _is_text(listing):
            yield f"{segment.msn}: no EXT-X-MAP applies"
        if not _PDT.fullmatch(segment.pdt):
            yield f"{segment.msn}: EXT-X-PROGRAM-DATE-TIME {segment.pdt!r}"
        elif before is not None and _PDT.fullmatch(before.pdt) and _drift(before, segment) > 1e-6:
            yield f"{segment.msn}: its time is not the time before plus EXTINF"
        if segment.uri and round(segment.extinf) > target:
            yield f"{segment.msn}: EXTINF beyond the target duration"
        if segment.uri and any(part.gap for part in segment.parts) and not segment.gap and not _spare(segment):
            yield f"{segment.msn}: a lost part in a segment that is no gap"
        if segment.uri and "-0." in segment.uri and not segment.gap:
            yield f"{segment.msn}: {segment.uri} without EXT-X-GAP"
        before = segment
    uris = [segment.uri for segment in listing.segments]
    if len(set(uris)) != len(uris):
        yield "a URI twice"


def _spare(segment: Segment) -> bool:
    """Whether the whole is another run's than its parts are: of two workers one had all of it."""
    runs = {part.uri.split("-")[1].split(".")[0] for part in segment.parts if not part.gap}
    return segment.uri.split("-")[1].split(".")[0] not in {*runs, "0"}


def _is_text(listing: Listing) -> bool:
    return all(segment.uri.endswith(".vtt") for segment in listing.segments)


def _maps(segments: list[Segment]) -> Iterator[str]:
    in_force, broken = "", True
    for segment in segments:
        broken = broken or segment.discontinuity
        if segment.map != in_force and not broken:
            yield f"{segment.msn}: another EXT-X-MAP without a discontinuity since the last media"
        in_force = segment.map
        broken = broken and segment.gap


def _parts(listing: Listing) -> Iterator[str]:
    target = float(listing.tags["EXT-X-PART-INF"][0].removeprefix("PART-TARGET="))
    if float(listing.control.get("PART-HOLD-BACK", "0")) < 3 * target - 1e-9:
        yield "PART-HOLD-BACK below three parts"
    end = (listing.segments[-1].msn + 1) if listing.segments else 0
    for segment in [*listing.segments, *([listing.open] if listing.open else [])]:
        parts = segment.parts
        for place, part in enumerate(parts):
            last = bool(segment.uri) and place == len(parts) - 1
            gap_next = place + 1 < len(parts) and parts[place + 1].gap
            if part.duration > target:
                yield f"{part.uri}: longer than PART-TARGET"
            if part.duration < 0.85 * target and not (part.independent or part.gap or last or gap_next):
                yield f"{part.uri}: shorter than 85 % of PART-TARGET"
            if part.gap != ("-0." in part.uri):
                yield f"{part.uri}: GAP and name disagree"
        if segment.uri and parts and abs(sum(part.duration for part in parts) - segment.extinf) > _FRAME:
            yield f"{segment.msn}: its parts do not add up to EXTINF"
        behind = (end - segment.msn) * segment.extinf if segment.uri else 0.0
        if parts and behind > 3 * listing.number("EXT-X-TARGETDURATION"):
            yield f"{segment.msn}: parts beyond three target durations from the end"


def _hints(listing: Listing) -> Iterator[str]:
    if len(listing.hints) != 1 or listing.hints[0].get("TYPE") != "PART":
        yield "not exactly one hint for a part"
        return
    uri = listing.hints[0]["URI"]
    parts = len(listing.open.parts) if listing.open else 0
    if uri in {part.uri for segment in listing.segments for part in segment.parts}:
        yield "the hint names a part that is listed"
    ending = "vtt" if _is_text(listing) else "m4s"
    if re.fullmatch(rf"{listing.last_msn + 1}-[1-9]\d*\.{parts}\.{ending}", uri) is None:
        yield f"the hint {uri} is not the next part"


def _reports(listing: Listing, others: Iterable[str]) -> Iterator[str]:
    named = [report["URI"] for report in listing.reports]
    if sorted(named) != sorted(f"../{other}/index.m3u8" for other in others):
        yield f"rendition reports name {named}"
    for report in listing.reports:
        if not report["LAST-MSN"].isdigit() or not report["LAST-PART"].isdigit():
            yield f"rendition report {report}"


def across(texts: Mapping[str, str]) -> list[str]:
    """What is wrong between the renditions of one moment (RFC 8216bis 6.2.4)."""
    listings = {name: read(text) for name, text in texts.items()}
    found = [
        f"{tag} differs" for tag in ("EXT-X-TARGETDURATION", "EXT-X-SERVER-CONTROL")
        if len({tuple(listing.tags[tag]) for listing in listings.values()}) > 1
    ]
    at: dict[int, tuple[str, int]] = {}
    for name, listing in listings.items():
        sequence = listing.number("EXT-X-DISCONTINUITY-SEQUENCE")
        for segment in [*listing.segments, *([listing.open] if listing.open else [])]:
            sequence += segment.discontinuity
            seen = at.setdefault(segment.msn, (segment.pdt, sequence))
            if seen != (segment.pdt, sequence):
                found.append(f"{name} {segment.msn}: time or discontinuity differs: {seen}")
    return found


def between(old_text: str, new_text: str) -> list[str]:
    """What changed that may not (RFC 8216bis 6.2.1, 6.2.2)."""
    old, new = read(old_text), read(new_text)
    found: list[str] = []
    if old.tags["EXT-X-TARGETDURATION"] != new.tags["EXT-X-TARGETDURATION"]:
        found.append("the target duration changed")
    if new.first_msn < old.first_msn or new.last_msn < old.last_msn:
        found.append("sequence numbers went back")
    kept = {segment.msn: segment for segment in new.segments}
    for segment in old.segments:
        if segment.msn >= new.first_msn:
            found += _changed(segment, kept[segment.msn])
    if old.open and (after := kept.get(old.open.msn) or new.open) and after.msn == old.open.msn and after.parts:
        if after.parts[: len(old.open.parts)] != old.open.parts:
            found.append(f"{after.msn}: a part changed")
        if (after.map, after.discontinuity, after.key) != (old.open.map, old.open.discontinuity, old.open.key):
            found.append(f"{after.msn}: map, key or discontinuity changed")
    gone = sum(segment.discontinuity for segment in old.segments if segment.msn < new.first_msn)
    step = new.number("EXT-X-DISCONTINUITY-SEQUENCE") - old.number("EXT-X-DISCONTINUITY-SEQUENCE")
    if new.first_msn <= old.last_msn + 1 and step != gone:
        found.append(f"discontinuity sequence moved by {step}, {gone} tags left")
    return found


def between_lives(old_text: str, new_text: str) -> list[str]:
    """What changed over a headend's restart that may not: whole segments, and parts that were lost."""
    old, new = read(old_text), read(new_text)
    after = {segment.msn: segment for segment in [*new.segments, *([new.open] if new.open else [])]}
    found: list[str] = []
    if new.last_msn < old.last_msn:
        found.append("sequence numbers went back")
    for segment in old.segments:
        if segment.msn >= new.first_msn:
            found += _changed(segment, after[segment.msn])
    if old.open and (again := after.get(old.open.msn)):
        lost = [place for place, part in enumerate(old.open.parts) if part.gap]
        found += [f"{again.msn}.{place}: taken back" for place in lost if not all(
            part.gap for part in again.parts[place : place + 1]
        )]
    return found


def _changed(old: Segment, new: Segment) -> Iterator[str]:
    def fixed(segment: Segment) -> tuple[object, ...]:
        return segment.uri, segment.extinf, segment.pdt, segment.map, segment.discontinuity, segment.key

    # A body that the disk lost becomes a gap under its own address, once the parts have left; a gap is for ever.
    if fixed(old) != fixed(new) or (old.gap, new.gap) == (True, False) or (new.gap and not old.gap and new.parts):
        yield f"{old.msn}: {fixed(old)} became {fixed(new)}"
    if new.parts and new.parts != old.parts:
        yield f"{old.msn}: its parts changed"


def merged(old_text: str, delta_text: str) -> list[Segment]:
    """The segments that a client holds after a delta (RFC 8216bis 6.3.7)."""
    old, delta = read(old_text), read(delta_text)
    if not delta.skipped:
        return delta.segments
    place = {segment.msn: segment for segment in old.segments}
    skipped = [place[msn] for msn in range(delta.first_msn, delta.first_msn + delta.skipped)]
    return [*skipped, *read(delta_text, map_before=skipped[-1].map).segments]


def _drift(before: Segment, after: Segment) -> float:
    passed = datetime.fromisoformat(after.pdt) - datetime.fromisoformat(before.pdt)
    return abs(passed.total_seconds() - before.extinf)
