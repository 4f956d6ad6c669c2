"""By what a worker's machine is known to headends, and knows them: `<data>/machine.json`, the owner's alone.

A headend's `xacast machine add` writes it; it is carried over once, and `xacast machine join` puts it in place.
"""

import json
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from desk.machines.signer import Signer
from desk.whole_file import write_whole
from flow.errors import OperatorError
from transcode.approach import Approach

FILE = "machine.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """Name and key at the headends; `ca` are the authorities that their certificates come from (PEM), empty where
    no TLS is spoken."""

    name: str
    key: str = field(repr=False)
    ca: str = ""

    @classmethod
    def read(cls, path: Path) -> Self:
        """What stands in a file; raises OperatorError when it is none of ours."""
        try:
            data = json.loads(path.read_text("utf-8"))
            return cls(name=str(data["name"]), key=str(data["key"]), ca=str(data["ca"]))
        except (OSError, ValueError, KeyError, TypeError) as error:
            problem = f"{path} is no credential of a machine: {error or type(error).__name__}"
            raise OperatorError(problem, "Make one where the headend is: `xacast machine add NAME`") from error

    def write(self, path: Path) -> None:
        """Raises OperatorError when it cannot be."""
        text = json.dumps({"name": self.name, "key": self.key, "ca": self.ca}, indent=1)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, text.encode("ascii"))
        except OSError as error:
            problem = f"{path} cannot be written: {error.strerror}"
            raise OperatorError(problem, "Name another place, or free some space") from error

    def approach(
        self, headers: dict[str, str], now_ns: Callable[[], int], tls: ssl.SSLContext | None = None,
    ) -> Approach:
        """How to speak to headends; `now_ns` is the wall clock, by which requests are signed, `tls` how to speak
        to the one of this machine."""
        signer = Signer(self.name, self.key, now_ns)
        return Approach(headers=headers, around=(signer,), tls=tls or self._context())

    def _context(self) -> ssl.SSLContext | None:
        if not self.ca:
            return None
        try:
            context = ssl.create_default_context(cadata=self.ca)
        except (ssl.SSLError, ValueError) as error:
            problem = f"the authority of {self.name} says nothing: {error}"
            raise OperatorError(problem, "Have the credential made again where the headend is") from error
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        return context
