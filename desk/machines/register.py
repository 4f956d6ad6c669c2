"""The machines that a headend knows, in `<data>/machines.json`, a file of the owner's alone.

The headend writes it, and looks at it each second: whoever is revoked is out without a restart.
"""

import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from desk.machines.certified import Certified
from desk.machines.machine import LOCAL, Kind, Machine
from desk.whole_file import write_whole
from flow.errors import OperatorError, ToolError
from flow.ids import is_id

FILE = "machines.json"
LOCK = ".machines.lock"
"""Held by who reads and writes: of two who do at once, neither loses what the other wrote."""
_BYTES = 32


class MachineRegister:
    """What stands in the file."""

    def __init__(self, data: Path) -> None:
        self._path = data / FILE
        self._seen: object = None
        self._machines: dict[str, Machine] = {}

    def __iter__(self) -> Iterator[Machine]:
        return iter(self._machines.values())

    def get(self, name: str) -> Machine | None:
        """One machine, also one that is revoked."""
        return self._machines.get(name)

    def of_certificate(self, fingerprint: str) -> tuple[Machine, Certified] | None:
        """Whose it is, also of one that is revoked."""
        return next((
            (one, shown) for one in self._machines.values() for shown in one.certificates
            if shown.fingerprint == fingerprint
        ), None)

    def look(self) -> bool:
        """Read the file if it has changed; whether it had. Raises ToolError when it cannot be read: what was known
        holds."""
        try:
            stat = self._path.stat()
            seen: object = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
            if seen == self._seen:
                return False
            listed = json.loads(self._path.read_text("utf-8"))["machines"]
            self._machines = {one["name"]: Machine.from_json(one) for one in listed}
        except FileNotFoundError:
            changed, self._machines, self._seen = bool(self._machines), {}, None
            return changed
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ToolError(str(self._path), f"it cannot be read: {error or type(error).__name__}") from error
        self._seen = seen
        return True

    def add(
        self, name: str, kind: Kind, *, now: int, key: str = "", certificates: tuple[Certified, ...] = (),
    ) -> Machine:
        """A new one, with a new key unless there is one, or an edge's certificate; raises OperatorError for a name
        that was used already."""
        if not is_id(name) or name == LOCAL:
            problem = f"“{name}” is no name for a machine"
            raise OperatorError(problem, "Use small letters, figures and hyphens, and not “local”")
        key = key or ("" if certificates else secrets.token_urlsafe(_BYTES))
        with self._alone():
            if name in self._machines:
                problem = f"there is a machine {name} already, or was one"
                raise OperatorError(problem, "Choose another name: what was revoked never comes back")
            return self._keep(Machine(name=name, kind=kind, key=key, made=now, certificates=certificates))

    def revoke(self, name: str, *, now: int) -> Machine:
        """It is out, for ever; raises OperatorError for one that there is not."""
        with self._alone():
            return self._keep(replace(self._known(name), revoked=now, key=""))

    def certify(self, name: str, shown: Certified) -> Machine:
        """That certificate is good too; of one edge the newest two are. Raises OperatorError for another kind."""
        with self._alone():
            machine = self._known(name)
            if machine.kind is not Kind.EDGE:
                problem = f"{name} signs with a key, and has no certificate"
                raise OperatorError(problem, "Edges have certificates: `xacast machine add NAME --kind edge`")
            return self._keep(replace(machine, certificates=(*machine.certificates[-1:], shown)))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """What is known is what stands there, and nobody else writes meanwhile."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            lock = os.open(self._path.with_name(LOCK), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise ToolError(str(self._path), f"it cannot be written: {error.strerror}") from error
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self._seen = None
            self.look()
            yield
        finally:
            os.close(lock)

    def _known(self, name: str) -> Machine:
        machine = self._machines.get(name)
        if machine is None or machine.revoked:
            problem = f"there is no machine {name}"
            raise OperatorError(problem, "`xacast machine list` shows those that there are")
        return machine

    def _keep(self, machine: Machine) -> Machine:
        machines = {**self._machines, machine.name: machine}
        text = json.dumps({"machines": [one.to_json() for one in machines.values()]}, indent=1)
        try:
            write_whole(self._path, text.encode("ascii"))
        except OSError as error:
            raise ToolError(str(self._path), f"it cannot be written: {error.strerror}") from error
        self._machines = machines
        return machine
