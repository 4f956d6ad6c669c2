"""A raw yuv420p picture as three arrays, and the colours to fill them with."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from flow.canvas import Canvas
from flow.tick import Picture

Plane = NDArray[np.uint8]


class Ink(NamedTuple):
    """One colour in limited-range Y, Cb, Cr."""

    y: int
    u: int
    v: int


class Box(NamedTuple):
    """A rectangle in pixels; its edges are even, so that chroma falls on whole samples."""

    left: int
    top: int
    right: int
    bottom: int


BLACK, WHITE, GREY = Ink(16, 128, 128), Ink(235, 128, 128), Ink(60, 128, 128)


def ink(red: int, green: int, blue: int) -> Ink:
    """8-bit RGB as limited-range BT.709 (ITU-R BT.709-6, table 3 and 4)."""
    luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return Ink(
        round(16 + luma * 219 / 255),
        round(128 + (blue - luma) / 1.8556 * 224 / 255),
        round(128 + (red - luma) / 1.5748 * 224 / 255),
    )


def video_of(rgb: NDArray[np.uint8]) -> tuple[Plane, Plane, Plane]:
    """Y, Cb and Cr of each pixel, in limited range (ITU-R BT.709-6); what `rgb` has beyond three colours is left
    aside."""
    red, green, blue = (rgb[..., at].astype(np.float32) for at in range(3))
    luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    u, v = 128 + (blue - luma) / 1.8556 * 224 / 255, 128 + (red - luma) / 1.5748 * 224 / 255
    y, u, v = (plane.round().clip(0, 255).astype(np.uint8) for plane in (16 + luma * 219 / 255, u, v))
    return y, u, v


def even(value: float) -> int:
    """The even number at or below `value`."""
    return int(value) // 2 * 2


def box_of(canvas: Canvas, left: float, top: float, right: float, bottom: float) -> Box:
    """The box at these fractions of the canvas."""
    return Box(even(canvas.width * left), even(canvas.height * top),
               even(canvas.width * right), even(canvas.height * bottom))


@dataclass(frozen=True, slots=True)
class Planes:
    """Views into one buffer: full-size luma, and chroma at half of each side."""

    y: Plane
    u: Plane
    v: Plane

    def fill(self, box: Box, colour: Ink) -> None:
        """Paint a box with one colour."""
        self.y[box.top:box.bottom, box.left:box.right] = colour.y
        half = np.s_[box.top // 2:box.bottom // 2, box.left // 2:box.right // 2]
        self.u[half] = colour.u
        self.v[half] = colour.v


def planes_of(buffer: Picture, canvas: Canvas) -> Planes:
    """The planes of a buffer of `canvas.picture_bytes`, writable when it is.

    Raises ValueError when it has another size.
    """
    whole = np.frombuffer(buffer, np.uint8)
    if whole.size != canvas.picture_bytes:
        message = f"{whole.size} bytes are no {canvas.width}x{canvas.height} picture"
        raise ValueError(message)
    size, half = canvas.width * canvas.height, (canvas.height // 2, canvas.width // 2)
    quarter = half[0] * half[1]
    return Planes(
        whole[:size].reshape(canvas.height, canvas.width),
        whole[size:size + quarter].reshape(half),
        whole[size + quarter:].reshape(half),
    )
