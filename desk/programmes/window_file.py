"""When which sites may watch what, as it was last known, on this machine's disk.

A headend that begins while the database is away goes by it for as long as it reaches.
"""

import json
import logging
import os
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from desk.programmes.window import Window, Windows
from flow.ids import ChannelId

_log = logging.getLogger(__name__)


class WindowFile:
    """One file, the owner's alone. Calls wait for the disk and never raise."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> Windows:
        """What was written last; nothing when there is nothing that can be read."""
        try:
            rows = json.loads(self._path.read_bytes())
            return Windows(channels={
                ChannelId(name): tuple(
                    Window(from_s=int(begin), until_s=None if end is None else int(end), sites=frozenset(sites))
                    for begin, end, sites in windows
                )
                for name, windows in rows.items()
            })
        except FileNotFoundError:
            return Windows()
        except (OSError, ValueError, TypeError, AttributeError) as error:
            _log.error("what was known of the schedule cannot be read: %s", error)
            return Windows()

    def write(self, windows: Windows) -> None:
        """Keep this, in one step."""
        rows = {
            name: [(one.from_s, one.until_s, sorted(one.sites)) for one in some]
            for name, some in windows.channels.items()
        }
        draft = self._path.with_name(f".{self._path.name}.{token_hex(8)}")
        try:
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                json.dump(rows, file)
                file.flush()
                os.fsync(file.fileno())
            draft.rename(self._path)
        except OSError as error:
            _log.error("what is known of the schedule cannot be kept: %s", error)
        finally:
            with suppress(OSError):
                draft.unlink(missing_ok=True)
