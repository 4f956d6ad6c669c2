"""The multivariant playlist of a channel, drawn again when what it says is no longer near enough."""

from flow.channel import Channel
from packager.multivariant import Figures, Measured, differs, figures_of, multivariant_text
from packager.rates import rates_of
from packager.timeline import Timeline
from packager.track import Track


class Prospectus:
    """Remembers what was last told of the rungs, so that players are not told anew for every small change."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._figures: Figures | None = None

    def renewed(self, timeline: Timeline) -> str | None:
        """The text to publish; None while the last one holds, or while a rendition has nothing to show yet."""
        tracks = timeline.tracks
        if not all(track.shown for track in tracks.values()):
            return None
        measured = {name: measure(track) for name, track in tracks.items()}
        if self._figures is not None and any(not known.rates.average for known in measured.values()):
            return None  # nothing but gaps somewhere: what was measured before still says most
        figures = figures_of(self._channel, measured)
        if self._figures is not None and not differs(self._figures, figures):
            return None
        self._figures = figures
        return multivariant_text(self._channel, figures)


def measure(track: Track) -> Measured:
    """What a rendition's window shows: its codecs and rates."""
    codecs = track.map.identity.codecs if track.map else ""
    return Measured(codecs=codecs, rates=rates_of(track.profile, track.window.segments))
