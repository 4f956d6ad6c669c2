"""The machine-readable clock of the test card: wall time as black and white blocks.

    geometry, as fractions of the picture: x from 0.03 to 0.97, y from 0.86 to 0.98
    two rows of 28 blocks, read left to right, the upper row first: 56 bits
    bits 0 to 47   milliseconds since the Unix epoch, the highest bit first; white is 1
    bits 48 to 55  CRC-8 of the six bytes before (polynomial 0x07, start 0xFF, not reflected)

A block is 14 by 14 pixels at 426x240, so it survives the lowest rung of a ladder. A reader takes the mean of the
middle half of each block, sets its threshold half way between the darkest and the brightest, and trusts the
checksum. The start value 0xFF makes an all-black or all-white strip invalid.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

LEFT, RIGHT, TOP, BOTTOM = 0.03, 0.97, 0.86, 0.98
ROWS, COLUMNS = 2, 28
TIME_BITS, CHECK_BITS = 48, 8
BLACK, WHITE = 16, 235
LEAST_CONTRAST = 40
"""Fewer steps of brightness between darkest and brightest block than this: there is no strip."""

Luma = NDArray[np.uint8]


def bits_of(millis: int) -> tuple[bool, ...]:
    """The 56 bits for a time in ms since the epoch; raises ValueError beyond 48 bits."""
    if not 0 <= millis < 1 << TIME_BITS:
        message = f"{millis} ms does not fit {TIME_BITS} bits"
        raise ValueError(message)
    word = millis << CHECK_BITS | crc8(millis.to_bytes(6, "big"))
    return tuple(bool(word >> place & 1) for place in range(TIME_BITS + CHECK_BITS - 1, -1, -1))


def millis_of(bits: tuple[bool, ...]) -> int | None:
    """The time that 56 bits spell, or None when the checksum says otherwise."""
    word = 0
    for bit in bits:
        word = word << 1 | bit
    millis, check = word >> CHECK_BITS, word & 0xFF
    return millis if crc8(millis.to_bytes(6, "big")) == check else None


def crc8(data: bytes) -> int:
    """CRC-8 with polynomial 0x07 and start value 0xFF."""
    crc = 0xFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc << 1 ^ 0x07 if crc & 0x80 else crc << 1) & 0xFF
    return crc


def edges(width: int, height: int) -> tuple[list[int], list[int]]:
    """Pixel borders of the columns (29) and of the rows (3)."""
    across = [round(width * (LEFT + (RIGHT - LEFT) * place / COLUMNS)) for place in range(COLUMNS + 1)]
    down = [round(height * (TOP + (BOTTOM - TOP) * place / ROWS)) for place in range(ROWS + 1)]
    return across, down


def draw(luma: Luma, millis: int) -> None:
    """Write the strip into a luma plane; chroma is expected to be neutral there."""
    height, width = luma.shape
    across, down = edges(width, height)
    bits = bits_of(millis)
    widths = np.diff(across)
    for row in range(ROWS):
        levels = np.where(bits[row * COLUMNS:(row + 1) * COLUMNS], WHITE, BLACK).astype(np.uint8)
        luma[down[row]:down[row + 1], across[0]:across[-1]] = np.repeat(levels, widths)


def read(luma: NDArray[Any]) -> int | None:
    """The time in ms since the epoch that a luma plane shows, or None when no strip can be trusted."""
    height, width = luma.shape
    across, down = edges(width, height)
    means = [
        float(np.mean(_middle(luma, down[row:row + 2], across[column:column + 2])))
        for row in range(ROWS) for column in range(COLUMNS)
    ]
    darkest, brightest = min(means), max(means)
    if brightest - darkest < LEAST_CONTRAST:
        return None
    threshold = (darkest + brightest) / 2
    return millis_of(tuple(mean > threshold for mean in means))


def _middle(luma: NDArray[Any], down: list[int], across: list[int]) -> NDArray[Any]:
    """The inner half of a block, at least one pixel."""
    high, wide = (down[1] - down[0]) // 4, (across[1] - across[0]) // 4
    return luma[down[0] + high:max(down[1] - high, down[0] + high + 1),
                across[0] + wide:max(across[1] - wide, across[0] + wide + 1)]
