"""Facts of a machine with which nothing is wrong."""

from dataclasses import replace
from typing import Any

from desk.production.facts import (
    CertificateFacts,
    ChannelFacts,
    DatabaseFacts,
    Facts,
    FileFacts,
    MachineFacts,
    PeopleFacts,
    SettingsFacts,
)

CERTIFICATE = CertificateFacts(listener="viewers", days_left=80, weak="", names_wrong="")
CHANNEL = ChannelFacts(
    name="hop", open=False, feeds_for_anybody=(), feeds_in_clear=(), missing_pictures=(), window_bytes=2**30,
)
GOOD = Facts(
    settings=SettingsFacts(
        log="info", cage="require", viewers_in_clear=False, operators_in_clear=False, machines_in_clear=False,
        wide_feed_hosts=(), told=True, address_as_asked=False, event_address_in_clear=False, event_program_open="",
        database=DatabaseFacts(host="db", weak_password=False, sslmode="verify-full"), certificates=(CERTIFICATE,),
    ),
    channels=(CHANNEL,),
    files=FileFacts(
        data_open=False, secrets_open=(), settings_open="", settings_writable="", program_writable=(),
        file_system="ext4", disk_bytes=2**40, audit_fault="", audit_head_gone=False, signing_key_days=7,
        backup_days=1, edges_ending=(), restore_unfinished=False,
    ),
    people=PeopleFacts(known=True, administrators=("hoa",), once=()),
    machine=MachineFacts(
        root=False, descriptors=65_536, core_dumps=False, swap=(), clock_set=True, clock_held=True, zones=True,
        setpriv=True, bubblewrap="", python=(3, 13, 1), openssl=(3, 0, 15), expat=(2, 6, 2), aiohttp=(3, 14, 0),
        aiohttp_in_c=True, ffmpeg="5.1.9-0+deb12u1", page=True, strange_packages="",
    ),
)


def with_one(part: str, **values: Any) -> Facts:
    """The good facts, but for one."""
    if part == "channels":
        return replace(GOOD, channels=(CHANNEL, replace(CHANNEL, name="other", **values)))
    if part == "database":
        database = replace(GOOD.settings.database, **values)
        return replace(GOOD, settings=replace(GOOD.settings, database=database))
    if part == "certificate":
        certificates = (CERTIFICATE, replace(CERTIFICATE, listener="machines", **values))
        return replace(GOOD, settings=replace(GOOD.settings, certificates=certificates))
    return replace(GOOD, **{part: replace(getattr(GOOD, part), **values)})
