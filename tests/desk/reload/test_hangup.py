"""What a hangup means to `xacast up`."""

import asyncio
import logging
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.audit.book import AuditBook
from desk.headend import Headend
from desk.people.second import Rule
from desk.reload import hangup
from desk.reload.hangup import hangup_ends, reload_beside
from desk.reload.reloading import Reloading
from desk.reload.source import Source
from desk.system import SystemClock

FREE = 'viewers = "127.0.0.1:0"\noperators = "127.0.0.1:0"\nmachines = "127.0.0.1:0"\n'


@pytest.fixture
def hangups() -> Iterator[None]:
    before = signal.getsignal(signal.SIGHUP)
    yield
    signal.signal(signal.SIGHUP, before)


@pytest.mark.usefixtures("hangups")
def test_it_ends_who_has_a_terminal_and_nobody_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = tmp_path / "tty"
    monkeypatch.setattr(hangup, "_TERMINAL", str(terminal))
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    assert not hangup_ends()  # a service
    terminal.touch()
    assert hangup_ends()
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    assert not hangup_ends()  # nohup


async def test_settings_are_read_again_in_the_audit_and_a_file_that_is_wrong_changes_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """T-44: also on a machine whose commands speak to another's desk."""
    monkeypatch.setenv("HOME", str(tmp_path))
    caplog.set_level(logging.INFO)
    file = tmp_path / "xacast.toml"
    file.write_text(f'{FREE}desk = "https://desk.example"\n')
    source = Source.of(str(file), {"XACAST_DATA": str(tmp_path)})
    settings = source.read()
    headend = Headend(settings=settings, clock=SystemClock())
    headend.reloading = Reloading(settings, source, headend.take)
    await headend.start()

    async def hung_up(text: str) -> None:
        file.write_text(FREE + text)
        await asyncio.to_thread(reload_beside(settings).join)

    await hung_up('devices = "9"\ntwo_persons = "every"\ntimezone = "UTC"\n')
    assert (headend.access.guests.devices("s1"), headend.people.second.rule) == (9, Rule.EVERY)
    assert "settings were read again: devices, two_persons" in caplog.text
    assert "hold from the next start: timezone, desk" in caplog.text
    await hung_up('devices = "many"\n')
    assert headend.access.guests.devices("s1") == 9
    assert "settings were not read again" in caplog.text
    await headend.stop()
    assert '"why":"SIGHUP"' in "".join(AuditBook(tmp_path).page(0)[0]).replace(" ", "")
    caplog.clear()
    await hung_up("")
    assert "settings were not read again" in caplog.text  # nobody answers
