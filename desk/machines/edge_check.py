"""Of `xacast doctor`: the certificates of the edges."""

from pathlib import Path

from desk.checkup import Check, Mark
from desk.machines.ending import endings
from desk.machines.machine import Kind
from desk.machines.register import MachineRegister
from flow.errors import ToolError

NAME = "edges"


def edges_of(data: Path) -> list[tuple[str, int]]:
    """Names of the edges that are let in, and when their newest certificates end; raises ToolError."""
    register = MachineRegister(data)
    register.look()
    return [(one.name, one.ends) for one in register if one.kind is Kind.EDGE and not one.revoked]


def check_edges(data: Path, now: int) -> Check:
    """Whether each will be let in for some days yet; `now` in seconds since the epoch."""
    try:
        edges = edges_of(data)
    except ToolError as error:
        return Check(name=NAME, mark=Mark.FAIL, said=str(error))
    if said := endings(edges, now):
        return Check(name=NAME, mark=Mark.WARN, said="; ".join(said))
    if not edges:
        return Check(name=NAME, mark=Mark.NONE, said="none is let in; `xacast machine add NAME --kind edge` does")
    return Check(name=NAME, mark=Mark.OK, said=f"the certificates of {len(edges)} hold for more than a week")
