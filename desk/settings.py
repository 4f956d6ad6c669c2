"""The settings of a machine: `xacast.toml`, then the environment `XACAST_*`, the later one winning."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from desk.access.door_settings import DEVICES, check_proxies, devices_of
from desk.listener import Listener
from desk.people.second import Rule
from desk.programmes.times import VIETNAM, zone_of
from desk.public_address import public_address_of
from desk.tls.choice import NEW, OLDEST, TlsFiles, tls_files
from desk.tls.choice import OFF as NO_TLS
from flow.errors import OperatorError
from flow.nearest import remedy_for

FILE = "xacast.toml"
BEST, REQUIRE, OFF = CAGES = ("best", "require", "off")
YES_NO = ("yes", "no")
LEVELS = ("debug", "info", "warning", "error")
VIEWERS = Listener("0.0.0.0", 8080)  # noqa: S104 - viewers come from the whole network
OPERATORS = Listener("127.0.0.1", 8090)
MACHINES = Listener("127.0.0.1", 8070)
RTMP = Listener("0.0.0.0", 1935)  # noqa: S104 - publishers come from the whole network
_DEFAULTS = {"viewers": VIEWERS, "operators": OPERATORS, "machines": MACHINES, "rtmp": RTMP}
OWNERS = {"viewers": "viewers'", "operators": "operators'", "machines": "machines'", "rtmp": "RTMP"}
KEYS = (
    "data", "viewers", "operators", "machines", "rtmp", "ffmpeg", "log", "cage", "feed_hosts", "on_event",
    "event_address", "database_url", "timezone", "desk", "production", "trusted_proxies", "devices",
    "two_persons", "viewers_tls", "operators_tls", "machines_tls", "oldest_tls", "public_address",
)
SECRET = ("event_address", "database_url")
"""For the headend alone, and in no environment: `/proc` shows that, and programs hand it on."""
_DATABASES = ("postgresql://", "sqlite:///")
_PREFIX = "XACAST_"
_ELSEWHERE = ("config", "python")
"""Variables that are no settings: where the file is, and the Python that `make` sets the checkout up with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What one machine's processes share.

    `data` holds everything that lasts; `viewers`, `operators` and `machines` are the headend's listeners, `rtmp`
    is the door's; `ffmpeg` is a path, empty for the first one that fits; `log` is the lowest level shown on the
    terminal; `cage` says what decoders run in: the `best` that the machine has, bubblewrap or nothing (`require`),
    or `off`; `feed_hosts` lists, with commas, the hosts and networks that an HLS or RTSP feed may lead to besides
    its own.
    `on_event` is a program, `event_address` a web address that is told of each event; it may hold a secret.
    `database_url` says where register and programmes are: empty for SQLite in `data`, or
    `postgresql://user:password@host/name`. `timezone` names the clock that programmes are written and read by.
    `desk` is the address of the desk that commands speak to, empty for this machine's.
    `viewers_tls`, `operators_tls` and `machines_tls` say by what a listener speaks TLS (`desk/tls/choice.py`),
    `oldest_tls` which the oldest is that viewers may speak. `production` is “yes” where others depend on the
    machine: then it does not start with what is not safe (T-44).
    `trusted_proxies` lists, with commas, the networks (CIDR) of proxies before the viewers' port that say who
    asks;
    `public_address` is where viewers reach the machine, empty for the listener itself, and where they asked.
    `devices` of a site may watch at once, where nobody says another number of it.
    `two_persons` says when a second operator confirms what changes the picture: never (`off`), while a programme
    for all sites is on (`national`), or while any is (`every`).
    """

    data: Path
    viewers: Listener = VIEWERS
    operators: Listener = OPERATORS
    machines: Listener = MACHINES
    rtmp: Listener = RTMP
    ffmpeg: str = ""
    log: str = "info"
    cage: str = BEST
    feed_hosts: str = ""
    on_event: str = ""
    event_address: str = field(default="", repr=False)
    database_url: str = field(default="", repr=False)
    timezone: str = VIETNAM
    desk: str = ""
    production: str = "no"
    trusted_proxies: str = ""
    devices: int = DEVICES
    two_persons: str = Rule.OFF.value
    viewers_tls: str = NO_TLS
    operators_tls: str = NO_TLS
    machines_tls: str = NO_TLS
    oldest_tls: str = NEW
    public_address: str = ""

    def __post_init__(self) -> None:
        # T-23, T-44, T-45: what is said there opens the desk or the air, and nobody shall hear it on a network.
        for name in ("viewers", "operators", "machines"):
            listener: Listener = getattr(self, name)
            if not (self.tls(name) or listener.loopback or name == "viewers"):
                problem = f"the {name}' listener may not stand on {listener} without TLS"
                remedy = f'Set XACAST_{name.upper()} to an address on 127.0.0.1, or give it {name}_tls = "local"'
                raise OperatorError(problem, remedy)
        if self.oldest_tls not in OLDEST:
            problem = f"unknown TLS “{self.oldest_tls}”"
            raise OperatorError(problem, f"Say {' or '.join(OLDEST)}")
        self._apart()
        if self.log not in LEVELS:
            problem = f"unknown log level “{self.log}”"
            raise OperatorError(problem, remedy_for(self.log, LEVELS))
        if self.cage not in CAGES:
            problem = f"unknown kind of cage “{self.cage}”"
            raise OperatorError(problem, remedy_for(self.cage, CAGES))
        if self.production not in YES_NO:
            problem = f"production is “yes” or “no”, not “{self.production[:40]}”"
            raise OperatorError(problem, remedy_for(self.production[:40], YES_NO))
        zone_of(self.timezone)
        check_proxies(self.trusted_proxies)
        if self.two_persons not in list(Rule):
            problem = f"there is no two-person rule “{self.two_persons[:40]}”"
            raise OperatorError(problem, remedy_for(self.two_persons[:40], Rule))
        if self.database_url and not self.database_url.startswith(_DATABASES):
            problem = "database_url is no address of a database"  # which may hold a password, and is not shown
            raise OperatorError(problem, f"Begin it with {' or '.join(_DATABASES)}, or leave it out")

    def _apart(self) -> None:
        """Each listener needs a port of its own, whatever address it stands on; 0 is any free one."""
        ports: dict[int, str] = {}
        for name, owner in OWNERS.items():
            port = getattr(self, name).port
            if port and port in ports:
                problem = f"the {OWNERS[ports[port]]} and the {owner} listener cannot both have port {port}"
                raise OperatorError(problem, f"Choose another port, or set XACAST_{name.upper()}=127.0.0.1:PORT")
            ports[port] = name

    def tls(self, name: str) -> TlsFiles | None:
        """The certificate of a listener; None where it speaks no TLS."""
        return tls_files(getattr(self, f"{name}_tls", NO_TLS), name, self.data)

    def certificates(self) -> dict[str, TlsFiles | None]:
        """Those of the headend's listeners."""
        return {name: self.tls(name) for name in ("viewers", "operators", "machines")}

    @property
    def hosts(self) -> tuple[str, ...]:
        """The words of `feed_hosts`."""
        return tuple(word.strip() for word in self.feed_hosts.split(",") if word.strip())

    @property
    def run(self) -> Path:
        """Files that last as long as the processes: lock and ports."""
        return self.data / "run"

    @property
    def database(self) -> Path:
        """The registry."""
        return self.data / "xacast.db"

    @property
    def register(self) -> str:
        """The address of the database of register and programmes; it may hold a password."""
        return self.database_url or f"sqlite:///{self.data / 'register.db'}"

    @property
    def has_register(self) -> bool:
        """Whether there is such a database already; one that is a server's counts as one."""
        return bool(self.database_url) or (self.data / "register.db").exists()

    def environment(self) -> dict[str, str]:
        """The variables that hand these settings to a child process, without what may be secret."""
        values = {key: "" if key in SECRET else str(getattr(self, key)) for key in KEYS}
        return {f"{_PREFIX}{key.upper()}": value for key, value in values.items()}

    def secrets(self) -> dict[str, str]:
        """What the environment leaves out, for a child that is told in another way (`load_settings`)."""
        return {key: str(getattr(self, key)) for key in SECRET}

    def using(self, ffmpeg: str) -> Self:
        """The same settings with the FFmpeg that was found."""
        return replace(self, ffmpeg=ffmpeg)


