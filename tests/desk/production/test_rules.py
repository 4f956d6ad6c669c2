"""T-44: each misconfiguration, alone, is refused by its name and by no other; with none, nothing is."""

from typing import Any

import pytest

from desk.production.rule import findings
from desk.production.rules import RULES
from tests.desk.production.good import GOOD, with_one

WRONG: list[tuple[str, str, dict[str, Any]]] = [
    ("debug-log", "settings", {"log": "debug"}),
    ("viewers-in-clear", "settings", {"viewers_in_clear": True}),
    ("operators-in-clear", "settings", {"operators_in_clear": True}),
    ("machines-in-clear", "settings", {"machines_in_clear": True}),
    ("cage-off", "settings", {"cage": "off"}),
    ("wide-feed-hosts", "settings", {"wide_feed_hosts": ("0.0.0.0/0",)}),
    ("database-weak-password", "database", {"weak_password": True}),
    ("database-in-clear", "database", {"sslmode": ""}),
    ("database-in-clear", "database", {"sslmode": "require"}),
    ("nobody-is-told", "settings", {"told": False}),
    ("address-as-asked", "settings", {"address_as_asked": True}),
    ("event-address-in-clear", "settings", {"event_address_in_clear": True}),
    ("event-program-open", "settings", {"event_program_open": "/srv/tell"}),
    ("certificate-ends", "certificate", {"days_left": 13}),
    ("certificate-ends", "certificate", {"days_left": -1}),
    ("certificate-weak", "certificate", {"weak": "RSA of 1,024 bits"}),
    ("certificate-name", "certificate", {"names_wrong": "it is for other.vn"}),
    ("data-open", "files", {"data_open": True}),
    ("keys-readable", "files", {"secrets_open": ("machine.key",)}),
    ("settings-readable", "files", {"settings_open": "/etc/xacast.toml"}),
    ("settings-writable", "files", {"settings_writable": "/etc/xacast.toml"}),
    ("programs-writable", "files", {"program_writable": ("/usr/local/bin/ffmpeg",)}),
    ("disk-not-kept", "files", {"file_system": "tmpfs"}),
    ("disk-not-kept", "files", {"file_system": "overlay"}),
    ("audit-broken", "files", {"audit_fault": "entry 4 is altered"}),
    ("audit-head-gone", "files", {"audit_head_gone": True}),
    ("edge-certificate-ends", "files", {"edges_ending": ("the certificate of edge-1 has ended",)}),
    ("signing-key-old", "files", {"signing_key_days": 8}),
    ("no-backup", "files", {"backup_days": None}),
    ("no-backup", "files", {"backup_days": 7}),
    ("restore-unfinished", "files", {"restore_unfinished": True}),
    ("open-channels", "channels", {"open": True}),
    ("feeds-for-anybody", "channels", {"feeds_for_anybody": ("srt://:9000",)}),
    ("feeds-in-clear", "channels", {"feeds_in_clear": ("http://203.0.113.5/a.m3u8",)}),
    ("pictures-missing", "channels", {"missing_pictures": ("/srv/slate.png",)}),
    ("disk-too-small", "channels", {"window_bytes": 2**40}),
    ("accounts-unknown", "people", {"known": False, "administrators": ()}),
    ("no-administrator", "people", {"administrators": ()}),
    ("password-never-chosen", "people", {"once": ("admin",)}),
    ("runs-as-root", "machine", {"root": True}),
    ("no-bubblewrap", "machine", {"bubblewrap": "bwrap is not installed"}),
    ("few-descriptors", "machine", {"descriptors": 1_024}),
    ("core-dumps", "machine", {"core_dumps": True}),
    ("swap-in-clear", "machine", {"swap": ("/swapfile",)}),
    ("clock-never-set", "machine", {"clock_set": False, "clock_held": False}),
    ("clock-not-held", "machine", {"clock_held": False}),
    ("no-time-zones", "machine", {"zones": False}),
    ("no-setpriv", "machine", {"setpriv": False}),
    ("old-python", "machine", {"python": (3, 11, 3)}),
    ("old-openssl", "machine", {"openssl": (3, 0, 6)}),
    ("old-expat", "machine", {"expat": (2, 4, 0)}),
    ("old-aiohttp", "machine", {"aiohttp": (3, 13, 2)}),
    ("aiohttp-without-c", "machine", {"aiohttp_in_c": False}),
    ("no-ffmpeg", "machine", {"ffmpeg": ""}),
    ("ffmpeg-with-holes", "machine", {"ffmpeg": "5.1.6-0+deb12u1"}),
    ("ffmpeg-with-holes", "machine", {"ffmpeg": "7.0.2-static"}),
    ("ffmpeg-with-holes", "machine", {"ffmpeg": "n8.1.2"}),
    ("no-page", "machine", {"page": False}),
    ("strange-packages", "machine", {"strange_packages": "desk"}),
]


@pytest.mark.parametrize(("name", "part", "values"), WRONG, ids=[f"{one[0]}-{n}" for n, one in enumerate(WRONG)])
def test_each_misconfiguration_is_refused_by_its_name_and_no_other(
    name: str, part: str, values: dict[str, Any],
) -> None:
    found = findings(with_one(part, **values), RULES)
    assert [one.name for one in found] == [name]
    assert found[0].said
    assert found[0].remedy
    assert not found[0].said.endswith(".")


def test_a_good_machine_is_not_refused() -> None:
    assert findings(GOOD, RULES) == ()


@pytest.mark.parametrize("version", ["5.1.9-0+deb12u1", "5.1.10", "8.1.3", "n9.0", "9.0.2-static", "N-12345-gabc"])
def test_an_ffmpeg_that_is_kept_up_to_date_is_not_refused(version: str) -> None:
    assert findings(with_one("machine", ffmpeg=version), RULES) == ()


def test_every_rule_has_its_misconfiguration() -> None:
    assert {one[0] for one in WRONG} == {rule.name for rule in RULES}
    assert len(RULES) == len({rule.name for rule in RULES}) >= 30


def test_what_passes_with_time_keeps_nothing_from_starting() -> None:
    """A machine that was fit to start must come back after a power cut, whatever has grown old since."""
    fatal = {rule.name for rule in RULES if rule.fatal}
    assert fatal.isdisjoint({
        "certificate-ends", "no-backup", "signing-key-old", "clock-not-held", "audit-broken", "disk-too-small",
        "accounts-unknown", "no-administrator", "password-never-chosen", "ffmpeg-with-holes", "open-channels",
    })
    assert {"operators-in-clear", "viewers-in-clear", "cage-off", "keys-readable", "runs-as-root"} <= fatal
