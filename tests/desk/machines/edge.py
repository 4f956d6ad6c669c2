"""An edge before a headend: what it shows, as a client of ours shows it."""

import ssl
import time
from pathlib import Path

from desk.machines.edge_certificate import EdgeCertificate
from desk.machines.machine import Kind
from desk.machines.register import MachineRegister
from desk.tls.authority import Names, machine_key_pair
from desk.tls.choice import TlsFiles, tls_files
from desk.tls.folder import TlsFolder


def now() -> int:
    """OpenSSL looks at the real clock."""
    return int(time.time())


def authority_in(data: Path) -> TlsFiles:
    """An authority, and what the machines' listener has of it."""
    TlsFolder(data).init(Names.parse(("hop.example.vn", "localhost"), ("127.0.0.1",)), days=30, now=now())
    files = tls_files("local", "machines", data)
    assert files is not None
    return files


def client(data: Path, pair: Path | None = None) -> ssl.SSLContext:
    """One that believes the authority, and shows what is in the file `pair`."""
    context = ssl.create_default_context(cafile=TlsFolder(data).ca)
    if pair is not None:
        context.load_cert_chain(pair)
    return context


def edge_in(data: Path, name: str, folder: Path, *, at: int | None = None) -> Path:
    """Let an edge in, in the register and with a certificate of `at` or now; the file with it and its key."""
    files = tls_files("local", "machines", data)
    assert files is not None
    key, public = machine_key_pair()
    signed = EdgeCertificate.sign(data, files, name, public, now=now() if at is None else at)
    MachineRegister(data).add(name, Kind.EDGE, now=1, certificates=(signed.certified,))
    pair = folder / f"{name}.pem"
    pair.write_bytes(signed.certificate.encode("ascii") + key)
    return pair
