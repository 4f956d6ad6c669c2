"""The facts of a real machine, and what keeps it from starting (T-44)."""

from pathlib import Path

import pytest

from desk.ffmpeg import FFmpeg
from desk.listener import Listener
from desk.production.gather import check_production, gather
from desk.production.rule import findings
from desk.production.rules import RULES
from desk.settings import Settings
from flow.errors import OperatorError
from tests.desk.backup.machines import filled

FOUND = FFmpeg(path="/bin/true", version="5.1.9", lacks=(), srt=True, hevc=True)


def _machine(tmp_path: Path, **words: object) -> Settings:
    settings = filled(Settings(data=tmp_path / "data", viewers=Listener("127.0.0.1", 8080), **words))  # type: ignore[arg-type]
    for path in settings.data.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
    return settings


def _names(settings: Settings) -> set[str]:
    return {one.name for one in findings(gather(settings, settings.data / "xacast.toml", FOUND), RULES)}


def test_misconfigurations_are_seen_on_a_real_machine(tmp_path: Path) -> None:
    settings = _machine(tmp_path)
    before = _names(settings)
    assert {"signing-key-old", "no-backup"} <= before
    assert before.isdisjoint({"keys-readable", "data-open", "settings-writable", "audit-broken", "debug-log"})
    (settings.data / "master.key").chmod(0o644)
    settings.data.chmod(0o777)
    (settings.data / "xacast.toml").chmod(0o646)
    audit = settings.data / "audit" / "audit.jsonl"
    audit.write_text(audit.read_text("ascii").replace("channel 3", "channel 4"), "ascii")
    assert _names(settings) - before == {
        "keys-readable", "data-open", "settings-readable", "settings-writable", "audit-broken",
    }


def test_a_machine_that_is_not_fit_does_not_start(tmp_path: Path) -> None:
    settings = _machine(tmp_path, log="debug", cage="off")
    with pytest.raises(OperatorError, match=r"not started.*\(debug-log\).*\(cage-off\)") as caught:
        check_production(settings, None, FOUND)
    assert "no-backup" not in str(caught.value)
