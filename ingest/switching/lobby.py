"""A lobby or "no signal" picture that was taught, kept as a plain file: the bytes of its thumbnail."""

import shutil
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from flow.feed import Feed
from ingest.switching.measures import THUMB_BYTES


def read_lobby(path: Path) -> bytes | None:
    """The thumbnail kept there; None when there is none, or something else."""
    try:
        with path.open("rb") as file:
            kept = file.read(THUMB_BYTES + 1)
    except OSError:
        return None
    return kept if len(kept) == THUMB_BYTES else None


def write_lobby(path: Path, thumbnail: bytes) -> None:
    """Keep a thumbnail, in one step; raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.new")
    draft.write_bytes(thumbnail)
    draft.replace(path)


def lobby_names(feeds: Sequence[Feed]) -> tuple[str, ...]:
    """The name of each feed's file, in the feeds' order: the same for the same source at any place among them, and
    another one for another source. It tells nothing of the address, and a changed secret changes nothing."""
    shown = [f"{feed.role} {feed.shown}" for feed in feeds]
    numbers = [shown[:at].count(one) for at, one in enumerate(shown)]  # two publishers look alike
    return tuple(
        sha256(f"{one} {number}".encode()).hexdigest()[:24] + ".grey"
        for one, number in zip(shown, numbers, strict=True)
    )


def forget_lobbies(folder: Path) -> None:
    """Take away all that was kept there, if anything was."""
    shutil.rmtree(folder, ignore_errors=True)
