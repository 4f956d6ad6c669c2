"""A store that remembers everything that was ever done to it, and objects to what must not be."""

from flow.ids import ChannelId, RenditionId
from flow.ladder import is_captions, is_ts, of_iframes
from flow.names import PartName, SegmentName, parse_name, parse_text_name, picture_name
from flow.playlist import Body, Playlist
from flow.store import MediaKey
from flow.thumbnail import THUMBNAILS, is_thumbnails
from packager.tags import GAP
from tests.conformance.playlist import read_text
from tests.conformance.texts import between, between_lives, problems


class RecordingShelf:
    """Satisfies `flow.store.StoreWriter`; `check` makes every publication an assertion."""

    def __init__(self, *, check: bool = True) -> None:
        self.check = check
        self.bodies: dict[MediaKey, bytes] = {}
        self.ever: dict[MediaKey, bytes] = {}
        self.playlists: dict[RenditionId, Playlist] = {}
        self.published: list[tuple[RenditionId, Playlist]] = []
        self.pictures: dict[int, str] = {}
        self.multivariants: list[str] = []
        self.for_boxes: list[str] = []
        self.of_sound: list[str] = []
        self.notes: bytes | None = None
        self.notes_kept = 0
        self.forgotten: list[MediaKey] = []
        self.closed = False
        self.earlier: dict[str, str] = {}
        self.settled: list[MediaKey] = []
        self.unsynced: set[MediaKey] = set()
        self.held = 0

    def put(self, key: MediaKey, body: bytes) -> None:
        if self.ever.setdefault(key, body) != body:
            message = f"{key.name} has other contents"
            raise ValueError(message)
        self.bodies[key] = body

    def publish(self, channel: ChannelId, rendition: RenditionId, playlist: Playlist) -> None:
        text = playlist.full.plain.decode()
        if self.check and is_thumbnails(rendition):
            self._assert_pictures(text)
        elif self.check:
            found = [] if is_ts(rendition) else problems(text)
            before = self.playlists.get(rendition)
            if before is not None:
                found += between(before.full.plain.decode(), text)
            if rendition in self.earlier:
                found += between_lives(self.earlier[rendition], text)
            assert found == [], found
            if not is_ts(rendition):  # those have recipes instead of bodies
                self._assert_bodies(channel, rendition, text)
        self.playlists[rendition] = playlist
        self.published.append((rendition, playlist))

    def _assert_pictures(self, text: str) -> None:
        """What is listed is there, each place once, and a place that was listed changes into a gap at most."""
        lines = text.splitlines()
        sequence = next(int(line.split(":")[1]) for line in lines if line.startswith("#EXT-X-MEDIA-SEQUENCE:"))
        places = [at for at, line in enumerate(lines) if line.endswith(".jpg")]
        rows = {sequence + number: lines[at] if lines[at - 2] != GAP else GAP for number, at in enumerate(places)}
        assert all(name == GAP or name.startswith(f"{msn}-") for msn, name in rows.items())
        there = {picture_name(name) for name in self.segments(THUMBNAILS)}
        assert there.issuperset(name for name in rows.values() if name != GAP)
        assert all(name in {GAP, self.pictures.get(msn, name)} for msn, name in rows.items())
        assert sequence >= min(self.pictures, default=0)
        self.pictures = {sequence: GAP, **rows}

    def _assert_bodies(self, channel: ChannelId, rendition: RenditionId, text: str) -> None:
        listing = read_text(text)
        rendition = of_iframes(rendition) or rendition  # first pictures are cut out of its segments
        for segment in [*listing.segments, *([listing.open] if listing.open else [])]:
            parts = [part.uri for part in segment.parts if not part.gap]
            whole = [segment.uri] if segment.uri and not segment.gap else []
            text_only = is_captions(rendition)
            for uri in [*parts, *whole, *([] if text_only else [segment.map])]:
                name = parse_text_name(uri) if text_only else parse_name(uri)
                assert name is not None
                assert MediaKey(channel, rendition, name) in self.bodies, f"{rendition}: {uri} has no body"

    def publish_multivariant(self, channel: ChannelId, body: Body, name: str = "index") -> None:
        shown = {"index": self.multivariants, "ts": self.for_boxes, "audio": self.of_sound}
        shown[name].append(body.plain.decode())

    def remember(self, channel: ChannelId, state: bytes) -> None:
        self.notes = state
        self.notes_kept += 1

    def recall(self, channel: ChannelId) -> bytes | None:
        return self.notes

    def keeps(self, key: MediaKey) -> bool:
        return key in self.bodies

    def forget(self, key: MediaKey) -> None:
        self.forgotten.append(key)
        self.bodies.pop(key, None)

    def settle(self, key: MediaKey) -> bool:
        self.settled.append(key)
        if key in self.unsynced:
            self.bodies.pop(key, None)
        return key in self.bodies

    def hold(self, channel: ChannelId, seconds: int) -> None:
        self.held = seconds

    def close(self, channel: ChannelId) -> None:
        self.closed = True

    def trouble(self) -> str:
        return ""

    def text(self, rendition: str) -> str:
        """The full playlist as it is now."""
        return self.playlists[RenditionId(rendition)].full.plain.decode()

    def delta(self, rendition: str) -> str:
        """The delta as it is now."""
        body = self.playlists[RenditionId(rendition)].delta
        assert body is not None
        return body.plain.decode()

    def texts(self) -> dict[str, str]:
        """All full playlists."""
        return {name: playlist.full.plain.decode() for name, playlist in self.playlists.items()}

    def restarted(self, *, lose_parts: bool = True) -> "RecordingShelf":
        """The store after the headend died: bodies (of whole segments at least) and notes stay, playlists go."""
        after = RecordingShelf(check=self.check)
        after.ever = self.ever
        after.notes = self.notes
        after.earlier = {**self.earlier, **self.texts()}
        after.bodies = {
            key: body for key, body in self.bodies.items()
            if not (lose_parts and isinstance(key.name, PartName))
        }
        return after

    def segments(self, rendition: str) -> list[SegmentName]:
        """Names of the segments that have bodies."""
        names = (key.name for key in self.bodies if key.rendition == rendition)
        return sorted((name for name in names if isinstance(name, SegmentName)), key=lambda name: name.msn)
