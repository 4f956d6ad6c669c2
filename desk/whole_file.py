"""A file of the owner's alone that is there whole or as it was, whenever the power goes."""

import os
from contextlib import suppress
from pathlib import Path
from secrets import token_hex


def write_whole(path: Path, content: bytes) -> None:
    """Put `content` in the place of what was there, synced; raises OSError, and then nothing has changed.

    Several may write at once: each has a draft of its own, and the last one stays.
    """
    draft = path.with_name(f".{path.name}.{token_hex(8)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(path)
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
