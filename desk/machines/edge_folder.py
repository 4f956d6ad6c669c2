"""What an edge needs to fetch media from a headend, in a folder that is carried to it.

    certificate.pem  key.pem      what it shows, and proves to be its own
    ca.pem                        whose listeners it believes
    nginx.conf                    the directives, for the location that fetches
"""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from desk.whole_file import write_whole
from flow.errors import OperatorError

CERTIFICATE, KEY, CA, NGINX = "certificate.pem", "key.pem", "ca.pem", "nginx.conf"
PLACE = "/etc/nginx/xacast"
"""Where the folder lies on the edge, for all that we know."""
SYSTEM = "/etc/ssl/certs/ca-certificates.crt"
"""Whom Debian believes: for a listener's certificate that others made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeFolder:
    """The folder at `path`."""

    path: Path

    def ready(self) -> None:
        """Make it, the owner's alone; raises OperatorError when it cannot be."""
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise self._trouble(error) from error

    def drop(self) -> None:
        """Take it away again, unless something is in it."""
        with suppress(OSError):
            self.path.rmdir()

    @property
    def taken(self) -> bool:
        """Whether a key is in it already."""
        return (self.path / KEY).exists()

    def write(self, *, certificate: str, key: bytes, ca: str, directives: str) -> None:
        """All of it, files of the owner's alone; raises OperatorError when they cannot be written."""
        files = {KEY: key, CERTIFICATE: certificate.encode("ascii"), NGINX: directives.encode("ascii")}
        try:
            for name, content in {**files, **({CA: ca.encode("ascii")} if ca else {})}.items():
                write_whole(self.path / name, content)
        except OSError as error:
            raise self._trouble(error) from error

    def _trouble(self, error: OSError) -> OperatorError:
        problem = f"{self.path} cannot be written: {error.strerror}"
        return OperatorError(problem, "Name another folder with --to; `xacast machine renew` makes files anew")


def nginx_directives(*, address: str, server: str, ours: bool) -> str:
    """For the location that fetches, where the headend stands at `address` and its certificate is for `server`;
    `ours` when that is of our own authority. What viewers sent to prove who they are stays at the edge (T-15)."""
    trusted = f"{PLACE}/{CA}" if ours else SYSTEM
    return "\n".join((
        f"proxy_pass                    {address};",
        "proxy_http_version            1.1;",
        'proxy_set_header              Connection "";',
        'proxy_set_header              Authorization "";',
        'proxy_set_header              Cookie "";',
        f"proxy_ssl_certificate         {PLACE}/{CERTIFICATE};",
        f"proxy_ssl_certificate_key     {PLACE}/{KEY};",
        f"proxy_ssl_trusted_certificate {trusted};",
        "proxy_ssl_verify              on;",
        f"proxy_ssl_name                {server};",
        "proxy_ssl_server_name         on;",
        "proxy_ssl_protocols           TLSv1.3;",
        "",
    ))
