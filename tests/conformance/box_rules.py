"""What is inside of init sections, parts and segments of fragmented MP4."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.conformance.boxes import Fragment, boxes_of, find, fragments_of, is_idr, is_picture, scale_of
from tests.conformance.playlist import Part, Segment
from tests.conformance.recording import Recording

_FRAME = 0.040
_EXACT = 1e-4


@dataclass(frozen=True, slots=True)
class _Read:
    """One segment that was fetched with its init section."""

    rendition: str
    segment: Segment
    init: bytes
    body: bytes

    @property
    def name(self) -> str:
        return f"{self.rendition}/{self.segment.uri}"

    @property
    def start(self) -> float:
        return fragments_of(self.body)[0].start / scale_of(self.init)

    @property
    def length(self) -> float:
        return sum(one.length for one in fragments_of(self.body)) / scale_of(self.init)


def boxes_fit_into_each_other(recording: Recording) -> Iterator[str]:
    """ISO/IEC 14496-12 4.2, 8.8: sizes add up, each moof has its mdat, and the samples fill it."""
    for path, answer in recording.bodies.items():
        if answer.status == 200 and path.endswith((".m4s", ".mp4")):
            try:
                boxes_of(answer.body)
                if path.endswith(".m4s") and not all(one.whole for one in fragments_of(answer.body)):
                    yield f"{path}: the samples do not fill the mdat"
            except ValueError as error:
                yield f"{path}: {error}"


def init_sections_are_clean(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 3.1.2, ISO/IEC 23000-19 7: one track, durations of 0, no edit list, mvex, and the brand cmfc."""
    for path, answer in recording.bodies.items():
        if answer.status == 200 and path.endswith(".mp4"):
            try:
                if wrong := _wrong_init(answer.body):
                    yield f"{path}: {wrong}"
            except (ValueError, IndexError) as error:
                yield f"{path}: {error}"


def _wrong_init(init: bytes) -> str:
    if [box.path for box in boxes_of(init) if "/" not in box.path][:2] != ["ftyp", "moov"]:
        return "not an ftyp and a moov"
    brands = find(init, "ftyp")[0].body
    if b"cmfc" not in (brands[:4], *(brands[at : at + 4] for at in range(8, len(brands), 4))):
        return "no brand cmfc"
    if find(init, "moov/trak/edts/elst"):
        return "an edit list"
    if not find(init, "moov/mvex") or len(find(init, "moov/trak")) != 1:
        return "no mvex, or not one track"
    # Version 0: the duration is at 16 in mvhd and mdhd, at 20 in tkhd (8.2.2, 8.3.2, 8.4.2); eight later in 1.
    for path, at in (("moov/mvhd", 16), ("moov/trak/tkhd", 20), ("moov/trak/mdia/mdhd", 16)):
        box = find(init, path)[0]
        if box.number(at + 8 if box.body[0] else at, 8 if box.body[0] else 4):
            return f"{path} has a duration"
    return ""


