"""Vietnamese names as people type them: with or without marks, composed or not, with its kind or without."""

import re
import unicodedata

_BAR = str.maketrans("đĐðÐ", "dDdD")
"""Letters that no decomposition takes apart; eth is what some old fonts typed for đ."""
_PARTED = re.compile(r"\W+")
_APART = re.compile(r"[^0-9a-z]+")
_SHORT = {
    "tp": "thanh pho", "tx": "thi xa", "tt": "thi tran", "dk": "dac khu", "t": "tinh", "h": "huyen", "q": "quan",
    "p": "phuong", "x": "xa",
}
_KIND = re.compile(r"(thanh pho|thi xa|thi tran|dac khu|tinh|huyen|quan|phuong|xa) (?=.)")


def composed(text: str) -> str:
    """The text as it is kept: each letter with its marks in one piece (NFC), nothing at its ends."""
    return unicodedata.normalize("NFC", text).strip()


def folded(text: str) -> str:
    """Lower case without marks, words parted by one space: “Phường  Ba-Đình” is “phuong ba dinh”."""
    apart = unicodedata.normalize("NFKD", text.translate(_BAR))
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return _APART.sub(" ", plain.lower()).strip()


def full(text: str) -> str:
    """Folded, with the kind in front written out: “TP. Huế” is “thanh pho hue”."""
    plain = folded(text)
    first, _, rest = plain.partition(" ")
    return f"{_SHORT[first]} {rest}" if rest and first in _SHORT else plain


def core(text: str) -> str:
    """Folded, without the kind in front: “TP. Huế”, “Thành phố Huế” and “hue” are all “hue”."""
    return _KIND.sub("", full(text), count=1)


def marks(text: str) -> list[str]:
    """The marks alone, word by word, wherever in its word each stands: “Hoà” and “Hòa” have the same.

    Compared where two names are the same once folded; words typed without any have empty ones.
    """
    words = _PARTED.split(unicodedata.normalize("NFKC", text).lower())
    return ["".join(sorted(filter(_is_mark, unicodedata.normalize("NFKD", word)))) for word in words if word]


def _is_mark(letter: str) -> bool:
    return unicodedata.combining(letter) != 0 or letter in "đð"
