"""Where the command line keeps who is signed in, at each desk: a file of the owner's alone."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from desk.whole_file import write_whole
from flow.errors import ToolError

FILE = "sessions.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A session's token, the account's name, and who may sign the desk's certificate: empty for the system's."""

    token: str = field(repr=False)
    name: str = ""
    ca: str = field(default="", repr=False)


class SessionFile:
    """Calls wait for the disk. A desk is named by its address, or the directory of one on this machine."""

    def __init__(self, env: Mapping[str, str]) -> None:
        """`env` is the environment (XDG base directories)."""
        base = env.get("XDG_STATE_HOME") or str(Path(env.get("HOME") or "~").expanduser() / ".local" / "state")
        self.path = Path(base) / "xacast" / FILE

    def get(self, desk: str) -> Signed | None:
        """Who is signed in there; None when nobody is, or the file cannot be read."""
        words = self._read().get(desk)
        texts = words if isinstance(words, dict) else {}
        token, name, ca = (texts.get(key, "") for key in ("token", "name", "ca"))
        if not (isinstance(token, str) and isinstance(name, str) and isinstance(ca, str) and token):
            return None
        return Signed(token=token, name=name, ca=ca)

    def put(self, desk: str, signed: Signed | None) -> None:
        """Keep it, or forget it; raises ToolError when the file cannot be written."""
        words = {key: one for key, one in self._read().items() if key != desk}
        if signed is None and len(words) == len(self._read()):
            return
        if signed is not None:
            words[desk] = asdict(signed)
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(self.path, json.dumps(words).encode())
        except OSError as error:
            raise ToolError(str(self.path), f"it cannot be written: {error.strerror}") from error

    def _read(self) -> dict[str, object]:
        try:
            words = json.loads(self.path.read_bytes())
        except (OSError, ValueError):
            return {}
        return words if isinstance(words, dict) else {}
