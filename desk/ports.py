"""The ports that a headend really listens on, for those who start after it: `<data>/run/ports.json`."""

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from desk.listener import Listener

FILE = "ports.json"
NAMES = ("viewers", "operators", "machines")
_SECURE = "tls:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """Where the three listeners stand. Written when all three are open, so its presence says so too."""

    viewers: Listener
    operators: Listener
    machines: Listener

    def write(self, run: Path) -> None:
        """Replace the file in one step."""
        run.mkdir(parents=True, exist_ok=True)
        draft = run / f"{FILE}.new"
        draft.write_text(json.dumps({name: _text(getattr(self, name)) for name in NAMES}), "utf-8")
        draft.replace(run / FILE)

    @classmethod
    def read(cls, run: Path) -> Self | None:
        """What was written, or None when nothing readable is there."""
        try:
            data = json.loads((run / FILE).read_text("utf-8"))
            return cls(**{name: _listener(data[name]) for name in NAMES})
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    @classmethod
    def forget(cls, run: Path) -> None:
        """Take the file away."""
        (run / FILE).unlink(missing_ok=True)


def _text(listener: Listener) -> str:
    return f"{_SECURE}{listener}" if listener.secure else str(listener)


def _listener(text: str) -> Listener:
    return replace(Listener.parse(text.removeprefix(_SECURE)), secure=text.startswith(_SECURE))
