"""What is laid over a channel's pictures, each one over the last: its logo, and a line of text by command."""

from flow.canvas import Canvas
from flow.tick import Picture
from ingest.pictures.overlay import Overlay, caption


class Dressing:
    """Of one channel. `text` is the line that lies over the picture, empty for none."""

    def __init__(self, canvas: Canvas, logo: Overlay | None) -> None:
        self._canvas = canvas
        self._logo = logo
        self._line: Overlay | None = None
        self.text = ""

    def write(self, text: str) -> None:
        """Lay that line over the picture from now on; an empty one takes it away."""
        self._line = caption(self._canvas, text) if text else None
        self.text = text

    def on(self, pictures: tuple[Picture, ...]) -> tuple[Picture, ...]:
        """The pictures with what lies over them; the same ones when nothing does."""
        for overlay in (self._logo, self._line):
            if overlay is not None:
                pictures = tuple(overlay.on(picture) for picture in pictures)
        return pictures
