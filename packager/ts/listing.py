"""Which segments the list for old boxes has, drawn anew from the windows of picture and sound and nothing else.

So nothing of it needs to be remembered: what a window never takes back, this list never takes back either, and
after a restart it is what it was, but for what the store lost. That is filled, as all that is lost, and has the
name of what it is now: under the old one there were other bytes, which a cache may still have, and old boxes know
no GAP. Of the three ways out (a name with two contents, an address that answers 404, a number whose address
changes) the last costs least: boxes go by numbers, and who has fetched a number does not fetch it again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flow.names import TsName
from flow.profile import Profile
from packager.segment import LOST, Segment
from packager.ts.segment import LENGTH
from packager.window import Window


@dataclass(frozen=True, slots=True, kw_only=True)
class TsPiece:
    """One of the profile's segments: `run` made its picture and `sound_run` its sound, both LOST when either is
    lost; the maps name their init sections."""

    msn: int
    run: int
    sound_run: int
    picture_map: int
    sound_map: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TsSegment:
    """One long segment: its pieces, and whether EXT-X-DISCONTINUITY stands before it."""

    msn: int
    pieces: tuple[TsPiece, ...]
    discontinuity: bool

    @property
    def name(self) -> TsName:
        """Its name, which says of which runs it is made: no name has two contents, on any headend."""
        return TsName.of(
            self.msn, [piece.run for piece in self.pieces], [piece.sound_run for piece in self.pieces],
        )

    @property
    def filler(self) -> bool:
        """Whether nothing of it is left."""
        return all(piece.run == LOST for piece in self.pieces)


def pieces_per_segment(profile: Profile) -> int:
    """How many of the profile's segments make one."""
    return LENGTH // profile.segment


def ts_segments(profile: Profile, picture: Window, sound: Window, breaks: Sequence[int]) -> tuple[TsSegment, ...]:
    """The segments all of whose pieces are in both windows, as media or as lost, oldest first.

    `breaks` are the profile's segments before which the init section changed. Where that is inside of one, what
    lies before the break is left out: a box meets other parameters right behind the discontinuity it was told of.
    """
    count = pieces_per_segment(profile)
    pairs = [(one, other) for one in picture.segments if (other := sound.find(one.msn)) is not None]
    if not pairs:
        return ()
    first, end = -(-pairs[0][0].msn // count), (pairs[-1][0].msn + 1) // count
    found = {one.msn: _piece(one, other) for one, other in pairs}
    return tuple(
        _segment(msn, [found[msn * count + at] for at in range(count)], breaks) for msn in range(first, end)
    )


def sequence_of(breaks: Iterable[int], passed: int, profile: Profile, first: int) -> int:
    """EXT-X-DISCONTINUITY-SEQUENCE of a list that begins with the segment `first`: two breaks inside one segment
    are one tag. `passed` are the tags of those that no list reaches back to (`Runs.passed_long`)."""
    count = pieces_per_segment(profile)
    return passed + len({msn // count for msn in breaks if msn // count < first})


def _piece(picture: Segment, sound: Segment) -> TsPiece:
    # Picture and sound of one place come from one run, unless two workers make the channel and one has just died.
    lost = picture.lost or sound.lost
    return TsPiece(
        msn=picture.msn, run=LOST if lost else picture.run, sound_run=LOST if lost else sound.run,
        picture_map=picture.map_run, sound_map=sound.map_run,
    )


def _segment(msn: int, pieces: Sequence[TsPiece], breaks: Sequence[int]) -> TsSegment:
    inside = [at for at, piece in enumerate(pieces) if piece.msn in breaks]
    kept = tuple(
        TsPiece(msn=piece.msn, run=LOST, sound_run=LOST, picture_map=piece.picture_map, sound_map=piece.sound_map)
        if inside and at < inside[-1] else piece
        for at, piece in enumerate(pieces)
    )
    return TsSegment(msn=msn, pieces=kept, discontinuity=bool(inside))
