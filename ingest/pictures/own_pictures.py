"""A channel's own pictures, read at its start: one that cannot be read costs that picture, not the channel."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Self, TypeVar

from flow.canvas import Canvas
from flow.errors import OperatorError
from ingest.pictures.backdrop import backdrop
from ingest.pictures.overlay import Overlay, logo

_log = logging.getLogger(__name__)

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPictures:
    """`backdrop` stands behind the slate's words, `logo` lies over everything; None for none. `troubles` are
    sentences on what could not be read."""

    backdrop: bytes | None
    logo: Overlay | None
    troubles: tuple[str, ...]

    @classmethod
    def read(cls, canvas: Canvas, *, slate: str, logo_path: str) -> Self:
        """Of these paths, empty for none."""
        troubles: list[str] = []
        return cls(
            backdrop=_made(backdrop, canvas, slate, troubles), logo=_made(logo, canvas, logo_path, troubles),
            troubles=tuple(troubles),
        )


def _made(
    make: Callable[[Canvas, Path], Made], canvas: Canvas, path: str, troubles: list[str],
) -> Made | None:
    if not path:
        return None
    try:
        return make(canvas, Path(path))
    except OperatorError as error:
        _log.error("%s", error)
        troubles.append(error.problem)
        return None
