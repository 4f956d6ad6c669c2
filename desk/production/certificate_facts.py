"""The certificates of the listeners, as facts (T-23)."""

from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from desk.listener import Listener
from desk.production.facts import CertificateFacts
from desk.settings import Settings
from desk.tls.text import names_of

_LEAST_RSA, _LEAST_CURVE = 2_048, 256
_DAY_S = 86_400


def certificate_facts(settings: Settings, now_s: int) -> tuple[CertificateFacts, ...]:
    """Of each listener that has one; one that cannot be read has ended."""
    files = settings.certificates()
    return tuple(
        _facts(name, getattr(settings, name), one.certificate, now_s) for name, one in files.items() if one
    )


def _facts(name: str, listener: Listener, path: Path, now_s: int) -> CertificateFacts:
    try:
        certificate = x509.load_pem_x509_certificate(path.read_bytes())
    except (OSError, ValueError):
        return CertificateFacts(listener=name, days_left=0, weak="", names_wrong=f"{path} cannot be read")
    left = certificate.not_valid_after_utc - datetime.fromtimestamp(now_s, UTC)
    return CertificateFacts(
        listener=name, days_left=int(left.total_seconds() // _DAY_S), weak=_weak(certificate),
        names_wrong=_names_wrong(certificate, listener),
    )


def _weak(certificate: x509.Certificate) -> str:
    key, digest = certificate.public_key(), certificate.signature_hash_algorithm
    if isinstance(key, rsa.RSAPublicKey) and key.key_size < _LEAST_RSA:
        return f"its RSA key has {key.key_size} bits"
    if isinstance(key, ec.EllipticCurvePublicKey) and key.key_size < _LEAST_CURVE:
        return f"its curve has {key.key_size} bits"
    return f"it is signed with {digest.name}" if digest is not None and digest.digest_size < 32 else ""


def _names_wrong(certificate: x509.Certificate, listener: Listener) -> str:
    """Of a listener at one address of this machine's: what it has no name for. Where it stands everywhere, a host
    name or an address that others use is enough."""
    names = names_of(certificate)
    beyond = [name for name in names if name not in {"localhost", "127.0.0.1", "::1"}]
    if listener.loopback or beyond:
        return ""
    return f"it is for {', '.join(names) or 'nothing'} alone"
