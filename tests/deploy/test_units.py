"""What is shipped to deploy with holds what the documents say of it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.repository import ROOT

UNIT = ROOT / "deploy" / "systemd" / "xacast.service"
CONTAINER = ROOT / "deploy" / "Containerfile"
MOST = 2.0


def test_the_service_stands_in_a_tight_sandbox() -> None:
    """T-08: the exposure that systemd counts is 2.0 at most."""
    tool = shutil.which("systemd-analyze")
    if tool is None:
        pytest.skip("not run: no systemd-analyze; apt install systemd")
    done = subprocess.run(
        [tool, "security", "--offline=true", "--no-pager", UNIT], capture_output=True, text=True, check=False,
    )
    found = re.search(r"Overall exposure level for xacast.service: (\d+\.\d)", done.stdout)
    assert found is not None, done.stderr
    assert float(found[1]) <= MOST


def test_the_service_is_nobody_and_may_become_nobody() -> None:
    lines = UNIT.read_text("utf-8").splitlines()
    for line in ("User=xacast", "NoNewPrivileges=yes", "CapabilityBoundingSet=", "LimitCORE=0", "UMask=0077"):
        assert line in lines


def test_the_firewall_refuses_what_it_does_not_name() -> None:
    """T-45."""
    path = ROOT / "deploy" / "nftables.conf"
    text = path.read_text("utf-8")
    assert "policy drop;" in text
    rules = [line for line in text.splitlines() if not line.strip().startswith("#")]
    assert not any(port in line for line in rules for port in ("8090", "8070"))
    tool = shutil.which("nft")
    if tool is None or os.geteuid() != 0:
        pytest.skip("its grammar was not looked at: run `nft -c -f deploy/nftables.conf` as root")
    done = subprocess.run([tool, "-c", "-f", path], capture_output=True, text=True, check=False)
    assert done.stderr == ""


def test_the_container_s_file_is_what_a_linter_wants() -> None:
    """T-39."""
    tool = Path(sys.executable).with_name("hadolint")
    done = subprocess.run([tool, "--no-color", CONTAINER], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_linter_of_the_container_s_file_sees_what_is_wrong(tmp_path: Path) -> None:
    spoilt = tmp_path / "Containerfile"
    spoilt.write_text(CONTAINER.read_text("utf-8").replace("--no-install-recommends ", ""), "utf-8")
    tool = Path(sys.executable).with_name("hadolint")
    done = subprocess.run([tool, "--no-color", spoilt], capture_output=True, text=True, check=False)
    assert "DL3015" in done.stdout


def test_the_container_is_nobody_and_has_no_tools_to_build_with() -> None:
    """T-39, T-44: what is run is another stage than what builds, as a user of its own, and is looked after."""
    steps = CONTAINER.read_text("utf-8").replace("\\\n", " ").splitlines()
    stages = [at for at, step in enumerate(steps) if step.startswith("FROM ")]
    assert len(stages) == 2
    assert all(re.fullmatch(r"FROM \S+:\d+\.\d+-slim-\w+( AS \w+)?", steps[at]) for at in stages)
    last = steps[stages[1]:]
    assert not [step for step in last if re.search(r"\b(pip|gcc|build-essential|git|curl)\b", step)]
    assert last.index("USER 991:991") < last.index('ENTRYPOINT ["xacast"]')
    assert any(step.startswith("HEALTHCHECK ") for step in last)
    copied = {step.split()[1] for step in steps if re.match(r"COPY [a-z]+ ", step)}
    rooms = {"flow", "ingest", "transcode", "packager", "origin", "player", "desk"}
    assert copied == rooms
    assert "--require-hashes" in " ".join(steps)
