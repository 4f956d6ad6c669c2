"""The packager's notes on disk: always one whole copy, whatever was killed when."""

import hashlib
import logging
from contextlib import suppress

from flow.ids import ChannelId
from origin.disk_folder import DiskFolder
from origin.losses import words_of

_LOG = logging.getLogger(__name__)
_NOW = "_notes"  # no id starts with _, so these never meet a rendition's folder
_BEFORE = "_notes.before"
_DIGEST_BYTES = 16


class DiskNotes:
    """One file of notes in each channel's folder, and the one before it.

    The file begins with a digest, so that a copy that a failing disk has mangled is not taken for the truth.
    """

    def __init__(self, folder: DiskFolder) -> None:
        self._folder = folder

    def write(self, channel: ChannelId, state: bytes) -> None:
        """Replace the notes, synced; raises OSError and then leaves the old ones readable."""
        # Not replaced in place: the rename keeps the last copy even when the new one is damaged later.
        with suppress(FileNotFoundError):
            self._folder.rename((channel,), _NOW, _BEFORE)
        self._folder.write((channel,), _NOW, _digest(state) + state)

    def read(self, channel: ChannelId) -> bytes | None:
        """The newest whole notes, or None."""
        for name in (_NOW, _BEFORE):
            try:
                content = self._folder.read((channel,), name)
            except FileNotFoundError:
                continue
            except OSError as error:
                _LOG.warning("%s/%s cannot be read: %s", channel, name, words_of(error))
                continue
            state = content[_DIGEST_BYTES:]
            if content[:_DIGEST_BYTES] == _digest(state):
                return state
            _LOG.warning("%s/%s is damaged", channel, name)
        return None


def _digest(state: bytes) -> bytes:
    return hashlib.blake2b(state, digest_size=_DIGEST_BYTES).digest()
