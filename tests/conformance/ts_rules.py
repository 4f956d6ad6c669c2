"""What is inside of transport streams, one segment after the other as an old box gets them."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby, pairwise

from tests.conformance.playlist import Segment
from tests.conformance.recording import Recording
from tests.packager.ts.reader import WRAP, Pes, Read, read

_PACKET = 188
_PICTURE, _SOUND = range(0xE0, 0xF0), range(0xC0, 0xE0)
_H264, _AAC = 0x1B, 0x0F
_TICKS = 90_000
_LOST = re.compile(r"-0[-.]")
"""In a name: the run of a half that was lost."""
_DELIMITER, _SPS, _PPS, _IDR = 9, 7, 8, 5


def ts_packets_are_whole(recording: Recording) -> Iterator[str]:
    """ISO/IEC 13818-1 2.4.3: 188 bytes each with a sync byte, adaptation fields inside, PES headers whole."""
    for name, body in _bodies(recording):
        wrong = [text for text in _read(body).wrong if "counter" not in text and "clock" not in text]
        if wrong:
            yield f"{name}: {wrong[0]}"


def ts_segments_begin_with_their_tables(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 3.1.1: PAT, then the PMT that it names, which names H.264 and AAC; both with a true CRC."""
    for name, body in _bodies(recording):
        tables = _section(body, 0), _section(body, _PACKET)
        if _pid(body, 0) != 0 or len(tables[0]) < 12:
            yield f"{name} does not begin with a PAT"
        elif _pid(body, _PACKET) != (tables[0][10] & 0x1F) << 8 | tables[0][11]:
            yield f"{name}: its PMT does not follow the PAT"
        elif any(_crc(table) for table in tables):
            yield f"{name}: a table with a wrong CRC"
        elif sorted(_stream_types(tables[1])) != [_AAC, _H264]:
            yield f"{name}: streams of types {_stream_types(tables[1])}"


def ts_counters_run_on(recording: Recording) -> Iterator[str]:
    """Apple rule 7.3, ISO/IEC 13818-1 2.4.3.3: from packet to packet and over segments, or a discontinuity is
    told."""
    yield from _over_segments(recording, "counter")


def ts_clock_runs_on(recording: Recording) -> Iterator[str]:
    """ISO/IEC 13818-1 2.7.2: the PCR comes every 100 ms at least and never goes back, over segments and the
    wrap."""
    yield from _over_segments(recording, "clock")


def _over_segments(recording: Recording, what: str) -> Iterator[str]:
    for name, run in _runs(recording):
        wrong = [text for text in _read(b"".join(body for _, body in run)).wrong if what in text]
        if wrong:
            yield f"{name} from {run[0][0].uri}: {wrong[0]}"


def ts_pictures_follow_each_other(recording: Recording) -> Iterator[str]:
    """Apple rule 7.3: decoding times go on at one distance, modulo 33 bits, over segments too."""
    yield from _steady(recording, _PICTURE, 1)


def ts_sounds_follow_each_other(recording: Recording) -> Iterator[str]:
    """Apple rule 7.3: the same for sound, whose packets hold equally many frames."""
    yield from _steady(recording, _SOUND, 1)


def _steady(recording: Recording, streams: range, allowed: int) -> Iterator[str]:
    for name, run in _whole_runs(recording):
        times = [one.dts for _, body in run for one in _pes(body, streams)]
        steps = [(after - before) % WRAP for before, after in pairwise(times)]
        if steps and max(steps) - min(steps) > allowed:
            yield f"{name} from {run[0][0].uri}: steps of {min(steps)} to {max(steps)} ticks"


def ts_times_are_their_dates(recording: Recording) -> Iterator[str]:
    """RFC 8216bis 4.4.4.6: all segments begin equally far from their dates, modulo 33 bits, in every rendition."""
    offsets: dict[int, str] = {}
    for name, run in _whole_runs(recording):
        for segment, body in run:
            pictures = _pes(body, _PICTURE)
            if pictures:
                expected = round(segment.msn * segment.duration * _TICKS)
                offsets.setdefault((pictures[0].dts - expected) % WRAP, f"{name}/{segment.uri}")
            if abs(segment.time - segment.msn * segment.duration) >= 1e-3:
                yield f"{name}/{segment.uri} is not at its number's place"
    if offsets and (max(offsets) - min(offsets)) > 1:
        yield f"these begin at other distances from their dates: {offsets}"


