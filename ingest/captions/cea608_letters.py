"""Letters of CEA-608 (47 CFR 15.119 (g); CTA-608, tables 5 to 10): bytes without parity, as text."""

_CHANGED = {
    0x2A: "á", 0x5C: "é", 0x5E: "í", 0x5F: "ó", 0x60: "ú", 0x7B: "ç", 0x7C: "÷", 0x7D: "Ñ", 0x7E: "ñ", 0x7F: "█",
}
_SPECIAL = "®°½¿™¢£♪à\u00a0èâêîôû"
_SPANISH_FRENCH = "ÁÉÓÚÜü\u2018¡*\u2019—©℠•“”ÀÂÇÈÊËëÎÏïÔÙùÛ«»"
_PORTUGUESE_GERMAN = "ÃãÍÌìÒòÕõ{}\\^_|~ÄäÖöß¥¤│ÅåØø┌┐└┘"


def basic(code: int) -> str:
    """The letter of one byte from 0x20 to 0x7F."""
    return _CHANGED.get(code, chr(code))


def special(code: int) -> str:
    """The second byte, 0x30 to 0x3F, after 0x11."""
    return _SPECIAL[code - 0x30]


def extended(first: int, code: int) -> str:
    """The second byte, 0x20 to 0x3F, after 0x12 or 0x13. It takes the place of the letter before it."""
    return (_SPANISH_FRENCH if first == 0x12 else _PORTUGUESE_GERMAN)[code - 0x20]
