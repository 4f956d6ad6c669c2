"""Settings of the gate, as somebody wrote them."""

from pathlib import Path

import pytest

from desk.access.door_settings import DEVICES
from desk.settings import load_settings
from flow.errors import OperatorError


def test_they_are_read_and_have_defaults(tmp_path: Path) -> None:
    env = {"XACAST_DATA": str(tmp_path)}
    assert (load_settings(env=env).trusted_proxies, load_settings(env=env).devices) == ("", DEVICES)
    some = env | {"XACAST_TRUSTED_PROXIES": "10.0.0.5, 2001:db8::/64", "XACAST_DEVICES": "12"}
    made = load_settings(env=some)
    assert (made.trusted_proxies, made.devices) == ("10.0.0.5, 2001:db8::/64", 12)
    assert load_settings(env=env | made.environment()) == made


@pytest.mark.parametrize(("name", "text"), [
    ("TRUSTED_PROXIES", "proxy.example"), ("TRUSTED_PROXIES", "10.0.0.1/8"), ("TRUSTED_PROXIES", "0.0.0.0/0"),
    ("TRUSTED_PROXIES", "::/0"), ("DEVICES", "0"), ("DEVICES", "many"), ("DEVICES", "1001"), ("DEVICES", "-1"),
])
def test_what_makes_no_sense_is_refused(tmp_path: Path, name: str, text: str) -> None:
    with pytest.raises(OperatorError) as caught:
        load_settings(env={"XACAST_DATA": str(tmp_path), f"XACAST_{name}": text})
    assert caught.value.remedy
