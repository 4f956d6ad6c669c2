"""Whether media lies before what somebody was invited to. Pure.

A channel has one past for all, and the next programme may have other guests: what ended before a site's programme
began does not exist for it. The clock grid says when, from the name alone, so that an edge can tell too.
"""

from flow.ids import RenditionId
from flow.names import InitName, MediaName, PartName, TsName
from flow.profile import PROFILES
from flow.thumbnail import LENGTH, is_thumbnails
from flow.timebase import GOP, SCALE

_TS_LENGTH = 2 * GOP


def is_before(since: int, rendition: RenditionId, name: MediaName, target_duration: int) -> bool:
    """Whether the whole segment, sheet or thumbnail that a name belongs to had ended at `since` (Unix seconds).

    An init section has no time. `target_duration` is that of the rendition's list.
    """
    if isinstance(name, InitName):
        return False
    length, count = _length(rendition, name, target_duration), 1
    if is_thumbnails(rendition) and isinstance(name, PartName):
        count = name.part  # of a sheet: so many thumbnails
    return (name.msn + count) * length <= since * SCALE


def _length(rendition: RenditionId, name: MediaName, target_duration: int) -> int:
    if is_thumbnails(rendition):
        return LENGTH
    if isinstance(name, TsName):
        return _TS_LENGTH
    lengths = {profile.target_duration: profile.segment for profile in PROFILES.values()}
    return lengths.get(target_duration, GOP)
