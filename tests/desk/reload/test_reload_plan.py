"""What becomes of settings that are another now."""

from dataclasses import replace
from pathlib import Path

import pytest

from desk.listener import Listener
from desk.reload.reload_plan import AT_ONCE, planned
from desk.settings import KEYS, SECRET, Settings

NOW = Settings(data=Path("/srv/xacast"), ffmpeg="/usr/bin/ffmpeg")
OTHER = {
    "data": Path("/srv/other"), "viewers": Listener("0.0.0.0", 81), "operators": Listener("127.0.0.1", 91),
    "machines": Listener("127.0.0.1", 71), "rtmp": Listener("0.0.0.0", 1936), "ffmpeg": "/opt/ffmpeg",
    "log": "debug", "cage": "require", "feed_hosts": "10.0.0.1", "on_event": "/usr/bin/true",
    "event_address": "https://a.example/canary", "database_url": "postgresql://u:canary@h/n", "timezone": "UTC",
    "desk": "https://desk.example", "production": "yes", "trusted_proxies": "10.0.0.0/8", "devices": 9,
    "two_persons": "every", "viewers_tls": "local", "operators_tls": "local", "machines_tls": "local",
    "oldest_tls": "1.2", "public_address": "https://hop.example.vn",
}


@pytest.mark.parametrize("key", KEYS)
def test_each_key_holds_at_once_or_is_named_as_waiting(key: str) -> None:
    """T-44: none is passed over in silence."""
    plan = planned(NOW, replace(NOW, **{key: OTHER[key]}))
    assert (plan.changed, plan.waiting) == (((key,), ()) if key in AT_ONCE else ((), (key,)))
    assert getattr(plan.settings, key) == (OTHER[key] if key in AT_ONCE else getattr(NOW, key))


def test_what_is_the_same_is_not_named_nor_an_ffmpeg_that_was_found() -> None:
    plan = planned(NOW, replace(NOW, ffmpeg=""))
    assert plan.to_json() == {"changed": [], "waiting": []}
    assert plan.settings == NOW


def test_no_value_is_told() -> None:
    """T-11: some are secret."""
    read = replace(NOW, **{key: OTHER[key] for key in SECRET})
    assert "canary" not in str(planned(NOW, read).to_json())
