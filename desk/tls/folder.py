"""The authority and the listeners' certificates of a machine, in `<data>/tls/`, files of the owner's alone.

    ca.pem  ca.key                 the authority; on a machine that shall renew nothing, take ca.key away
    viewers.pem  operators.pem  machines.pem     each a certificate and its key, in one file
    names.json                     what they are made for
"""

import json
from dataclasses import asdict
from pathlib import Path

from desk.tls.authority import Names, Pair, authority, for_listener, may_sign
from desk.tls.choice import CA, FOLDER
from desk.whole_file import write_whole
from flow.errors import OperatorError, ToolError

LISTENERS = ("viewers", "operators", "machines")


class TlsFolder:
    """What is in it; raises ToolError where a file cannot be read or written."""

    def __init__(self, data: Path) -> None:
        self.path = data / FOLDER

    @property
    def ca(self) -> Path:
        """The authority's certificate."""
        return self.path / CA

    def file(self, listener: str) -> Path:
        """A listener's certificate and key."""
        return self.path / f"{listener}.pem"

    def init(self, names: Names, *, days: int, now: int) -> None:
        """Make an authority and its certificates; raises OperatorError when there is one."""
        if self.ca.exists():
            problem = f"there is an authority already: {self.ca}"
            raise OperatorError(
                problem, "New certificates come by `xacast tls renew`; a new authority has to be trusted anew by "
                "all who trust this one: move the folder away first",
            )
        made = authority(names, now)
        self._write("ca.key", made.key)
        self._write(CA, made.certificate)
        self._keep(names, days)
        self.renew(now=now)

    def renew(self, others: Names | None = None, *, now: int) -> None:
        """New certificates from the authority that there is, for the names that they had or for others."""
        ca = self.authority()
        if ca is None:
            problem = f"there is no authority in {self.path} that can sign"
            raise OperatorError(problem, "`xacast tls init` makes one")
        names, days = self.plan()
        names = others or names
        if wrong := may_sign(ca, names):
            problem = f"this authority may not sign for {', '.join(wrong)}"
            raise OperatorError(
                problem, f"Move {self.path} away and make one that may with `xacast tls init`; all who trust the "
                "old one have to trust the new one",
            )
        self._keep(names, days)
        for listener in LISTENERS:
            pair = for_listener(ca, names, now=now, days=days)
            self._write(f"{listener}.pem", pair.certificate + pair.key)

    def authority(self) -> Pair | None:
        """The authority with its key; None where it cannot sign."""
        try:
            return Pair(certificate=self.ca.read_bytes(), key=(self.path / "ca.key").read_bytes())
        except FileNotFoundError:
            return None
        except OSError as error:
            raise ToolError(str(self.path), f"it cannot be read: {error.strerror}") from error

    def certificate(self) -> str:
        """The authority's certificate, as those need it who shall trust it; empty where there is none."""
        try:
            return self.ca.read_text("ascii")
        except FileNotFoundError:
            return ""
        except (OSError, UnicodeDecodeError) as error:
            raise ToolError(str(self.ca), f"it cannot be read: {error}") from error

    def plan(self) -> tuple[Names, int]:
        """What the certificates are made for, and for how many days."""
        try:
            data = json.loads((self.path / "names.json").read_text("utf-8"))
            return Names(hosts=tuple(data["hosts"]), addresses=tuple(data["addresses"])), int(data["days"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ToolError(str(self.path / "names.json"), f"it cannot be read: {error}") from error

    def due(self, now: int) -> bool:
        """Whether a third of their days, or less, is left of those that it can renew."""
        if not (self.path / "ca.key").exists():
            return False
        _, days = self.plan()
        return any(ends(self.file(listener)) - now <= days * 86_400 // 3 for listener in LISTENERS)

    def _keep(self, names: Names, days: int) -> None:
        self._write("names.json", json.dumps({**asdict(names), "days": days}, indent=1).encode())

    def _write(self, name: str, content: bytes) -> None:
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.path.chmod(0o700)
            write_whole(self.path / name, content)
        except OSError as error:
            raise ToolError(str(self.path / name), f"it cannot be written: {error.strerror}") from error


def ends(path: Path) -> int:
    """When the first certificate in a file runs out, in seconds since the epoch; 0 when there is none."""
    try:
        return int(Pair(certificate=path.read_bytes(), key=b"").parsed.not_valid_after_utc.timestamp())
    except (OSError, ValueError):
        return 0
