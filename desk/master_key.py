"""The master key of this machine's headend: what the keys of encrypted channels are wrapped with at rest (T-16).

It lies beside the store of keys, in a file that is the owner's alone; a copy of the store without it opens
nothing. Another headend that shall make the same bytes needs both.
"""

from base64 import urlsafe_b64decode
from binascii import Error
from pathlib import Path

from desk.secret_file import secret_in
from flow.errors import ToolError
from origin.key_wrap import MASTER_BYTES

FILE = "master.key"


def master_key(data: Path) -> bytes:
    """The key in the data directory, made when there is none; raises ToolError when it can be neither read nor
    made, or is none."""
    path = data / FILE
    text = secret_in(path, "the master key")
    try:
        key = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (Error, ValueError):
        key = b""
    if len(key) != MASTER_BYTES:
        raise ToolError(str(path), f"it holds no key of {MASTER_BYTES} bytes; put the right one back")
    return key
