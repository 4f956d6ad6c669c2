"""What a setting says of a listener's TLS: `off`, `local`, or the files of a certificate."""

from dataclasses import dataclass
from pathlib import Path

from flow.errors import OperatorError

FOLDER = "tls"
CA = "ca.pem"
OFF = "off"
LOCAL = "local"
NEW = "1.3"
OLD = "1.2"
OLDEST = (NEW, OLD)
"""The oldest TLS that viewers may speak: 1.2 is for boxes that know no better (T-23)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TlsFiles:
    """Certificate chain and key; one file may hold both. `ca` is our own authority, where there is one."""

    certificate: Path
    key: Path | None = None
    ca: Path | None = None

    def stamp(self) -> tuple[object, ...]:
        """Another one when any of them has changed; raises OSError for one that is not there."""
        paths = [path for path in (self.certificate, self.key, self.ca) if path is not None]
        stats = [path.stat() for path in paths]
        return tuple((stat.st_mtime_ns, stat.st_size, stat.st_ino) for stat in stats)


def tls_files(said: str, listener: str, data: Path) -> TlsFiles | None:
    """The files that a setting means; None when there is to be no TLS.

    `said` is `off`, `local` for what `xacast tls init` made, or `CERTIFICATE.pem` or `CERTIFICATE.pem, KEY.pem`.
    """
    if said in {"", OFF}:
        return None
    folder = data / FOLDER
    ca = folder / CA if (folder / CA).exists() else None
    if said == LOCAL:
        return TlsFiles(certificate=folder / f"{listener}.pem", ca=ca)
    certificate, comma, key = (part.strip() for part in said.partition(","))
    paths = [Path(part).expanduser() for part in (certificate, key) if part]
    if not certificate or (comma and not key) or not all(path.is_absolute() for path in paths):
        problem = f"{listener}_tls is neither “{OFF}”, nor “{LOCAL}”, nor the files of a certificate"
        raise OperatorError(problem, f'Write {listener}_tls = "/etc/xacast/cert.pem, /etc/xacast/key.pem"')
    return TlsFiles(certificate=paths[0], key=paths[1] if key else None, ca=ca)
