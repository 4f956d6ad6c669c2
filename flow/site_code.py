"""Codes: what somebody types into a hall's browser, once, in place of its site's link.

Eight letters and digits of those that nobody takes for another: 40 bits, alive for a day, tried at a pace. A code
is looked up by a slow digest: whoever reads the list of them cannot try all of them out in that time.
"""

import hashlib
import re
import secrets

LIFE_S = 24 * 3600
"""Seconds that a code is good for, if nobody uses it before."""
LENGTH = 8
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_SHAPE = re.compile(f"[{_LETTERS}]{{{LENGTH}}}", re.ASCII)
_SALT = b"xacast code"  # the same for all, since a code is found by its digest alone


def new_code() -> str:
    """A code that nobody has."""
    return "".join(secrets.choice(_LETTERS) for _ in range(LENGTH))


def shown(code: str) -> str:
    """A code as people read it: in two halves."""
    return f"{code[:LENGTH // 2]}-{code[LENGTH // 2:]}"


def code_from(text: str) -> str | None:
    """The code that somebody typed, in small letters or with hyphens; None for what is none."""
    code = text[:4 * LENGTH].replace("-", "").upper()
    return code if _SHAPE.fullmatch(code) else None


def digest_of_code(code: str) -> bytes:
    """What is kept of a code. Takes some hundredths of a second of one core (RFC 7914): call it from a thread."""
    return hashlib.scrypt(code.encode("ascii"), salt=_SALT, n=2**13, r=8, p=1, dklen=32)
