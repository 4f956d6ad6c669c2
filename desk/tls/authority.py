"""An authority of our own and what it signs. No I/O, no clock.

ECDSA P-256 throughout. The authority may sign for the names that it was made for and for addresses of closed
networks (RFC 5280 4.2.1.10), and for nothing else: a browser that trusts it believes it no bank. A certificate is
for a listener or for a machine that asks, and neither can be shown in the place of the other (RFC 5280 4.2.1.12).
"""

import ipaddress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

AUTHORITY_DAYS = 3_650
LONGEST_DAYS = 30
"""Of a certificate (T-23): one that is stolen is soon worth nothing."""
_EARLY = timedelta(minutes=5)
"""Clocks of viewers may be behind."""
_CLOSED = (
    "127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16",
    "::1/128", "fc00::/7", "fe80::/10",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A certificate and its key, both PEM."""

    certificate: bytes
    key: bytes = field(repr=False)

    @property
    def parsed(self) -> x509.Certificate:
        """Raises ValueError for what is none."""
        return x509.load_pem_x509_certificate(self.certificate)


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What a listener is called: host names and addresses."""

    hosts: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()

    @classmethod
    def parse(cls, hosts: tuple[str, ...], addresses: tuple[str, ...]) -> Self:
        """Raises ValueError for what is no host's name, or no address."""
        named = [x509.DNSName(host.lower().rstrip(".")).value for host in hosts]
        for host in named:
            if not host or any(not part or not part.replace("-", "").isalnum() for part in host.split(".")):
                message = f"“{host}” is no host's name"
                raise ValueError(message)
        return cls(hosts=tuple(named), addresses=tuple(str(ipaddress.ip_address(one)) for one in addresses))


def authority(names: Names, now: int) -> Pair:
    """A new authority for such listeners; `now` in seconds since the epoch."""
    key = ec.generate_private_key(ec.SECP256R1())
    made = datetime.fromtimestamp(now, UTC)
    name = x509.Name([
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, "xacast"),
        x509.NameAttribute(NameOID.COMMON_NAME, f"xacast {(names.hosts or ('local',))[0][:40]} {made:%Y-%m-%d}"),
    ])
    hosts = [x509.DNSName(host) for host in dict.fromkeys(("localhost", *names.hosts))]
    nets = [x509.IPAddress(ipaddress.ip_network(one)) for one in dict.fromkeys((*_CLOSED, *names.addresses))]
    usage = x509.KeyUsage(
        digital_signature=False, content_commitment=False, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=True, crl_sign=True, encipher_only=False, decipher_only=False,
    )
    built = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(made - _EARLY).not_valid_after(made + timedelta(days=AUTHORITY_DAYS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.NameConstraints([*hosts, *nets], None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return Pair(certificate=_pem(built), key=_private(key))


def may_sign(ca: Pair, names: Names) -> list[str]:
    """The names that the authority may not sign for."""
    permitted = ca.parsed.extensions.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees or []
    hosts = [one.value for one in permitted if isinstance(one, x509.DNSName)]
    nets = [ipaddress.ip_network(str(one.value)) for one in permitted if isinstance(one, x509.IPAddress)]
    wrong = [host for host in names.hosts if not any(host == one or host.endswith(f".{one}") for one in hosts)]
    return wrong + [one for one in names.addresses if not any(ipaddress.ip_address(one) in net for net in nets)]


def for_listener(ca: Pair, names: Names, *, now: int, days: int) -> Pair:
    """A certificate for a listener of those names."""
    found: list[x509.GeneralName] = [x509.DNSName(host) for host in names.hosts]
    found += [x509.IPAddress(ipaddress.ip_address(one)) for one in names.addresses]
    key = ec.generate_private_key(ec.SECP256R1())
    builder = (
        _builder((names.hosts or names.addresses)[0], key.public_key(), now=now, days=days)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(found), critical=False)
    )
    return Pair(certificate=_signed(ca, builder), key=_private(key))


def machine_key_pair() -> tuple[bytes, bytes]:
    """A new key for a machine that asks, and its public half, both PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo,
    )
    return _private(key), public


def for_machine(ca: Pair, name: str, public: bytes, *, now: int, days: int = LONGEST_DAYS) -> bytes:
    """A certificate (PEM) for the machine that holds the other half of `public` (PEM). It has no host's name, and
    no listener can show it. Raises ValueError for a key of another kind than ours."""
    key = serialization.load_pem_public_key(public)
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        message = "the key is not one of the curve P-256"
        raise ValueError(message)  # noqa: TRY004 - to the caller it is one more text that says nothing
    usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH])
    return _signed(ca, _builder(name, key, now=now, days=days).add_extension(usage, critical=True))


def _builder(name: str, key: ec.EllipticCurvePublicKey, *, now: int, days: int) -> x509.CertificateBuilder:
    made = datetime.fromtimestamp(now, UTC)
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=False, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])).public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(made - _EARLY).not_valid_after(made + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _signed(ca: Pair, builder: x509.CertificateBuilder) -> bytes:
    key = serialization.load_pem_private_key(ca.key, None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        message = "the authority's key is of another kind"
        raise ValueError(message)  # noqa: TRY004 - to the caller it is one more file that says nothing
    above = x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key())
    named = builder.issuer_name(ca.parsed.subject).add_extension(above, critical=False)
    return _pem(named.sign(key, hashes.SHA256()))


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _private(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption(),
    )
