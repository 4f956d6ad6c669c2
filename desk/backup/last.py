"""When a machine was backed up last, as `xacast doctor --production` asks."""

import json
import logging
from pathlib import Path

from desk.whole_file import write_whole

_FILE = "backup.json"
_log = logging.getLogger(__name__)


def note_backup(data: Path, *, at_s: int, sealed: bool) -> None:
    """Keep the moment (Unix seconds); a directory that cannot be written is logged, since the backup is made."""
    try:
        write_whole(data / _FILE, json.dumps({"at_s": at_s, "sealed": sealed}).encode("ascii"))
    except OSError as error:
        _log.warning("that there is a backup cannot be noted: %s", error.strerror)


def last_backup(data: Path) -> int | None:
    """When the last one was made (Unix seconds); None when none was."""
    try:
        return int(json.loads((data / _FILE).read_bytes())["at_s"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