def media_time_is_the_date(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.4.6; that tfdt counts from the epoch, number times length, is the house's: two encoders that
    never met agree."""
    for one in _segments(recording):
        if abs(one.start - one.segment.time) >= _EXACT * 10:
            yield f"{one.name} begins at {one.start:.5f} s, its date is {one.segment.date}"
        if abs(one.start - one.segment.msn * recording.terms.segment) >= _EXACT:
            yield f"{one.name} does not begin at its number's place"


def media_times_run_on(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 3.1.2, Apple rule 7.3: each fragment begins where the one before it ended, over segments too."""
    for name, read in _by_rendition(recording).items():
        end, msn = 0, -1
        for one in read:
            for fragment in fragments_of(one.body):
                if msn >= 0 and one.segment.msn <= msn + 1 and fragment.start != end:
                    yield f"{name}: {one.segment.uri} goes on at {fragment.start}, the media before ended at {end}"
                end, msn = fragment.start + fragment.length, one.segment.msn


def media_times_are_equal_in_all_renditions(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 6.2.4, Apple rule 8.22: segments of one number begin and end together; sound and picture too,
    within a frame."""
    seen: dict[int, tuple[float, float]] = {}
    for one in _segments(recording):
        start, length = seen.setdefault(one.segment.msn, (one.start, one.length))
        if abs(start - one.start) >= _FRAME or abs(length - one.length) >= _FRAME:
            yield f"{one.name} begins {one.start - start:.5f} s after another rendition's"


def pictures_of_a_number_begin_at_one_time(recording: Recording) -> Iterator[str]:
    """Apple rule 8.22, and so that players change rungs without a seam: to the unit."""
    seen: dict[int, float] = {}
    for one in _segments(recording):
        if is_picture(one.init) and abs(seen.setdefault(one.segment.msn, one.start) - one.start) > 1e-9:
            yield f"{one.name} begins apart from another rung's"


def durations_are_true(recording: Recording) -> Iterator[str]:
    """Apple rule 8.1, RFC 8216bis 4.4.4.1: EXTINF is what the samples last, to its last decimal."""
    for one in _segments(recording):
        if abs(one.length - one.segment.duration) >= _EXACT:
            yield f"{one.name} lasts {one.length:.5f} s, EXTINF is {one.segment.duration}"


def durations_of_parts_are_true(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.4.9: DURATION is what the part's samples last."""
    for name, part, fragments, init in _parts(recording):
        length = sum(one.length for one in fragments) / scale_of(init)
        if abs(length - part.duration) >= _EXACT:
            yield f"{name}/{part.uri} lasts {length:.5f} s, DURATION is {part.duration}"


def segments_begin_with_an_idr(recording: Recording) -> Iterator[str]:
    """Apple rule 7.4: the first sample of a picture segment is a sync sample, and an IDR picture inside."""
    for one in _segments(recording):
        first = fragments_of(one.body)[0]
        if is_picture(one.init) and not (first.sync and is_idr(first, one.init)):
            yield f"{one.name} does not begin with an IDR picture"


def independent_parts_are_marked(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.4.9: INDEPENDENT=YES where decoding can begin, and nowhere else."""
    for name, part, fragments, init in _parts(recording):
        begins = not is_picture(init) or is_idr(fragments[0], init)
        if part.independent != begins:
            yield f"{name}/{part.uri} has INDEPENDENT={'YES' if part.independent else 'NO'}"


def segments_are_their_parts(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 3.2: the same samples; where nothing is encrypted, the same bytes."""
    for name, answer in recording.last.items():
        for segment in answer.playlist.segments:
            parts = [recording.body(name, part.uri) for part in segment.parts]
            whole = recording.body(name, segment.uri)
            if whole is None or not parts or None in parts or _encrypted(segment):
                continue
            if _together(segment.uri, [part for part in parts if part is not None]) != whole:
                yield f"{name}/{segment.uri} is not its parts"


def _together(uri: str, parts: list[bytes]) -> bytes:
    """Texts have their header once."""
    if not uri.endswith(".vtt"):
        return b"".join(parts)
    return b"\n\n".join([parts[0].partition(b"\n\n")[0], b"".join(part.partition(b"\n\n")[2] for part in parts)])


def _encrypted(segment: Segment) -> bool:
    return bool(segment.key) and "METHOD=NONE" not in segment.key


def _segments(recording: Recording) -> Iterator[_Read]:
    """Every whole segment in clear whose boxes can be read: what cannot is told by the rule of the boxes."""
    for read in _by_rendition(recording).values():
        yield from read


def _by_rendition(recording: Recording) -> dict[str, list[_Read]]:
    found: dict[str, dict[int, _Read]] = {}
    for name, answers in recording.reloads.items():
        for answer in answers:
            for segment in answer.playlist.segments:
                if segment.msn not in found.setdefault(name, {}) and (one := _read(recording, name, segment)):
                    found[name][segment.msn] = one
    return {name: [one for _, one in sorted(read.items())] for name, read in found.items()}


def _read(recording: Recording, name: str, segment: Segment) -> _Read | None:
    init, body = recording.body(name, segment.map), recording.body(name, segment.uri)
    if init is None or body is None or _encrypted(segment) or not _readable(init, body):
        return None
    return _Read(name, segment, init, body)


def _readable(init: bytes, body: bytes) -> bool:
    try:
        return bool(scale_of(init) and fragments_of(body))
    except (ValueError, IndexError):
        return False


def _parts(recording: Recording) -> Iterator[tuple[str, Part, tuple[Fragment, ...], bytes]]:
    for name, answers in recording.reloads.items():
        seen: set[tuple[str, float, bool]] = set()
        for answer in answers:
            for segment, _, part in answer.playlist.parts:
                init, body = recording.body(name, segment.map), recording.body(name, part.uri)
                said = part.uri, part.duration, part.independent
                if said in seen or init is None or body is None or _encrypted(segment):
                    continue
                seen.add(said)
                if _readable(init, body):
                    yield name, part, fragments_of(body), init