def default_data(env: Mapping[str, str]) -> Path:
    """The data directory when nobody names one (XDG base directories)."""
    base = env.get("XDG_DATA_HOME") or str(Path(env.get("HOME") or "~").expanduser() / ".local" / "share")
    return Path(base) / "xacast"


def load_settings(
    config: str | None = None, env: Mapping[str, str] | None = None, secrets: Mapping[str, str] | None = None,
) -> Settings:
    """The settings in force; raises OperatorError for what cannot be read or makes no sense.

    The file is `config`, else `XACAST_CONFIG`, else `./xacast.toml`, else the data directory's. `secrets` are what
    a parent said of `Settings.secrets`, and win.
    """
    env = os.environ if env is None else env
    data = Path(env.get("XACAST_DATA") or default_data(env))
    values = from_file(file_of(config, env))
    _check_variables(env)
    values |= from_environment(env)
    values |= secrets or {}
    return _settings(values, data)


def from_environment(env: Mapping[str, str]) -> dict[str, str]:
    """The settings that variables hold; an empty one holds none."""
    return {key: text for key in KEYS if (text := env.get(f"{_PREFIX}{key.upper()}"))}


def _check_variables(env: Mapping[str, str]) -> None:
    """A misspelt variable is refused like a misspelt key: the setting that it was meant for would not hold."""
    known = [f"{_PREFIX}{key.upper()}" for key in (*KEYS, *_ELSEWHERE)]
    for name in env:
        if name.startswith(_PREFIX) and name not in known:
            problem = f"unknown variable {name}"
            raise OperatorError(problem, remedy_for(name, known))


