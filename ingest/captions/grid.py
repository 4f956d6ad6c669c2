"""Rows of letters with a place at which the next one is written: a screen of captions, or a window of one."""

from collections.abc import Iterable


class Grid:
    """`row` and `column` count from 0; a place beyond the edge is at the edge. Behind the last letter of a row the
    column is one beyond it, and the next letter takes that last one's place."""

    def __init__(self, rows: int, columns: int) -> None:
        self.rows = rows
        self.columns = columns
        self.row = self.column = 0
        self._letters = [[""] * columns for _ in range(rows)]

    def go(self, row: int, column: int) -> None:
        """To a place."""
        self.row = max(0, min(row, self.rows - 1))
        self.column = max(0, min(column, self.columns - 1))

    def write(self, letter: str) -> None:
        """One letter."""
        self._letters[self.row][min(self.column, self.columns - 1)] = letter
        self.column = min(self.column + 1, self.columns)

    def back(self) -> None:
        """One place back, whose letter goes."""
        self.column = max(0, self.column - 1)
        self._letters[self.row][self.column] = ""

    def clear(self) -> None:
        """No letter anywhere; the place stays."""
        self._letters = [[""] * self.columns for _ in range(self.rows)]

    def clear_row(self, row: int, start: int = 0) -> None:
        """No letter in a row from that column on."""
        self._letters[row][start:] = [""] * (self.columns - start)

    def scroll(self, top: int, bottom: int) -> None:
        """The rows from `top` to `bottom` go up by one, the last becomes empty."""
        top = max(0, top)
        self._letters[top:bottom + 1] = [*self._letters[top + 1:bottom + 1], [""] * self.columns]

    def move(self, top: int, bottom: int, to: int) -> None:
        """The rows from `top` to `bottom` go to where `to` is their last; nothing stays anywhere else."""
        taken = self._letters[max(0, top):bottom + 1]
        self.clear()
        for at, row in enumerate(reversed(taken)):
            if 0 <= to - at < self.rows:
                self._letters[to - at] = row

    @property
    def text(self) -> str:
        """The rows that hold anything, as lines."""
        return "\n".join(line for row in self._letters if (line := _line(row)))


def _line(row: Iterable[str]) -> str:
    return "".join(letter or " " for letter in row).strip()