def ts_decoding_is_not_behind_showing(recording: Recording) -> Iterator[str]:
    """ISO/IEC 13818-1 2.4.3.7, 2.7: DTS is not after PTS, and arrives by the clock before it is decoded."""
    for name, body in _bodies(recording):
        found = _read(body)
        pictures = [] if _LOST.search(name) else _pes(body, _PICTURE)
        if any((one.pts - one.dts) % WRAP > _TICKS for one in pictures):
            yield f"{name}: a picture is shown before it is decoded"
        if found.clocks and pictures and (pictures[0].dts - found.clocks[0]) % WRAP > _TICKS:
            yield f"{name}: the first picture is decoded before it arrives"


def ts_segments_begin_with_an_idr(recording: Recording) -> Iterator[str]:
    """Apple rule 7.4, ISO/IEC 13818-1 2.14: delimiter, parameter sets, IDR picture, so that a box begins here."""
    for name, body in _bodies(recording):
        pictures = _pes(body, _PICTURE)
        units = _units(pictures[0].payload) if pictures else []
        sets = [kind for kind in units if kind in {_SPS, _PPS, _IDR}]
        if units[:1] != [_DELIMITER] or sets[:3] != [_SPS, _PPS, _IDR]:
            yield f"{name} begins with units {units[:6]}"


def ts_durations_are_true(recording: Recording) -> Iterator[str]:
    """Apple rule 8.1: EXTINF is what the pictures last."""
    for name, run in _whole_runs(recording):
        for segment, body in run:
            times = [one.dts for one in _pes(body, _PICTURE)]
            if len(times) > 1:
                lasting = ((times[-1] - times[0]) % WRAP) / (len(times) - 1) * len(times) / _TICKS
                if abs(lasting - segment.duration) > 1e-3:
                    yield f"{name}/{segment.uri} lasts {lasting:.4f} s, EXTINF is {segment.duration}"


def _bodies(recording: Recording) -> Iterator[tuple[str, bytes]]:
    for path, answer in recording.bodies.items():
        if answer.status == 200 and path.endswith(".ts"):
            yield path, answer.body


def _runs(recording: Recording) -> Iterator[tuple[str, list[tuple[Segment, bytes]]]]:
    """Segments that a box plays without being told of a discontinuity."""
    for name, answers in recording.reloads.items():
        segments = {segment.msn: segment for answer in answers for segment in answer.playlist.segments}
        run: list[tuple[Segment, bytes]] = []
        for msn, segment in sorted(segments.items()):
            body = recording.body(name, segment.uri) if segment.uri.endswith(".ts") else None
            if run and (body is None or segment.discontinuity or msn != run[-1][0].msn + 1):
                yield name, run
                run = []
            if body is not None:
                run.append((segment, body))
        if run:
            yield name, run


def _whole_runs(recording: Recording) -> Iterator[tuple[str, list[tuple[Segment, bytes]]]]:
    """The same, broken where a half or more of a segment was lost: its pictures are missing, its clock runs on."""
    for name, run in _runs(recording):
        for lost, group in groupby(run, lambda one: bool(_LOST.search(one[0].uri))):
            if not lost:
                yield name, list(group)


@lru_cache(maxsize=512)
def _read(stream: bytes) -> Read:
    try:
        return read(stream)
    except (ValueError, IndexError) as error:
        return Read(wrong=[str(error)])


def _pes(body: bytes, streams: range) -> list[Pes]:
    return [one for every in _read(body).pes.values() for one in every if one.stream in streams]


def _pid(body: bytes, at: int) -> int:
    return int.from_bytes(body[at + 1 : at + 3], "big") & 0x1FFF


def _section(body: bytes, at: int) -> bytes:
    """The table that begins in the packet at `at`, with its CRC."""
    packet = body[at : at + _PACKET]
    place = 4 + (1 + packet[4] if packet[3] & 0x20 else 0)
    place += 1 + packet[place]
    return packet[place : place + 3 + (int.from_bytes(packet[place + 1 : place + 3], "big") & 0xFFF)]


def _crc(data: bytes) -> int:
    """ISO/IEC 13818-1 annex A: over a table with its CRC it is 0."""
    value = 0xFFFFFFFF
    for byte in data:
        value ^= byte << 24
        for _ in range(8):
            value = (value << 1 ^ (0x04C11DB7 if value & 0x80000000 else 0)) & 0xFFFFFFFF
    return value


def _stream_types(table: bytes) -> list[int]:
    at, found = 12 + (int.from_bytes(table[10:12], "big") & 0xFFF), []
    while at + 5 <= len(table) - 4:
        found.append(table[at])
        at += 5 + (int.from_bytes(table[at + 3 : at + 5], "big") & 0xFFF)
    return found


def _units(payload: bytes) -> list[int]:
    return [piece[0] & 0x1F for piece in payload.split(b"\0\0\1")[1:] if piece]
