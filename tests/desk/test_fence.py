"""What a caged child is started with."""

import json
import os
import sys

import pytest

from desk.bubblewrap import Tools, Way
from desk.fence import Fenced, free, in_bubblewrap, in_limits
from desk.sight import program_of
from flow.cage import Cage

TOOLS = Tools(bwrap="/usr/bin/bwrap", setpriv="/usr/bin/setpriv", prlimit="/usr/bin/prlimit")


def bounds(fenced: Fenced) -> dict[str, object]:
    read: dict[str, object] = json.loads(fenced.steps[-1])
    return read


def test_a_free_child_has_our_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "canary")
    fenced = free(["true"], {"GIVEN": "x"})
    assert (fenced.env["SECRET"], fenced.env["GIVEN"], fenced.steps) == ("canary", "x", ())


def test_a_caged_one_has_what_it_is_given_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """T-11."""
    monkeypatch.setenv("SECRET", "canary")
    fenced = in_limits(program_of(["true"]), Cage(), {"GIVEN": "x"}, None)
    assert "SECRET" not in fenced.env
    assert fenced.env["GIVEN"] == "x"
    assert "canary" not in " ".join([*fenced.argv, *fenced.steps])


def test_limits_are_handed_over_by_name() -> None:
    told = bounds(in_limits(program_of(["true"]), Cage(read=("/feed",), memory=5), None, None))
    assert told["limits"] == {"RLIMIT_AS": 5, "RLIMIT_NOFILE": 256, "RLIMIT_FSIZE": 0, "RLIMIT_CORE": 0}
    assert "/feed" in str(told["read"])
    assert "/etc/resolv.conf" not in str(told["read"])


def test_tasks_are_counted_only_for_a_user_of_their_own() -> None:
    """Else all that we run ourselves would be counted with them."""
    told = bounds(in_limits(program_of(["true"]), Cage(tasks=3), None, 1234))
    assert told["limits"]["RLIMIT_NPROC"] == 3 + 4 * (os.cpu_count() or 1)  # type: ignore[index]


def test_a_network_brings_what_names_need() -> None:
    told = bounds(in_limits(program_of(["true"]), Cage(network=True), None, None))
    assert "/etc/resolv.conf" in str(told["read"])
    assert told["network"] is True


def test_bubblewrap_is_handed_its_filter() -> None:
    fenced = in_bubblewrap(TOOLS, Way(own_users=True), program_of(["true"]), Cage(), None, None)
    try:
        assert fenced.steps[0] == sys.executable
        assert fenced.steps[-1] .startswith("users+5+")
        for fd in fenced.fds:
            assert f"--seccomp {fd}" in " ".join(fenced.argv)
            assert len(os.read(fd, 2**16)) % 8 == 0
    finally:
        for fd in fenced.fds:
            os.close(fd)
