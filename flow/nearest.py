"""The word that was probably meant."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word closest to `word`, or None when nothing is close."""
    by_lower = {name.lower(): name for name in known}
    found = get_close_matches(word.lower(), list(by_lower), n=1, cutoff=0.5)
    return by_lower[found[0]] if found else None


def remedy_for(word: str, known: Iterable[str]) -> str:
    """“Did you mean “tiny”? Known: …”: the way out after an unknown word."""
    names = list(known)
    close = nearest(word, names)
    listed = "Known: " + ", ".join(names)
    return f"Did you mean “{close}”? {listed}" if close else listed
