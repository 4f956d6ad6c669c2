"""A secret that a machine makes for itself, once, in a file that is the owner's alone."""

import os
import secrets
from pathlib import Path

from flow.errors import ToolError

_BYTES = 32


def secret_in(path: Path, what: str) -> str:
    """The secret in the file, 256 random bits as text, made when there is none.

    Raises ToolError when it can be neither read nor made; `what` it is (“the key of this machine”) stands in it.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return _made(path)
        except FileExistsError:
            return path.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ToolError(str(path), f"{what} cannot be read: {error}") from error


def _made(path: Path) -> str:
    """In one step: of two processes that start at once, one makes it and both read the same."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    secret = secrets.token_urlsafe(_BYTES)
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secret + "\n")
            file.flush()
            os.fsync(file.fileno())  # what is locked with it must not outlive it in a power cut
        os.link(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    return secret
