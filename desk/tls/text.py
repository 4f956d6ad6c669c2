"""What a certificate says, for people."""

from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes

from desk.tls.authority import Pair


def told(path: Path | None) -> dict[str, Any]:
    """A certificate's file, when it ends (seconds since the epoch), whom it is for, its fingerprint; `why` when it
    says nothing."""
    nothing = {"file": str(path) if path else "", "ends": 0, "names": [], "fingerprint": "", "why": ""}
    if path is None:
        return nothing
    try:
        certificate = Pair(certificate=path.read_bytes(), key=b"").parsed
    except OSError as error:
        return {**nothing, "why": error.strerror}
    except ValueError:
        return {**nothing, "why": "no certificate"}
    return {
        **nothing, "ends": int(certificate.not_valid_after_utc.timestamp()), "names": names_of(certificate),
        "fingerprint": fingerprint(certificate),
    }


def names_of(certificate: x509.Certificate) -> list[str]:
    """The hosts and addresses that it is for."""
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return []
    hosts = names.get_values_for_type(x509.DNSName)
    return [*hosts, *map(str, names.get_values_for_type(x509.IPAddress))]


def fingerprint(certificate: x509.Certificate) -> str:
    """As Windows and browsers show it."""
    return certificate.fingerprint(hashes.SHA256()).hex(":").upper()
