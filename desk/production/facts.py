"""What is looked at before a machine is depended on. Plain values; none has a default, so nothing is forgotten."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseFacts:
    """Of `database_url`: its host, empty for this machine; whether its password is weak or missing; libpq's
    `sslmode`."""

    host: str
    weak_password: bool
    sslmode: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateFacts:
    """A certificate in use: the listener it is for, days until it ends, and what is wrong with its key and its
    names, empty for nothing."""

    listener: str
    days_left: int
    weak: str
    names_wrong: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsFacts:
    """What was set. The `…_in_clear` listeners can be reached from elsewhere, without TLS. `address_as_asked` is
    whether lists send boxes to wherever they say that they asked."""

    log: str
    cage: str
    viewers_in_clear: bool
    operators_in_clear: bool
    machines_in_clear: bool
    wide_feed_hosts: tuple[str, ...]
    told: bool
    address_as_asked: bool
    event_address_in_clear: bool
    event_program_open: str
    database: DatabaseFacts
    certificates: tuple[CertificateFacts, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelFacts:
    """A declared channel: whether anybody may watch; its feeds, as status shows them, that anybody may send, and
    that come through the open network in clear; pictures that it names and that are not there; bytes of its
    window."""

    name: str
    open: bool
    feeds_for_anybody: tuple[str, ...]
    feeds_in_clear: tuple[str, ...]
    missing_pictures: tuple[str, ...]
    window_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFacts:
    """The data directory and what lies in it. Paths are those that break a rule; `disk_bytes` are free, or held by
    media already; `edges_ending` says whose certificates end."""

    data_open: bool
    secrets_open: tuple[str, ...]
    settings_open: str
    settings_writable: str
    program_writable: tuple[str, ...]
    file_system: str
    disk_bytes: int
    audit_fault: str
    audit_head_gone: bool
    signing_key_days: int
    backup_days: int | None
    edges_ending: tuple[str, ...]
    restore_unfinished: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleFacts:
    """Of the accounts: administrators that can sign in, and those who still have the password that the desk made.
    `known` says that the database could be asked."""

    known: bool
    administrators: tuple[str, ...]
    once: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MachineFacts:
    """The machine and who runs xacast on it. `swap` lists what is written in clear; a version is its numbers."""

    root: bool
    descriptors: int
    core_dumps: bool
    swap: tuple[str, ...]
    clock_set: bool
    clock_held: bool
    zones: bool
    setpriv: bool
    bubblewrap: str
    python: tuple[int, ...]
    openssl: tuple[int, ...]
    expat: tuple[int, ...]
    aiohttp: tuple[int, ...]
    aiohttp_in_c: bool
    ffmpeg: str
    page: bool
    strange_packages: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All of it."""

    settings: SettingsFacts
    channels: tuple[ChannelFacts, ...]
    files: FileFacts
    people: PeopleFacts
    machine: MachineFacts
