"""Reads CEA-708, service 1: bytes of the caption channel in, the text of its visible windows out (CTA-708).

Colours, fonts and delays are left out. No bytes whatever raise an error.
"""

from dataclasses import dataclass

from ingest.captions.cea708_letters import common, further, wide
from ingest.captions.grid import Grid

_WINDOWS = 8
_MOST_ROWS, _MOST_COLUMNS = 16, 64
_C1_EXTRA = {
    **dict.fromkeys(range(0x88, 0x8E), 1), 0x90: 2, 0x91: 3, 0x92: 2, 0x97: 4,
    **dict.fromkeys(range(0x98, 0xA0), 6),
}
"""Bytes that follow a window command (CTA-708, 7.1.5)."""
_ESCAPE, _WIDE = 0x10, 0x18


@dataclass(slots=True)
class _Window:
    """Its grid, whether it is seen, and where its anchor stands."""

    grid: Grid
    visible: bool
    place: tuple[int, int]


class Service708:
    """The windows of one service."""

    def __init__(self) -> None:
        self._windows: list[_Window | None] = [None] * _WINDOWS
        self._current = 0

    @property
    def text(self) -> str:
        """The visible windows' text, from above to below."""
        seen = [window for window in self._windows if window and window.visible]
        lines = (window.grid.text for window in sorted(seen, key=lambda window: window.place))
        return "\n".join(line for line in lines if line)

    def feed(self, block: bytes) -> None:
        """One service block. A command that is cut off at its end is left out."""
        at = 0
        while at < len(block):
            code = block[at]
            length = _length(block, at)
            if at + length > len(block):
                return
            self._command(code, block[at + 1:at + length])
            at += length

    def _command(self, code: int, extra: bytes) -> None:
        if code < 0x20:
            self._control(code, extra)
        elif 0x80 <= code < 0xA0:
            self._window_command(code, extra)
        else:
            self._write(common(code))

    def _control(self, code: int, extra: bytes) -> None:
        """C0, and the letters behind an escape."""
        grid = self._grid
        if code == _ESCAPE and (0x20 <= extra[0] < 0x80 or extra[0] >= 0xA0):
            self._write(further(extra[0]))
        elif code == _WIDE:
            self._write(wide(int.from_bytes(extra, "big")))
        elif grid is None:
            return
        elif code == 0x08:
            grid.back()
        elif code == 0x0C:
            grid.clear()
            grid.go(0, 0)
        elif code == 0x0D:
            _new_line(grid)
        elif code == 0x0E:
            grid.clear_row(grid.row)
            grid.go(grid.row, 0)

    @property
    def _grid(self) -> Grid | None:
        window = self._windows[self._current]
        return window.grid if window else None

    def _write(self, letter: str) -> None:
        if grid := self._grid:
            grid.write(letter)

    def _window_command(self, code: int, extra: bytes) -> None:
        """C1."""
        if code < 0x88:
            self._current = code - 0x80
        elif code <= 0x8C:
            for at in range(_WINDOWS):
                if extra[0] >> at & 1:
                    self._change(at, code)
        elif code == 0x8F:
            self._windows, self._current = [None] * _WINDOWS, 0
        elif code == 0x92 and (grid := self._grid):
            grid.go(extra[0] & 0x0F, extra[1] & 0x3F)
        elif code >= 0x98:
            self._define(code - 0x98, extra)

    def _change(self, at: int, code: int) -> None:
        window = self._windows[at]
        if window is None:
            return
        match code:
            case 0x88:
                window.grid.clear()
            case 0x89:
                window.visible = True
            case 0x8A:
                window.visible = False
            case 0x8B:
                window.visible = not window.visible
            case 0x8C:
                self._windows[at] = None

    def _define(self, at: int, extra: bytes) -> None:
        """A window that is known keeps its text, if it keeps its size."""
        rows = min((extra[3] & 0x0F) + 1, _MOST_ROWS)
        columns = min((extra[4] & 0x3F) + 1, _MOST_COLUMNS)
        visible, place = bool(extra[0] & 0x20), (extra[1] & 0x7F, extra[2])
        known = self._windows[at]
        same = known is not None and (known.grid.rows, known.grid.columns) == (rows, columns)
        grid = known.grid if known and same else Grid(rows, columns)
        self._windows[at] = _Window(grid=grid, visible=visible, place=place)
        self._current = at


def _length(block: bytes, at: int) -> int:
    """Bytes of the command at `at`, itself included (CTA-708, 7.1.2 to 7.1.11)."""
    code = block[at]
    if code == _ESCAPE:
        return 2 + _escaped(block, at + 1)
    if code < 0x20:
        return 1 + (code >= 0x10) + (code >= 0x18)
    return 1 + _C1_EXTRA.get(code, 0)


def _escaped(block: bytes, at: int) -> int:
    """Bytes that follow a code behind an escape: of C2 and C3, which say nothing yet."""
    code = block[at] if at < len(block) else 0
    if code < 0x20:
        return code // 8
    if 0x80 <= code < 0x90:
        return 4 + (code >= 0x88)
    if 0x90 <= code < 0xA0:
        return 1 + (block[at + 1] & 0x3F if at + 1 < len(block) else 0)
    return 0


def _new_line(grid: Grid) -> None:
    """To the next row; in the last one everything moves up."""
    if grid.row == grid.rows - 1:
        grid.scroll(0, grid.rows - 1)
        grid.go(grid.row, 0)
    else:
        grid.go(grid.row + 1, 0)