def file_of(config: str | None, env: Mapping[str, str]) -> Path | None:
    """The file that settings are read from, None without any; raises OperatorError for a named one that is not
    there."""
    named = config or env.get("XACAST_CONFIG")
    if named:
        if not Path(named).is_file():
            problem = f"there is no configuration at {named}"
            raise OperatorError(problem, "Check --config and XACAST_CONFIG")
        return Path(named)
    data = Path(env.get("XACAST_DATA") or default_data(env))
    return next((path for path in (Path(FILE), data / FILE) if path.is_file()), None)


def from_file(path: Path | None) -> dict[str, str]:
    """The settings that a file holds; raises OperatorError for what cannot be read and for unknown keys."""
    if path is None:
        return {}
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as error:  # no TOML, no UTF-8, brackets without end
        problem = f"{path} cannot be read: {error}"
        raise OperatorError(problem, "Mend the file, or name another with --config") from error
    for key, value in table.items():
        if key not in KEYS:
            problem = f"{path}: unknown key “{key}”"
            raise OperatorError(problem, remedy_for(key, KEYS))
        if not isinstance(value, str):
            problem = f"{path}: {key} must be text"
            raise OperatorError(problem, f'Write {key} = "…"')
    return table


def _settings(values: dict[str, str], data: Path) -> Settings:
    listeners = {}
    for key, default in _DEFAULTS.items():
        if text := values.get(key):
            try:
                listeners[key] = Listener.parse(text)
            except ValueError as error:
                problem = f"{key}: {error}"
                raise OperatorError(problem, f'Write it as "{default}"') from error
    chosen = Path(values.get("data") or data).expanduser().absolute()
    level, cage = values.get("log", "info").lower(), values.get("cage", BEST).lower()
    return Settings(
        data=chosen, ffmpeg=values.get("ffmpeg", ""), log=level, cage=cage,
        feed_hosts=values.get("feed_hosts", ""), on_event=values.get("on_event", ""),
        event_address=values.get("event_address", ""), database_url=values.get("database_url", ""),
        viewers_tls=values.get("viewers_tls", NO_TLS), operators_tls=values.get("operators_tls", NO_TLS),
        machines_tls=values.get("machines_tls", NO_TLS), oldest_tls=values.get("oldest_tls", NEW),
        timezone=values.get("timezone", VIETNAM), desk=values.get("desk", ""),
        production=values.get("production", "no"),
        trusted_proxies=values.get("trusted_proxies", ""),
        devices=devices_of(values.get("devices", "")),
        public_address=public_address_of(values.get("public_address", "")),
        two_persons=values.get("two_persons", Rule.OFF.value), **listeners,
    )
