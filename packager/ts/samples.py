"""CMAF segments taken apart: the coded pictures or sound frames of one track, each with its time."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from struct import unpack_from
from typing import Self

from flow.boxes import Fields, find, walk
from flow.errors import MediaError

_NOT_SYNC = 0x10000  # sample_is_non_sync_sample (ISO/IEC 14496-12, 8.8.3.1)

# tf_flags of tfhd (8.8.7.1)
_BASE_OFFSET, _DESCRIPTION, _DURATION, _SIZE, _FLAGS = 0x1, 0x2, 0x8, 0x10, 0x20

# tr_flags of trun (8.8.8.1)
_DATA_OFFSET, _FIRST_FLAGS = 0x1, 0x4
_EACH_DURATION, _EACH_SIZE, _EACH_FLAGS, _EACH_SHIFT = 0x100, 0x200, 0x400, 0x800


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A coded picture or sound frame: `at` its place in decoding order and `shift` how much later (below 0:
    earlier) it is shown, in units; `sync` says that decoding can begin here."""

    at: int
    shift: int
    sync: bool
    body: memoryview


@dataclass(frozen=True, slots=True)
class _Defaults:
    """What holds for a sample unless its fragment says otherwise (`trex`, 8.8.3)."""

    duration: int = 0
    size: int = 0
    flags: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cutter:
    """Takes the segments of one track apart, by the rules of its init section."""

    defaults: _Defaults = _Defaults()

    @classmethod
    def of(cls, init: bytes) -> Self:
        """From an init section; raises MediaError when it is malformed."""
        extends = Fields(find(memoryview(init), "moov", "mvex", "trex"))
        extends.take(12)  # version, flags, track, description
        return cls(defaults=_Defaults(extends.number(4), extends.number(4), extends.number(4)))

    def samples(self, segment: bytes) -> list[Sample]:
        """The samples of a segment, one chunk after another; raises MediaError when it is malformed."""
        view = memoryview(segment)
        found: list[Sample] = []
        at = 0
        for kind, content in walk(view):
            start, at = at, at + 8 + len(content)
            if kind == "moof":
                found.extend(islice(_samples(content, view[start:], self.defaults), _MOST + 1 - len(found)))
                if len(found) > _MOST:
                    message = "a segment with very many samples"
                    raise MediaError(message)
        return found


def _samples(moof: memoryview, data: memoryview, defaults: _Defaults) -> Iterator[Sample]:
    """The samples of one fragment; `data` begins with its `moof`, from which offsets count (8.8.7.1)."""
    traf = find(moof, "traf")
    here = _track_defaults(find(traf, "tfhd"), defaults)
    clock = Fields(find(traf, "tfdt"))
    version, _ = clock.version_and_flags()
    at = clock.number(8 if version else 4)
    offset = 0
    for kind, content in walk(traf):
        if kind != "trun":
            continue
        rows, begin = _rows(content, here)
        offset = offset if begin is None else begin
        for duration, size, flags, shift in rows:
            body = data[offset : offset + size]
            if len(body) < size or offset < 0:
                message = f"a sample of {size} bytes lies outside of its segment"
                raise MediaError(message)
            yield Sample(at=at, shift=shift, sync=not flags & _NOT_SYNC, body=body)
            at += duration
            offset += size


def _track_defaults(tfhd: memoryview, defaults: _Defaults) -> _Defaults:
    fields = Fields(tfhd)
    _, flags = fields.version_and_flags()
    fields.take(4)
    if flags & _BASE_OFFSET:
        message = "a fragment counts from the beginning of a file"
        raise MediaError(message)
    fields.take(4 if flags & _DESCRIPTION else 0)
    return _Defaults(
        fields.number(4) if flags & _DURATION else defaults.duration,
        fields.number(4) if flags & _SIZE else defaults.size,
        fields.number(4) if flags & _FLAGS else defaults.flags,
    )


def _rows(trun: memoryview, here: _Defaults) -> tuple[list[tuple[int, int, int, int]], int | None]:
    """Duration, size, flags and shift of each sample of a run, and where its data begins if it says so."""
    fields = Fields(trun)
    version, flags = fields.version_and_flags()
    count = fields.number(4)
    offset = _signed(fields.number(4)) if flags & _DATA_OFFSET else None
    first = fields.number(4) if flags & _FIRST_FLAGS else None
    own = [flag for flag in (_EACH_DURATION, _EACH_SIZE, _EACH_FLAGS, _EACH_SHIFT) if flags & flag]
    if not own and count > _MOST:
        message = f"a run of {count} samples"
        raise MediaError(message)
    table = fields.take(count * 4 * len(own))
    numbers = unpack_from(f">{count * len(own)}I", table)
    columns = [
        numbers[own.index(flag) :: len(own)] if flag in own else (default,) * count
        for flag, default in (
            (_EACH_DURATION, here.duration), (_EACH_SIZE, here.size), (_EACH_FLAGS, here.flags), (_EACH_SHIFT, 0),
        )
    ]
    if first is not None and count:
        columns[2] = (first, *columns[2][1:])
    if version:
        columns[3] = tuple(_signed(shift) for shift in columns[3])
    return list(zip(*columns, strict=True)), offset


_MOST = 10_000
"""Samples of one run that need no row of their own, and of a segment altogether, which has some hundreds; a number
without bytes behind it proves nothing."""


def _signed(number: int) -> int:
    return number - 2**32 if number >= 2**31 else number
