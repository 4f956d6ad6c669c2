"""Facts of what is set."""

from pathlib import Path

import pytest

from desk.listener import Listener
from desk.production.setting_facts import database_facts, setting_facts
from desk.settings import Settings


@pytest.mark.parametrize(("address", "host", "weak", "sslmode"), [
    ("", "", False, ""),
    ("sqlite:////srv/register.db", "", False, ""),
    ("postgresql:///xacast?host=/run/postgresql", "", False, ""),
    ("postgresql://xacast:4k2!vbNq81xPz@db.vn/xacast?sslmode=verify-full", "db.vn", False, "verify-full"),
    ("postgresql://xacast:4k2!vbNq81xPz@127.0.0.1/xacast", "", False, ""),
    ("postgresql://xacast@db.vn/xacast", "db.vn", True, ""),
    ("postgresql://xacast:xacast-2026-ab@db.vn/xacast", "db.vn", True, ""),
    ("postgresql://xacast:aaaaaaaaaaaaaaaa@db.vn/xacast", "db.vn", True, ""),
    ("postgresql://xacast:short1@localhost/xacast", "", True, ""),
])
def test_of_the_database(address: str, host: str, weak: bool, sslmode: str) -> None:
    found = database_facts(address)
    assert (found.host, found.weak_password, found.sslmode) == (host, weak, sslmode)


def test_of_the_rest(tmp_path: Path) -> None:
    program = tmp_path / "tell"
    program.touch(0o722)
    program.chmod(0o722)
    found = setting_facts(Settings(
        data=tmp_path, log="debug", cage="off", feed_hosts="0.0.0.0/0, 10.1.0.0/16, cam.vn, ::/0",
        on_event=str(program), event_address="http://alarm.vn/x",
    ), ())
    assert found.viewers_in_clear
    assert not found.operators_in_clear
    assert found.wide_feed_hosts == ("0.0.0.0/0", "::/0")
    assert found.event_program_open == str(program)
    assert found.event_address_in_clear
    assert found.told
    assert found.address_as_asked
    named = Settings(data=tmp_path, public_address="https://hop.example.vn")
    assert not setting_facts(named, ()).address_as_asked
    home = Settings(data=tmp_path, viewers=Listener("127.0.0.1", 8080), event_address="http://127.0.0.1:9/x")
    found = setting_facts(home, ())
    assert (found.viewers_in_clear, found.event_address_in_clear, found.event_program_open) == (False, False, "")
