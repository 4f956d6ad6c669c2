"""Bits for hand-made H.264 and AAC."""


class Bits:
    """Writes bits, most significant first."""

    def __init__(self) -> None:
        self._text = ""

    def u(self, width: int, value: int) -> "Bits":
        """`value` in `width` bits."""
        self._text += f"{value:0{width}b}"
        return self

    def ue(self, value: int) -> "Bits":
        """An unsigned Exp-Golomb code (H.264 9.1)."""
        code = f"{value + 1:b}"
        self._text += "0" * (len(code) - 1) + code
        return self

    def se(self, value: int) -> "Bits":
        """A signed Exp-Golomb code (H.264 9.1.1)."""
        return self.ue(2 * value - 1 if value > 0 else -2 * value)

    def repeat(self, text: str, times: int) -> "Bits":
        """The same bits again and again."""
        self._text += text * times
        return self

    def rbsp(self) -> bytes:
        """The bytes, closed by a one and zeros (H.264 7.3.2.11)."""
        return Bits._packed(self._text + "1")

    def padded(self) -> bytes:
        """The bytes, filled up with zeros."""
        return Bits._packed(self._text)

    @staticmethod
    def _packed(text: str) -> bytes:
        text += "0" * (-len(text) % 8)
        return bytes(int(text[place : place + 8], 2) for place in range(0, len(text), 8))
