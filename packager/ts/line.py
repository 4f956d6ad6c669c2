"""The lists for old boxes of one channel, published whenever the windows behind them have moved."""

import logging

from flow.channel import Channel
from flow.errors import MediaError
from flow.ids import RenditionId
from flow.ladder import Rendition, is_sound, ts_id
from flow.names import InitName, SegmentName, TsName
from flow.playlist import Body
from flow.store import MediaKey, StoreWriter
from packager.multivariant import Figures, Measured, differs
from packager.rates import Rates, rates_of
from packager.seal import Seal
from packager.segment import LOST, Segment
from packager.timeline import Timeline
from packager.track import Track
from packager.ts.listing import TsPiece, TsSegment, sequence_of, ts_segments
from packager.ts.playlists import PROFILE, figures_of, media_playlist, multivariant_text
from packager.ts.recipe import Recipe, Recipes, Source
from packager.ts.segment import LENGTH
from packager.ts.size import bytes_of, picture_packets, sound_packets

_log = logging.getLogger(__name__)

NAME = "ts"
"""The multivariant playlist's: `/live/<channel>/ts.m3u8`."""


class TsLine:
    """Each picture with the first sound of its group in one stream. What is listed is never remembered, only drawn
    (`packager.ts.listing`); what is kept here are sizes, for the rates, as long as segments are listed."""

    def __init__(self, channel: Channel, store: StoreWriter, recipes: Recipes, seal: Seal | None = None) -> None:
        self._channel = channel
        self._store = store
        self._recipes = recipes
        self._seal = seal
        ladder = channel.ladder
        self._sounds = {rung.id: ladder.sound_of(rung).id for rung in ladder.avc}
        self._packets: dict[RenditionId, dict[int, int]] = {}
        self._listed: dict[RenditionId, tuple[TsSegment, ...]] = {}
        self._figures: Figures | None = None

    def note(self, rendition: RenditionId, name: SegmentName, body: bytes) -> None:
        """Take note of how large a whole segment will be in packets."""
        if is_sound(rendition) and rendition not in self._sounds.values():
            return
        count = sound_packets if is_sound(rendition) else picture_packets
        try:
            self._packets.setdefault(rendition, {})[name.msn] = count(body)
        except MediaError as error:
            _log.warning("channel %s %s: %s: %s", self._channel.id, rendition, name, error)

    def draw(self, timeline: Timeline) -> list[MediaKey]:
        """Publish the lists that have changed; the addresses of the segments that have left them."""
        gone: list[MediaKey] = []
        for rung in self._channel.ladder.avc:
            track, sound = timeline.tracks[rung.id], timeline.tracks[self._sounds[rung.id]]
            if track.shown and sound.shown:
                gone += self._draw(timeline, rung, track, sound)
        if len(self._listed) == len(self._channel.ladder.avc):
            self._publish_multivariant(timeline)
        return gone

    def held(self) -> list[MediaKey]:
        """The addresses of all that is listed now."""
        return [self._key(rendition, one) for rendition, listed in self._listed.items() for one in listed]

    def forget(self, key: MediaKey) -> None:
        """Let nobody ask for it any more; what is not a transport stream's is ignored."""
        if isinstance(key.name, TsName):
            self._recipes.withdraw(key)

    def _draw(self, timeline: Timeline, rung: Rendition, track: Track, sound: Track) -> list[MediaKey]:
        runs, profile, rendition = timeline.runs, timeline.profile, rung.id
        segments = ts_segments(profile, track.window, sound.window, runs.breaks)
        before = self._listed.get(rendition, ())
        if segments == before or all(segment.filler for segment in segments):
            return []
        for segment in segments:
            if segment not in before:
                self._recipes.offer(self._key(rendition, segment), self._recipe(rung, segment))
        self._listed[rendition] = segments
        keys = self._seal.turns if self._seal is not None else None
        sequence = sequence_of(runs.breaks, runs.passed_long, profile, segments[0].msn)
        self._store.publish(self._channel.id, ts_id(rendition), media_playlist(segments, sequence, keys))
        self._forget_sizes(rendition, segments[0])
        return [self._key(rendition, segment) for segment in before if segment.msn < segments[0].msn]

    def _key(self, rendition: RenditionId, segment: TsSegment) -> MediaKey:
        return MediaKey(self._channel.id, ts_id(rendition), segment.name)

    def _recipe(self, rung: Rendition, segment: TsSegment) -> Recipe:
        sources = tuple(
            self._source(rung.id, piece) if piece.run != LOST else None for piece in segment.pieces
        )
        return Recipe(
            start=segment.msn * LENGTH, width=rung.width, height=rung.height, sources=sources, seal=self._seal,
        )

    def _source(self, rendition: RenditionId, piece: TsPiece) -> Source:
        channel, sound = self._channel.id, self._sounds[rendition]
        return Source(
            picture_init=MediaKey(channel, rendition, InitName(piece.picture_map)),
            picture=MediaKey(channel, rendition, SegmentName(piece.msn, piece.run)),
            sound_init=MediaKey(channel, sound, InitName(piece.sound_map)),
            sound=MediaKey(channel, sound, SegmentName(piece.msn, piece.sound_run)),
        )

    def _forget_sizes(self, rendition: RenditionId, first: TsSegment) -> None:
        oldest = first.pieces[0].msn
        for of in (rendition, self._sounds[rendition]):
            known = self._packets.get(of, {})
            for msn in [msn for msn in known if msn < oldest]:
                del known[msn]

    def _publish_multivariant(self, timeline: Timeline) -> None:
        measured = {
            str(rung.id): self._measured(timeline, rung.id) for rung in self._channel.ladder.avc
        }
        if self._figures is not None and any(not known.rates.average for known in measured.values()):
            return  # nothing but fillers somewhere: what was measured before still says most
        figures = figures_of(self._channel, measured)
        if self._figures is None or differs(self._figures, figures):
            self._figures = figures
            text = multivariant_text(self._channel, figures)
            self._store.publish_multivariant(self._channel.id, Body.of(text), NAME)

    def _measured(self, timeline: Timeline, rendition: RenditionId) -> Measured:
        maps = [timeline.tracks[name].map for name in (rendition, self._sounds[rendition])]
        codecs = ",".join(known.identity.codecs for known in maps if known)
        return Measured(codecs=codecs, rates=self._rates(rendition))

    def _rates(self, rendition: RenditionId) -> Rates:
        pictures, sounds = self._packets.get(rendition, {}), self._packets.get(self._sounds[rendition], {})
        sized = []
        for segment in self._listed[rendition]:
            known = all(piece.msn in pictures and piece.msn in sounds and piece.run for piece in segment.pieces)
            size = bytes_of(
                sum(pictures[piece.msn] for piece in segment.pieces),
                sum(sounds[piece.msn] for piece in segment.pieces),
            ) if known else 0
            sized.append(Segment(
                msn=segment.msn, run=1 if known else LOST, map_run=0, discontinuity=False, size=size,
            ))
        return rates_of(PROFILE, tuple(sized))
