"""What was set, as facts."""

import ipaddress
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from desk.listener import Listener, is_loopback
from desk.production.facts import CertificateFacts, DatabaseFacts, SettingsFacts
from desk.production.mode import open_to_write
from desk.settings import Settings

SHORTEST = 12
"""Letters of a database's password: it is asked for over a network, as often as somebody likes."""
_WIDE = 16
"""Bits of a network that feeds may lead to: shorter ones are most of somebody's network, or all."""


def setting_facts(settings: Settings, certificates: tuple[CertificateFacts, ...]) -> SettingsFacts:
    """The facts; looks at one file, the program of `on_event`."""
    return SettingsFacts(
        log=settings.log, cage=settings.cage,
        viewers_in_clear=_in_clear(settings, "viewers") and not settings.trusted_proxies,
        operators_in_clear=_in_clear(settings, "operators"),
        machines_in_clear=_in_clear(settings, "machines"),
        wide_feed_hosts=tuple(host for host in settings.hosts if _wide(host)),
        told=bool(settings.on_event or settings.event_address),
        address_as_asked=not (settings.public_address or settings.viewers.loopback),
        event_address_in_clear=_sent_in_clear(settings.event_address),
        event_program_open=_program_open(settings.on_event),
        database=database_facts(settings.database_url),
        certificates=certificates,
    )


def _in_clear(settings: Settings, name: str) -> bool:
    listener: Listener = getattr(settings, name)
    return not listener.loopback and settings.tls(name) is None


def _wide(host: str) -> bool:
    try:
        return ipaddress.ip_network(host, strict=False).prefixlen < _WIDE
    except ValueError:
        return host in {"*", ".", ""}


def _sent_in_clear(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme == "http" and not is_loopback(parts.hostname or "")


def _program_open(program: str) -> str:
    words = program.split()
    return words[0] if words and open_to_write(Path(words[0])) else ""


def database_facts(address: str) -> DatabaseFacts:
    """Of `postgresql://user:password@host/name?…`; a file and a local socket have neither host nor password."""
    parts = urlsplit(address)
    asked = parse_qs(parts.query)
    host = parts.hostname or next(iter(asked.get("host", ())), "")
    if not address.startswith("postgresql") or not host or host.startswith("/"):
        return DatabaseFacts(host="", weak_password=False, sslmode="")
    password, user = unquote(parts.password or ""), parts.username or ""
    weak = len(password) < SHORTEST or len(set(password)) < SHORTEST // 2 or (user and user in password)
    return DatabaseFacts(
        host="" if is_loopback(host) else host, weak_password=bool(weak),
        sslmode=next(iter(asked.get("sslmode", ())), ""),
    )
