"""What is laid over a channel's pictures, each one over the last: its logo, and a line of text by command."""

import logging
from pathlib import Path

from flow.canvas import Canvas
from flow.errors import OperatorError
from flow.tick import Picture
from ingest.overlay import Overlay, caption, logo

_log = logging.getLogger(__name__)


class Dressing:
    """Of one channel. `text` is the line that lies over the picture, empty for none."""

    def __init__(self, canvas: Canvas, logo_path: str) -> None:
        """A logo that cannot be read costs the logo, not the channel."""
        self._canvas = canvas
        self._logo = _logo(canvas, logo_path)
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


def _logo(canvas: Canvas, path: str) -> Overlay | None:
    if not path:
        return None
    try:
        return logo(canvas, Path(path))
    except OperatorError as error:
        _log.error("%s", error)
        return None
