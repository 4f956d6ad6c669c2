"""What `xacast doctor` says of edges."""

from pathlib import Path

from desk.checkup import Mark
from desk.machines.certified import Certified
from desk.machines.edge_check import check_edges, edges_of
from desk.machines.machine import Kind
from desk.machines.register import FILE, MachineRegister

DAY = 86_400


def test_it_tells_whose_certificate_ends(tmp_path: Path) -> None:
    assert check_edges(tmp_path, 1).mark is Mark.NONE
    register = MachineRegister(tmp_path)
    for name, ends in (("edge-1", 30 * DAY), ("edge-2", 40 * DAY), ("edge-3", 5 * DAY)):
        register.add(name, Kind.EDGE, now=1, certificates=(Certified(fingerprint=name, ends=ends),))
    register.add("studio-2", Kind.WORKER, now=1)
    register.revoke("edge-3", now=2)
    assert edges_of(tmp_path) == [("edge-1", 30 * DAY), ("edge-2", 40 * DAY)]
    assert check_edges(tmp_path, 1).mark is Mark.OK
    late = check_edges(tmp_path, 25 * DAY)
    assert late.mark is Mark.WARN
    assert "edge-1 ends in 5 days" in late.said
    assert "edge-2" not in late.said
    (tmp_path / FILE).write_text("broken")
    assert check_edges(tmp_path, 1).mark is Mark.FAIL
