"""Hand-made playlists and bodies: three parts of a second each make a segment."""

from flow.ids import ChannelId, RenditionId
from flow.names import InitName, MediaName, PartName, SegmentName
from flow.playlist import Body, Edge, Playlist
from flow.store import MediaKey, StoreWriter

DEMO = ChannelId("demo")
V720 = RenditionId("v720")
AUDIO = RenditionId("audio")
PARTS = 3
RUN = 7
PART_LIMIT = 5


def key_of(name: MediaName, *, channel: str = DEMO, rendition: str = V720) -> MediaKey:
    return MediaKey(ChannelId(channel), RenditionId(rendition), name)


def playlist_at(
    msn: int, part: int, *, target_duration: int = 2, ended: bool = False, delta: bool = True,
    hint: PartName | None = None, part_limit: int = PART_LIMIT,
) -> Playlist:
    """A playlist whose last part is `part` of `msn`; the segment is complete with its last part."""
    complete = part == PARTS - 1
    following = PartName(msn + 1, RUN, 0) if complete else PartName(msn, RUN, part + 1)
    return Playlist(
        edge=Edge(msn, part), last_msn=msn if complete else msn - 1, part_limit=part_limit,
        target_duration=target_duration, full=Body.of(f"#EXTM3U\n# full up to {msn}.{part}\n" * 20),
        delta=Body.of(f"#EXTM3U\n# delta up to {msn}.{part}\n") if delta else None,
        hint=None if ended else hint or following, ended=ended,
    )


def part_bytes(msn: int, part: int) -> bytes:
    return f"part {msn}.{part};".encode() * 50


def segment_bytes(msn: int) -> bytes:
    return b"".join(part_bytes(msn, part) for part in range(PARTS))


def fill(store: StoreWriter, *, msn: int = 100, part: int = PARTS - 1, target_duration: int = 2) -> None:
    """A channel on air whose edge is `part` of `msn`, with the segment before it."""
    store.publish_multivariant(DEMO, Body.of("#EXTM3U\n# every rendition\n"))
    store.put(key_of(InitName(RUN)), b"init section")
    store.put(key_of(SegmentName(msn - 1, RUN)), segment_bytes(msn - 1))
    for index in range(part + 1):
        put_part(store, msn, index)
    store.publish(DEMO, V720, playlist_at(msn, part, target_duration=target_duration))


def put_part(store: StoreWriter, msn: int, part: int) -> None:
    """A part, and its whole segment after the last one."""
    store.put(key_of(PartName(msn, RUN, part)), part_bytes(msn, part))
    if part == PARTS - 1:
        store.put(key_of(SegmentName(msn, RUN)), segment_bytes(msn))


def advance(store: StoreWriter, msn: int, part: int) -> Playlist:
    """The next part, its body before its playlist."""
    put_part(store, msn, part)
    playlist = playlist_at(msn, part)
    store.publish(DEMO, V720, playlist)
    return playlist
