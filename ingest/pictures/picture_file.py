"""Reads an operator's picture file, within limits: a picture is an input like any other (T-09)."""

from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from flow.errors import OperatorError

_UNREADABLE = (
    OSError, UnidentifiedImageError, ValueError, SyntaxError, Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)
"""What Pillow raises for files that are none, broken, cut off, or unpack to too much."""


def read_picture(path: Path, *, what: str, most: int) -> Image.Image:
    """The picture with its transparency (RGBA), upright; `what` names it in errors, `most` limits its pixels.

    Raises OperatorError for what is no PNG or JPEG, is broken, or has more pixels: before it is unpacked.
    """
    try:
        with Image.open(path, formats=("PNG", "JPEG")) as file:
            if file.width * file.height > most:
                problem = f"the {what} {path} has {file.width}x{file.height} pixels"
                raise OperatorError(problem, f"Give a smaller one, of at most {most // 1_000_000} million pixels")
            return ImageOps.exif_transpose(file).convert("RGBA")
    except _UNREADABLE as error:
        problem = f"the {what} {path} cannot be read"
        raise OperatorError(problem, "Give a PNG or JPEG picture") from error
