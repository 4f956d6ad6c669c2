"""When which sites may watch what, as it was last known, on this machine's disk.

A headend that begins while the database is away goes by it for as long as it reaches.
"""

import json
import logging
from pathlib import Path

from desk.programmes.window import Window, Windows
from desk.whole_file import write_whole
from flow.ids import ChannelId

_log = logging.getLogger(__name__)


class WindowFile:
    """One file, the owner's alone. Calls wait for the disk and never raise."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> Windows | None:
        """What was written last; None when there is nothing that can be read."""
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
            return None
        except (OSError, ValueError, TypeError, AttributeError) as error:
            _log.error("what was known of the schedule cannot be read: %s", error)
            return None

    def write(self, windows: Windows) -> None:
        """Keep this, in one step."""
        rows = {
            name: [(one.from_s, one.until_s, sorted(one.sites)) for one in some]
            for name, some in windows.channels.items()
        }
        try:
            write_whole(self._path, json.dumps(rows).encode())
        except OSError as error:
            _log.error("what is known of the schedule cannot be kept: %s", error)
