"""Letters of CEA-708 (CTA-708, 7.1): bytes as text."""

_G2 = {
    0x20: " ", 0x21: "\u00a0", 0x25: "…", 0x2A: "Š", 0x2C: "Œ", 0x30: "█", 0x31: "\u2018", 0x32: "\u2019",
    0x33: "“", 0x34: "”", 0x35: "•", 0x39: "™", 0x3A: "š", 0x3C: "œ", 0x3D: "℠", 0x3F: "Ÿ", 0x76: "⅛", 0x77: "⅜",
    0x78: "⅝", 0x79: "⅞", 0x7A: "│", 0x7B: "┐", 0x7C: "└", 0x7D: "─", 0x7E: "┘", 0x7F: "┌",
}


def common(code: int) -> str:
    """G0 and G1: ASCII with a note, and Latin-1."""
    return "♪" if code == 0x7F else chr(code)


def further(code: int) -> str:
    """G2 and G3, which follow an escape; an underline for what has no letter."""
    return _G2.get(code, "_")


def wide(code: int) -> str:
    """A letter of two bytes: Unicode's, as far as it has one there."""
    return chr(code) if not 0xD800 <= code < 0xE000 else "_"
