"""What an operator has set on each channel, on the disk: a picture taken off stays off over a power cut."""

import json
import logging
import os
from pathlib import Path
from typing import Any

_log = logging.getLogger(__name__)


class StandingFile:
    """One small file for each channel, in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, channel: str) -> dict[str, Any] | None:
        """What stands; None when nothing does, or it cannot be read."""
        try:
            kept = json.loads(self._place(channel).read_text("utf-8"))
        except (OSError, ValueError):
            return None
        return kept if isinstance(kept, dict) else None

    def write(self, channel: str, standing: dict[str, Any] | None) -> None:
        """Keep it, in one step; None forgets. A disk that refuses is logged: what is on air does not wait."""
        place = self._place(channel)
        try:
            if standing is None:
                if place.exists():
                    place.unlink()
                    _sync(self._folder)
                return
            self._folder.mkdir(parents=True, exist_ok=True)
            draft = place.with_suffix(".new")
            _write(draft, json.dumps(standing).encode())
            draft.replace(place)
            _sync(self._folder)
        except OSError as error:
            _log.error("what stands on %s cannot be kept: %s", channel, error.strerror)

    def _place(self, channel: str) -> Path:
        return self._folder / f"{channel}.json"


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())  # else a power cut could leave the new name with nothing in it


def _sync(folder: Path) -> None:
    """What is called so and what is not, beyond a power cut."""
    place = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(place)
    finally:
        os.close(place)
