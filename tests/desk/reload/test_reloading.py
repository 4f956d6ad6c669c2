"""Settings are taken whole or not at all."""

import logging
import random
from pathlib import Path

import pytest

from desk.reload.reload_plan import AT_ONCE
from desk.reload.reloading import Reloading, newest
from desk.reload.source import Source
from desk.settings import Settings
from flow.errors import OperatorError

PIECES = (
    'log = "debug"', 'log = "loud"', 'on_event = "/usr/bin/true"', 'event_address = "https://a.example/x"',
    'viewers = "0.0.0.0:81"', 'viewers = "nowhere"', 'operators = "0.0.0.0:8090"', 'timezone = "UTC"',
    'timezone = "Mars"', 'feed_hosts = "10.0.0.1"', "devices = 9", 'devices = "9"', 'cage = "off"',
    'two_persons = "x"', 'trusted_proxies = "10.0.0.0/8"', 'trusted_proxies = "ten"',
    'database_url = "mysql://"',
    "[viewers]", "log = 3", 'lgo = "info"', "# quiet", "", "log", "=", '"', "\x00", "\ud800", "ế = 1",
    'log = "\\ud800"', "x" * 5_000, "[[[[", "log = " + "9" * 5_000, "a.b.c = 1", "9" * 5_000,
    "log = " + "[" * 2_000,
)


class Machine:
    """A file, what holds, and what was taken."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "xacast.toml"
        self.file.write_text("")
        self.source = Source.of(str(self.file), {"XACAST_DATA": str(folder)})
        self.taken: list[Settings] = []
        self.reloading = Reloading(self.source.read(), self.source, self.taken.append)

    def write(self, text: str) -> None:
        self.file.write_bytes(text.encode("utf-8", "surrogatepass"))


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


async def test_what_can_hold_at_once_does_and_the_rest_is_named(machine: Machine) -> None:
    machine.write('log = "debug"\non_event = "/usr/bin/true"\ncage = "off"\n')
    plan = await machine.reloading.reload()
    assert plan.to_json() == {"changed": ["log", "on_event"], "waiting": ["cage"]}
    assert [(one.log, one.on_event, one.cage) for one in machine.taken] == [("debug", "/usr/bin/true", "best")]
    assert (await machine.reloading.reload()).to_json() == {"changed": [], "waiting": ["cage"]}


async def test_5000_files_that_somebody_broke_are_taken_whole_or_refused_whole(machine: Machine) -> None:
    """T-42: no crash, no setting of a file that was refused."""
    dice = random.Random(42)
    refused = 0
    for _ in range(5_000):
        before, known = machine.reloading.settings, len(machine.taken)
        lines = dice.choices(PIECES, k=dice.randrange(1, 5))
        text = "\n".join(lines)
        cut = dice.randrange(len(text) + 1)
        machine.write(text[:cut] + dice.choice(("", "", "", "\t", "=", '"', "\n")) + text[cut:])
        try:
            plan = await machine.reloading.reload()
        except OperatorError:
            refused += 1
            assert machine.reloading.settings is before
            assert len(machine.taken) == known
            continue
        read = machine.source.read()
        assert machine.taken[-1] == plan.settings == machine.reloading.settings
        assert all(getattr(plan.settings, key) == getattr(read, key) for key in AT_ONCE)
        assert (plan.settings.cage == read.cage) is ("cage" not in plan.waiting)
    assert 1_000 < refused < 4_900


def test_a_headend_that_starts_anew_has_what_was_read_again(
    machine: Machine, caplog: pytest.LogCaptureFixture,
) -> None:
    """T-44: what was taken while it ran is not undone by its death."""
    first = machine.reloading.settings
    machine.write('on_event = "/usr/bin/true"\ncage = "off"')
    found = newest(first, machine.source)
    assert (found.on_event, found.cage) == ("/usr/bin/true", "best")
    machine.write("rubbish")
    with caplog.at_level(logging.WARNING):
        assert newest(first, machine.source) == first
    assert "as the machine was started with" in caplog.text
