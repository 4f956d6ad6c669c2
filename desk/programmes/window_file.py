"""When which sites may watch what, and what is on, as it was last known, on this machine's disk.

A headend that begins while the database is away goes by it for as long as it reaches.
"""

import json
import logging
from pathlib import Path
from typing import Any

from desk.json_pieces import json_pieces
from desk.programmes.kept_programme import from_plain, plain
from desk.programmes.window import Window, Windows
from desk.whole_file import write_whole
from flow.errors import OperatorError
from flow.ids import ChannelId

_log = logging.getLogger(__name__)


class WindowFile:
    """One file, the owner's alone. Calls wait for the disk and never raise."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> Windows | None:
        """What was written last; None when there is nothing that can be read."""
        try:
            kept = json.loads(self._path.read_bytes())
            if not isinstance(kept.get("windows"), dict):  # an earlier version wrote nothing but the windows
                kept = {"windows": kept, "programmes": {}, "mark": 0}
            return Windows(
                channels={ChannelId(name): _windows(rows) for name, rows in kept["windows"].items()},
                programmes={
                    ChannelId(name): tuple(from_plain(words) for words in programmes)
                    for name, programmes in kept["programmes"].items()
                },
                mark=int(kept["mark"]),
            )
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError, KeyError, AttributeError, OperatorError) as error:
            _log.error("what was known of the schedule cannot be read: %s", error)
            return None

    def write(self, windows: Windows) -> None:
        """Keep this, in one step."""
        kept = {
            "windows": {
                name: [(one.from_s, one.until_s, list(one.sites), one.national) for one in some]
                for name, some in windows.channels.items()
            },
            "programmes": {name: [plain(one) for one in some] for name, some in windows.programmes.items()},
            "mark": windows.mark,
        }
        try:
            write_whole(self._path, json_pieces(kept).encode())
        except OSError as error:
            _log.error("what is known of the schedule cannot be kept: %s", error)


def _windows(rows: Any) -> tuple[Window, ...]:  # noqa: ANN401 - what a file has
    return tuple(
        Window(
            from_s=int(begin), until_s=None if end is None else int(end), sites=frozenset(sites),
            national=national == [True],
        )
        for begin, end, sites, *national in rows
    )
