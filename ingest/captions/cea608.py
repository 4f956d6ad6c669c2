"""Reads CEA-608, channel CC1: pairs of bytes in, the text on the screen out (47 CFR 15.119; CTA-608).

Colours, slants and places are left out. No bytes whatever raise an error.
"""

from collections.abc import Callable
from enum import Enum

from ingest.captions.cea608_letters import basic, extended, special
from ingest.captions.grid import Grid

ROWS, COLUMNS = 15, 32
_ROWS_OF = {0x11: 0, 0x12: 2, 0x15: 4, 0x16: 6, 0x17: 8, 0x10: 10, 0x13: 11, 0x14: 13}
"""The first of the two rows, from 0, that a preamble's first byte names; 0x10 names one only."""
_SECOND_CHANNEL = 0x08
_TABS = range(0x21, 0x24)


class _Mode(Enum):
    """How text comes to the screen. Before the first command nobody knows, and nothing is shown."""

    UNKNOWN = 0
    POP_ON = 1
    ROLL_UP = 2
    PAINT_ON = 3
    TEXT = 4


class Cea608:
    """One field's first channel."""

    def __init__(self) -> None:
        self._shown, self._hidden = Grid(ROWS, COLUMNS), Grid(ROWS, COLUMNS)
        self._mode = _Mode.UNKNOWN
        self._depth = 2
        self._base = ROWS - 1
        self._ours = True
        self._last: tuple[int, int] | None = None
        self._commands: dict[int, Callable[[], None]] = {
            0x20: self._pop_on, 0x21: self._back, 0x24: self._clear_line, 0x25: lambda: self._roll_up(2),
            0x26: lambda: self._roll_up(3), 0x27: lambda: self._roll_up(4), 0x29: self._paint_on,
            0x2A: self._text_mode, 0x2B: self._text_mode, 0x2C: self._clear_shown, 0x2D: self._return,
            0x2E: self._clear_hidden, 0x2F: self._flip,
        }

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return self._shown.text

    def feed(self, first: int, second: int) -> None:
        """One pair, with its parity bits; what parity shows to be damaged is left out."""
        if not _odd(first):
            self._last = None
            return
        one, two = first & 0x7F, second & 0x7F if _odd(second) else 0
        if 0x10 <= one < 0x20:
            self._control(one, two)
        elif one >= 0x20:
            self._last = None
            for code in (one, two):
                if code >= 0x20:
                    self._write(basic(code))
        elif one:  # other services, which field 1 does not have
            self._last = None

    def _control(self, one: int, two: int) -> None:
        """A command is sent twice, lest it be lost; its second half tells nothing new."""
        again, self._last = self._last == (one, two), (one, two)
        if again or two < 0x20:
            self._last = None if again else self._last
            return
        self._ours = not one & _SECOND_CHANNEL
        if self._ours:
            self._command(one, two)

    def _command(self, one: int, two: int) -> None:
        if two >= 0x40:
            self._preamble(one, two)
        elif one == 0x14:
            self._commands.get(two, _nothing)()
        elif one == 0x17 and two in _TABS:
            grid = self._grid
            grid.go(grid.row, grid.column + two - 0x20)
        elif one == 0x11:
            self._write(special(two) if two >= 0x30 else " ")
        elif one in (0x12, 0x13):
            if self._mode not in (_Mode.UNKNOWN, _Mode.TEXT):
                self._grid.back()
            self._write(extended(one, two))

    @property
    def _grid(self) -> Grid:
        """Where letters go."""
        return self._hidden if self._mode in (_Mode.POP_ON, _Mode.UNKNOWN) else self._shown

    def _write(self, letter: str) -> None:
        if self._ours and self._mode not in (_Mode.UNKNOWN, _Mode.TEXT):
            self._grid.write(letter)

    def _preamble(self, one: int, two: int) -> None:
        """A row and an indent of four columns each; in roll-up the rows on the screen move along."""
        row = _ROWS_OF[one] + (two >= 0x60 and one != 0x10)
        if self._mode is _Mode.ROLL_UP and row != self._base:
            self._shown.move(self._base - self._depth + 1, self._base, row)
            self._base = row
        self._grid.go(row, (two & 0x0E) * 2 if two & 0x10 else 0)

    def _pop_on(self) -> None:
        self._mode = _Mode.POP_ON

    def _paint_on(self) -> None:
        self._mode = _Mode.PAINT_ON

    def _text_mode(self) -> None:
        self._mode = _Mode.TEXT

    def _roll_up(self, depth: int) -> None:
        """From another way of showing, the screen is cleared and text begins in the last row."""
        if self._mode is not _Mode.ROLL_UP:
            self._shown.clear()
            self._hidden.clear()
            self._mode, self._base = _Mode.ROLL_UP, ROWS - 1
            self._shown.go(self._base, 0)
        self._depth = depth
        for row in range(self._base - depth + 1):
            self._shown.clear_row(row)

    def _back(self) -> None:
        if self._mode not in (_Mode.UNKNOWN, _Mode.TEXT):
            self._grid.back()

    def _clear_line(self) -> None:
        if self._mode not in (_Mode.UNKNOWN, _Mode.TEXT):
            self._grid.clear_row(self._grid.row, self._grid.column)

    def _return(self) -> None:
        if self._mode is _Mode.ROLL_UP:
            self._shown.scroll(self._base - self._depth + 1, self._base)
            self._shown.go(self._base, 0)

    def _clear_shown(self) -> None:
        self._shown.clear()

    def _clear_hidden(self) -> None:
        self._hidden.clear()

    def _flip(self) -> None:
        """What was written unseen is shown, and the other way round."""
        self._mode = _Mode.POP_ON
        self._shown, self._hidden = self._hidden, self._shown


def _odd(byte: int) -> bool:
    return byte.bit_count() % 2 == 1


def _nothing() -> None:
    """Commands that change no text."""
