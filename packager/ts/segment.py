"""One segment of a transport stream, 3.84 s from a boundary of the clock grid.

How it lies in time: what the grid calls t arrives, by the clock in the stream (PCR), LEAD before t. A picture is
decoded as many pictures before t as decoders hold back, since the chunks' offsets count from the place in decoding
order and may be negative; so DTS never is behind PTS. Sound arrives SOUND_LEAD before it is heard, so that all of
a segment arrives before the next one begins to.

Continuity counters (2.4.3.3) go on from segment to segment although nobody remembers the one before: each begins
at 0 and ends at 15, because the packets of every PID are brought to a multiple of 16. The tables come 16 times,
which is each 0.24 s; of pictures and sound one PES packet is stretched over up to 15 more. A counter kept in
memory would differ between two headends, or after a restart; a discontinuity_indicator (2.4.3.5) would let boxes
throw away what they hold.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from flow.errors import MediaError
from flow.timebase import AAC_FRAME, GOP, SCALE
from packager.ts.clock import ticks_of
from packager.ts.packets import (
    ROOM,
    ROOM_WITH_CLOCK,
    ROUND,
    clock_field,
    clock_packet,
    cut,
    packets_needed,
    section_packet,
    stretchable,
)
from packager.ts.pes import PICTURE, SOUND, pes_packet
from packager.ts.tables import PICTURES, TABLE, association, programme_map
from packager.ts.tables import SOUND as SOUND_PID

LENGTH = 2 * GOP
LEAD = SCALE * 24 // 100
"""240 ms: decoders may hold back 160 ms of pictures and still have each of them 80 ms before it is decoded."""
SOUND_LEAD = SCALE * 14 // 100
"""140 ms, at most LEAD - 100 ms: with the 128 ms of one packet it fits a decoder's 3,584 bytes at 96 kbit/s
(2.4.2.3)."""
FRAMES = 6
"""Sound frames in a PES packet: 128 ms. One frame each would spend a quarter of the sound's rate on stuffing."""
_TABLES_EVERY = LENGTH // ROUND
_CLOCK_EVERY = SCALE * 8 // 100
"""Where there are no pictures to carry the clock; the standard asks for 100 ms at most (2.7.2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """An access unit, its places on the grid, and whether decoding can begin with it."""

    arrives: int
    decoded: int
    shown: int
    key: bool
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a segment is made of. `frames` are all the sound frames of its time, with their headers; pictures may
    be missing where they were lost."""

    start: int
    pictures: Sequence[Picture]
    frames: Sequence[bytes]


_Event = tuple[int, int, list[bytes]]
"""When it arrives, its turn among what arrives at the same time, and its packets."""


def segment_of(contents: Contents) -> bytes:
    """The segment; equal contents give equal bytes.

    Raises MediaError when there is not exactly the sound of a segment, when a picture is decoded before it arrives
    or after it is shown, or when there is too little to fill the counters' round.
    """
    if len(contents.frames) * AAC_FRAME != LENGTH:
        message = f"{len(contents.frames)} sound frames in a segment"
        raise MediaError(message)
    events = [
        *_tables(contents.start), *_pictures(contents.pictures), *_clock(contents), *_sound(contents),
    ]
    events.sort(key=lambda event: event[:2])
    return b"".join([packet for event in events for packet in event[2]])


def _tables(start: int) -> list[_Event]:
    association_section, map_section = association(), programme_map()
    return [
        (start - LEAD + counter * _TABLES_EVERY, 0, [
            section_packet(0, counter, association_section), section_packet(TABLE, counter, map_section),
        ])
        for counter in range(ROUND)
    ]


def _pictures(pictures: Sequence[Picture]) -> list[_Event]:
    payloads = [_picture_payload(picture) for picture in pictures]
    extras = stretches([len(payload) for payload in payloads], ROOM_WITH_CLOCK)
    events: list[_Event] = []
    counter = 0
    for picture, payload, extra in zip(pictures, payloads, extras, strict=True):
        arrives = picture.arrives - LEAD
        field = clock_field(ticks_of(arrives), random_access=picture.key)
        packets = cut(PICTURES, payload, counter, field=field, extra=extra)
        counter += len(packets)
        events.append((arrives, 1, packets))
    return events


def _picture_payload(picture: Picture) -> bytes:
    if not picture.arrives - LEAD < picture.decoded <= picture.shown:
        at = picture.arrives - LEAD
        message = f"a picture arrives at {at}, is decoded at {picture.decoded} and shown at {picture.shown}"
        raise MediaError(message)
    return pes_packet(PICTURE, picture.shown, picture.decoded, picture.body)


def _clock(contents: Contents) -> list[_Event]:
    """The clock, where no picture carries it.

    Such packets do not count and repeat the last counter. Pictures are missing before the first or after the last
    one, so that is the 15 with which every round of pictures ends, in this segment or the one before.
    """
    carried = {picture.arrives // _CLOCK_EVERY for picture in contents.pictures}
    places = range(contents.start, contents.start + LENGTH, _CLOCK_EVERY)
    return [
        (place - LEAD, 2, [clock_packet(PICTURES, 0, clock_field(ticks_of(place - LEAD)))])
        for place in places if place // _CLOCK_EVERY not in carried
    ]


def _sound(contents: Contents) -> list[_Event]:
    places = range(0, len(contents.frames), FRAMES)
    begins = [contents.start + place * AAC_FRAME for place in places]
    payloads = [
        pes_packet(SOUND, begin, begin, b"".join(contents.frames[place : place + FRAMES]))
        for place, begin in zip(places, begins, strict=True)
    ]
    events: list[_Event] = []
    counter = 0
    for begin, payload, extra in zip(begins, payloads, stretches([len(p) for p in payloads], ROOM), strict=True):
        packets = cut(SOUND_PID, payload, counter, extra=extra)
        counter += len(packets)
        events.append((begin - SOUND_LEAD, 3, packets))
    return events


def stretches(sizes: Sequence[int], room: int) -> list[int]:
    """By how many packets each payload is stretched, so that all of them together are a multiple of ROUND.

    The first ones that can, which is the key picture. Raises MediaError when all of them cannot.
    """
    missing = -sum(packets_needed(size, room) for size in sizes) % ROUND
    extras = []
    for size in sizes:
        extras.append(min(missing, stretchable(size, room)))
        missing -= extras[-1]
    if missing:
        message = "too little in a segment to fill the counters' round"
        raise MediaError(message)
    return extras
