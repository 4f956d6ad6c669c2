"""An edge's certificate: signed by the authority of this machine for a key that stays where it was made."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from cryptography.hazmat.primitives.serialization import Encoding

from desk.errors import RefusedError
from desk.machines.certified import Certified, fingerprint_of
from desk.tls.authority import Pair, for_machine
from desk.tls.choice import TlsFiles
from desk.tls.folder import TlsFolder
from desk.tls.text import told
from flow.errors import OperatorError


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeCertificate:
    """The certificate (PEM), and what the edge needs besides: `ca` is whose listeners it shall believe (PEM),
    empty where others made the certificate of the listener, and `server` the name in that one."""

    name: str
    certificate: str
    certified: Certified
    ca: str
    server: str

    @classmethod
    def sign(cls, data: Path, tls: TlsFiles, name: str, public: bytes, *, now: int) -> Self:
        """Of the authority in the data directory, for the public half of a key (PEM); `tls` is the machines'
        listener's. Raises RefusedError (409) when nothing can be signed, OperatorError for another key."""
        folder = TlsFolder(data)
        ca = folder.authority()
        if ca is None:
            problem = f"there is no authority in {folder.path} that can sign"
            raise RefusedError(409, problem, "Put ca.key back for a moment, or make one: `xacast tls init`")
        try:
            signed = for_machine(ca, name, public, now=now)
        except ValueError as error:
            problem = f"“public_key” is no key that a certificate can be made for: {error}"
            raise OperatorError(problem, "Send the public half of a key of the curve P-256, in PEM") from error
        parsed = Pair(certificate=signed, key=b"").parsed
        return cls(
            name=name, certificate=signed.decode("ascii"),
            certified=Certified(
                fingerprint=fingerprint_of(parsed.public_bytes(Encoding.DER)),
                ends=int(parsed.not_valid_after_utc.timestamp()),
            ),
            ca=folder.certificate() if tls.certificate.parent == folder.path else "",
            server=server_name(told(tls.certificate)["names"]),
        )

    def to_json(self) -> dict[str, Any]:
        """Plain values for who asked for it."""
        return {
            "name": self.name, "certificate": self.certificate, "ends": self.certified.ends, "ca": self.ca,
            "server": self.server,
        }


def server_name(names: list[str]) -> str:
    """The first host in a certificate; a cache engine compares no addresses. Ours all have one."""
    hosts = [name for name in names if ":" not in name and any(letter.isalpha() for letter in name)]
    return next((host for host in hosts if host != "localhost"), hosts[0] if hosts else "")
