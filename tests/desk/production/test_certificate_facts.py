"""Certificates of listeners, as facts."""

from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from desk.listener import Listener
from desk.production.certificate_facts import certificate_facts
from desk.settings import Settings
from desk.tls.authority import Names
from desk.tls.folder import TlsFolder

NOW = 1_790_000_000
DAY = 86_400


def settings(data: Path, said: str = "local") -> Settings:
    return Settings(data=data, viewers=Listener("0.0.0.0", 443), viewers_tls=said)


def test_ours_are_good_until_they_end(tmp_path: Path) -> None:
    """T-23."""
    TlsFolder(tmp_path).init(Names.parse(("hop.example.vn",), ()), days=30, now=NOW)
    (one,) = certificate_facts(settings(tmp_path), NOW + 20 * DAY)
    assert (one.listener, one.days_left, one.weak, one.names_wrong) == ("viewers", 10, "", "")


def test_one_for_this_machine_alone_is_for_nobody_else(tmp_path: Path) -> None:
    TlsFolder(tmp_path).init(Names.parse(("localhost",), ("127.0.0.1",)), days=30, now=NOW)
    (one,) = certificate_facts(settings(tmp_path), NOW)
    assert "localhost, 127.0.0.1 alone" in one.names_wrong


def test_a_short_key_is_weak(tmp_path: Path) -> None:
    key = rsa.generate_private_key(65_537, 1_024)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "hop")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
    signed = made.not_valid_after(datetime(2036, 1, 1, tzinfo=UTC)).sign(key, hashes.SHA256())
    path = tmp_path / "a.pem"
    path.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    (one,) = certificate_facts(settings(tmp_path, str(path)), NOW)
    assert one.weak == "its RSA key has 1024 bits"


def test_one_that_is_not_there_has_ended(tmp_path: Path) -> None:
    (one,) = certificate_facts(settings(tmp_path), NOW)
    assert one.days_left == 0
    assert "cannot be read" in one.names_wrong
