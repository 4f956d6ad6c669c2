"""The multivariant playlists of a channel, drawn again when what they say is no longer near enough."""

from flow.channel import Channel
from packager import sound_only
from packager.multivariant import Figures, Measured, differs, figures_of, multivariant_text
from packager.rates import rates_of
from packager.timeline import Timeline
from packager.track import Track


class Prospectus:
    """Remembers what was last told of the rungs, so that players are not told anew for every small change."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._figures: Figures | None = None
        self._thumbnails = False

    def renewed(self, timeline: Timeline, *, thumbnails: bool = False) -> dict[str, str]:
        """Names and texts to publish, of the whole list and of the one of sound alone: nothing while the last ones
        hold, or while a rendition has nothing to show yet. `thumbnails` says whether there are any to name."""
        tracks = timeline.tracks
        if not all(track.shown for track in tracks.values()):
            return {}
        measured = {name: measure(track) for name, track in tracks.items()}
        if self._figures is not None and any(not known.rates.average for known in measured.values()):
            return {}  # nothing but gaps somewhere: what was measured before still says most
        lean = sound_only.leanest(self._channel).id
        figures = {**figures_of(self._channel, measured), lean: sound_only.rung_of(self._channel, measured)}
        known = self._figures is not None and not differs(self._figures, figures)
        if known and thumbnails == self._thumbnails:
            return {}
        self._figures, self._thumbnails = figures, thumbnails
        return {
            "index": multivariant_text(self._channel, figures, thumbnails=thumbnails),
            sound_only.NAME: sound_only.sound_text(self._channel, figures[lean]),
        }


def measure(track: Track) -> Measured:
    """What a rendition's window shows: its codecs and rates."""
    codecs = track.map.identity.codecs if track.map else ""
    return Measured(codecs=codecs, rates=rates_of(track.profile, track.window.segments))
