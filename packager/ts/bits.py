"""Reading bit by bit, as the parameter sets of H.264 are written."""

from flow.errors import MediaError

_LONGEST = 32


class Bits:
    """Reads numbers from the bits of `data`; raises MediaError at its end."""

    __slots__ = ("_left", "_number")

    def __init__(self, data: bytes) -> None:
        self._number = int.from_bytes(data, "big")
        self._left = len(data) * 8

    def u(self, width: int) -> int:
        """An unsigned number of so many bits."""
        if width > self._left:
            message = "a parameter set ends too early"
            raise MediaError(message)
        self._left -= width
        return self._number >> self._left & (1 << width) - 1

    def flag(self) -> bool:
        """One bit."""
        return self.u(1) == 1

    def ue(self) -> int:
        """An Exp-Golomb number (H.264 9.1)."""
        zeros = 0
        while not self.flag():
            zeros += 1
            if zeros > _LONGEST:
                message = "a parameter set has a number without end"
                raise MediaError(message)
        return (1 << zeros) - 1 + self.u(zeros)

    def se(self) -> int:
        """A signed Exp-Golomb number (H.264 9.1.1)."""
        number = self.ue()
        return (number + 1) // 2 if number % 2 else -(number // 2)
