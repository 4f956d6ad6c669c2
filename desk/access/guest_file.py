"""What was last known of the sites' links, on this machine's disk.

A headend that begins while the database is away lets in whom it let in before, and keeps out whom it kept out.
"""

import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from desk.access.guest_list import Guest, networks_of
from desk.json_pieces import json_pieces
from desk.whole_file import write_whole

_log = logging.getLogger(__name__)


class GuestFile:
    """One file, the owner's alone; it has digests, and no token. Calls wait for the disk and never raise."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> dict[str, Guest]:
        """What was written last; nothing when there is nothing that can be read."""
        try:
            rows = json.loads(self._path.read_bytes())
            return {
                str(name): Guest(
                    digest=bytes.fromhex(digest) if digest is not None else None,
                    void_until=int(void) if void is not None else None, **_more(*more),
                )
                for name, (digest, void, *more) in rows.items()
            }
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, TypeError, AttributeError) as error:
            _log.error("what was known of sites' links cannot be read: %s", error)
            return {}

    def write(self, guests: Mapping[str, Guest]) -> None:
        """Keep this, in one step."""
        rows = {
            name: (
                guest.digest.hex() if guest.digest is not None else None, guest.void_until,
                {"browsers": [one.hex() for one in guest.browsers], "devices": guest.devices,
                 "networks": guest.networks},
            )
            for name, guest in guests.items()
        }
        try:
            write_whole(self._path, json_pieces(rows).encode())
        except OSError as error:
            _log.error("what is known of sites' links cannot be kept: %s", error)


def _more(words: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What an earlier version did not write."""
    if words is None:
        return {}
    networks = tuple(str(word) for word in words["networks"])
    networks_of(networks)  # what is no network is found out here
    return {
        "browsers": tuple(bytes.fromhex(one) for one in words["browsers"]), "networks": networks,
        "devices": int(words["devices"]) if words["devices"] is not None else None,
    }
