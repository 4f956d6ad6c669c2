"""The desk's own kinds of error."""

from desk.listener import Listener
from desk.settings import OWNERS
from flow.errors import OperatorError


class RefusedError(OperatorError):
    """The headend refused a command; `status` is the HTTP status that says how."""

    def __init__(self, status: int, problem: str, remedy: str) -> None:
        super().__init__(problem, remedy)
        self.status = status


class SecondNeededError(RefusedError):
    """A second operator confirms this first, under the number `number`."""

    def __init__(self, number: int, problem: str, remedy: str) -> None:
        super().__init__(428, problem, remedy)
        self.number = number


class PortTakenError(OperatorError):
    """A listener cannot be opened: `name` says which, `listener` where, `why` ends the sentence."""

    def __init__(self, name: str, listener: Listener, why: str) -> None:
        variable, other = f"XACAST_{name.upper()}", Listener(listener.host, listener.port % 65_535 + 1)
        remedy = f"End what uses it, or choose another with {variable}={other}"
        if "in use" not in why:
            remedy = f"Set {variable} to an address of this machine and a port that you may open"
        super().__init__(f"the {OWNERS[name]} port {listener} {why}", remedy)
        self.name = name


class AnotherRunsError(OperatorError):
    """Several of our ports are in use at once: `ports` says which."""

    def __init__(self, ports: tuple[int, ...]) -> None:
        listed = ", ".join(map(str, ports))
        super().__init__(
            f"another xacast seems to run on this machine: its ports {listed} are in use",
            "Stop that one first, or give this one ports of its own in XACAST_VIEWERS, XACAST_OPERATORS and "
            "XACAST_MACHINES",
        )
        self.ports = ports


class NotRunningError(OperatorError):
    """No headend answers on this machine."""

    def __init__(self, address: str) -> None:
        super().__init__(f"no headend answers at {address}", "Bring this machine up with `xacast up`")
