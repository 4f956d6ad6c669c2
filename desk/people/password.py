"""What may be a password, and what the desk makes as one. No I/O."""

import secrets
import unicodedata

from flow.errors import OperatorError

SHORTEST, LONGEST = 12, 128
_FEWEST = 5
"""Different letters: “aaaaaaaaaaaa” is nobody's secret."""
_WORDS = ("password", "matkhau", "xacast", "123456", "abcdef", "qwerty")
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Read out and typed without mistaking one for another."""


def prepared(text: str) -> str:
    """The one spelling of a password, composed (RFC 8265, OpaqueString): “ệ” is typed in several ways."""
    return unicodedata.normalize("NFC", text)


def check_password(text: object, name: str) -> str:
    """The password in its one spelling; raises OperatorError, which never shows it, when it is too easy."""
    if not isinstance(text, str) or not SHORTEST <= len(prepared(text)) <= LONGEST:
        problem = f"a password has {SHORTEST} to {LONGEST} letters"
        raise OperatorError(problem, "Four words that have nothing to do with each other are a good one")
    plain = prepared(text)
    low = plain.lower()
    rest = low.replace(name.lower(), "")
    for word in _WORDS:
        rest = rest.replace(word, "")
    if len(set(low)) < _FEWEST or len(rest) < SHORTEST - _FEWEST or not plain.isprintable():
        problem = "this password is easily guessed"
        raise OperatorError(problem, "Four words that have nothing to do with each other are a good one")
    return plain


def new_password() -> str:
    """One to be used once: four groups of five, 99 random bits."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(4))
