"""A lobby or "no signal" picture that was taught, kept as a plain file: the bytes of its thumbnail."""

from pathlib import Path

from ingest.measures import THUMB_BYTES


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
