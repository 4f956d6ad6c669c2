"""The desk's own kinds of error."""

from desk.listener import Listener
from flow.errors import OperatorError


class RefusedError(OperatorError):
    """The headend refused a command; `status` is the HTTP status that says how."""

    def __init__(self, status: int, problem: str, remedy: str) -> None:
        super().__init__(problem, remedy)
        self.status = status


class PortTakenError(OperatorError):
    """A listener cannot be opened: `name` says which, `listener` where, `why` ends the sentence."""

    def __init__(self, name: str, listener: Listener, why: str) -> None:
        other = Listener(listener.host, listener.port % 65_535 + 1)
        super().__init__(
            f"the {name}' port {listener} {why}",
            f"End what uses it, or choose another with XACAST_{name.upper()}={other}",
        )
        self.name = name


class NotRunningError(OperatorError):
    """No headend answers on this machine."""

    def __init__(self, address: str) -> None:
        super().__init__(f"no headend answers at {address}", "Bring this machine up with `xacast up`")
