"""The machines that a headend knows, in `<data>/machines.json`, a file of the owner's alone.

Commands write it, the headend looks at it each second: whoever is revoked is out without a restart.
"""

import json
import secrets
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from desk.machines.machine import LOCAL, Kind, Machine
from desk.whole_file import write_whole
from flow.errors import OperatorError, ToolError
from flow.ids import is_id

FILE = "machines.json"
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

    def of_serial(self, serial: str) -> Machine | None:
        """Whose certificate has that number."""
        return next((one for one in self._machines.values() if serial in one.serials), None)

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

    def add(self, name: str, kind: Kind, *, now: int, key: str = "") -> Machine:
        """A new one, with a new key unless there is one; raises OperatorError for a name that was used already."""
        if not is_id(name) or name == LOCAL:
            problem = f"“{name}” is no name for a machine"
            raise OperatorError(problem, "Use small letters, figures and hyphens, and not “local”")
        self.look()
        if name in self._machines:
            problem = f"there is a machine {name} already, or was one"
            raise OperatorError(problem, "Choose another name: what was revoked never comes back")
        made = Machine(name=name, kind=kind, key=key or secrets.token_urlsafe(_BYTES), made=now)
        self._keep(made)
        return made

    def revoke(self, name: str, *, now: int) -> Machine:
        """It is out, for ever; raises OperatorError for one that there is not."""
        machine = replace(self._known(name), revoked=now, key="", serials=())
        self._keep(machine)
        return machine

    def certify(self, name: str, serial: str) -> None:
        """A certificate with that number is good too; of one machine the newest two are."""
        machine = self._known(name)
        self._keep(replace(machine, serials=(*machine.serials[-1:], serial)))

    def _known(self, name: str) -> Machine:
        self.look()
        machine = self._machines.get(name)
        if machine is None or machine.revoked:
            problem = f"there is no machine {name}"
            raise OperatorError(problem, "`xacast machine list` shows those that there are")
        return machine

    def _keep(self, machine: Machine) -> None:
        self._machines[machine.name] = machine
        text = json.dumps({"machines": [one.to_json() for one in self._machines.values()]}, indent=1)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self._path, text.encode("ascii"))
        except OSError as error:
            raise ToolError(str(self._path), f"it cannot be written: {error.strerror}") from error
