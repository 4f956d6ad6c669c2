"""Secrets in an operator's words: named, never written out.

    srt://:9000?passphrase={file:/etc/xacast/hop.key}     the first line of a file
    rtsp://studio:{env:CAMERA_PASSWORD}@10.0.0.9/ch1      a variable of the environment
    rtmp://10.0.0.5/live/{ask}                            asked for on the terminal

A command line can be read by everybody on the machine (T-11), so what looks like a secret in one is refused: a
password, a setting with a name such as passphrase or token (cameras have them in the path too), a stream key of
our own door, a name of an RTMP stream that looks like a key, a JSON web token.
"""

import difflib
import re
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, quote, urlsplit

from flow.errors import OperatorError
from ingest.kinds import DOOR
from ingest.redact import looks_like_key, names_secret, secret_in_path, shown

_NAMED = re.compile(r"\{(?:(file):([^{}]+)|(env):([A-Za-z_][A-Za-z0-9_]*)|(ask))\}")
_BRACES = re.compile(r"\{\s*([A-Za-z]{2,12})\s*[:}=]")
_WORDS = ("file", "env", "ask", "environment", "prompt")
_LONGEST = 512
DOOR_WORD = "rtmp:"
"""A feed that a publisher brings; its stream key is made here."""


def fill_in(text: str, *, env: Mapping[str, str], ask: Callable[[str], str]) -> str:
    """The address with its secrets in place of their names, escaped as addresses want them.

    `ask` gets a question and gives the answer unseen. Raises OperatorError for a secret written out, and for a
    file or a variable that is not there.
    """
    if trouble := _misspelt(text):
        raise OperatorError(trouble, _REMEDY)
    if trouble := written_out(text):
        raise OperatorError(trouble, _REMEDY)
    if _shown_later(text):
        problem = "A secret stands where status would show it"
        remedy = ("It may be a password before the @, a setting after the ?, the name in rtmp://host/app/name, or "
                  "password=… in a path")
        raise OperatorError(problem, remedy)
    display = _display(_NAMED.sub("x", text))

    def secret(found: re.Match[str]) -> str:
        if found[5]:
            value = ask(f"Secret of {display}")
        elif found[1]:
            value = _from_file(found[2])
        else:
            value = _from_environment(found[4], env)
        return quote(_checked(value, display), safe="")

    return _NAMED.sub(secret, text)


_REMEDY = "Write {ask}, {file:/path} or {env:NAME} in its place"


def written_out(text: str) -> str:
    """What is wrong when an address has a secret in it, in a sentence that does not repeat it; else empty."""
    bare = _NAMED.sub("", text)
    try:
        parts = urlsplit(bare)
        password, query = parts.password, parse_qs(parts.query)
    except ValueError:
        return ""
    if password or _in_path(parts) or any(names_secret(name) for name in query):
        place = f"A secret of {_display(bare)} stands on the command line"
        return f"{place}, where everybody on this machine can read it"
    return ""


def _misspelt(text: str) -> str:
    """What is wrong when something in braces is nearly the name of a secret; else empty.

    Taken for the secret itself, or for a part of a path, it would be refused for a reason that helps nobody.
    """
    for word in _BRACES.findall(_NAMED.sub("", text)):
        if difflib.get_close_matches(word.lower(), _WORDS, 1, 0.6):
            return f"“{{{word}…}}” in an address names no secret"
    return ""


def _in_path(parts: SplitResult) -> bool:
    path = parts.path.strip("/")
    ours = parts.scheme == "rtmp" and not parts.hostname and "/" in path
    pulled = parts.scheme in ("rtmp", "rtmps") and looks_like_key(path.rpartition("/")[2])
    web_token = any(element.startswith("eyJ") and looks_like_key(element) for element in path.split("/"))
    return bool(parts.scheme and (ours or pulled or web_token or secret_in_path(path)))


def _shown_later(text: str) -> bool:
    """Whether a secret is named at a place of the address that is shown: the host, or a path."""
    mark = "x-secret-x"
    marked = _NAMED.sub(mark, text)
    return mark in _display(marked)


def _display(address: str) -> str:
    return shown(address, key_in_path=address.startswith(("rtmp:", "rtmps:")))


def new_key() -> str:
    """A stream key of 192 bits (T-02)."""
    return secrets.token_urlsafe(24)


def door_address(key: str) -> str:
    """The address of a feed that a publisher brings with that key."""
    return f"{DOOR}{key}"


def _from_file(name: str) -> str:
    try:
        with Path(name).open(encoding="utf-8") as file:
            return file.readline(_LONGEST + 2).rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        problem = f"The secret in {name} cannot be read"
        raise OperatorError(problem, "Check the path and who may read it") from error


def _from_environment(name: str, env: Mapping[str, str]) -> str:
    if name not in env:
        problem = f"There is no variable {name} in the environment"
        raise OperatorError(problem, f"Set {name}, or use {{ask}} or {{file:/path}}")
    return env[name]


def _checked(value: str, display: str) -> str:
    if not value or len(value) > _LONGEST or not value.isprintable():
        problem = f"The secret of {display} is empty, too long, or has control characters in it"
        raise OperatorError(problem, f"Use one line of at most {_LONGEST} letters")
    return value
