"""What a setting says of TLS."""

from pathlib import Path

import pytest

from desk.tls.choice import TlsFiles, tls_files
from flow.errors import OperatorError


def test_off_local_and_files_of_ones_own(tmp_path: Path) -> None:
    assert tls_files("off", "viewers", tmp_path) is None
    assert tls_files("", "viewers", tmp_path) is None
    local = tls_files("local", "viewers", tmp_path)
    assert local == TlsFiles(certificate=tmp_path / "tls" / "viewers.pem")
    (tmp_path / "tls").mkdir()
    (tmp_path / "tls" / "ca.pem").touch()
    both = tls_files("/etc/a.pem, /etc/b.pem", "viewers", tmp_path)
    ca = tmp_path / "tls" / "ca.pem"
    assert both == TlsFiles(certificate=Path("/etc/a.pem"), key=Path("/etc/b.pem"), ca=ca)


@pytest.mark.parametrize("said", ["on", "/etc/a.pem,", "a.pem", "/etc/a.pem, b.pem"])
def test_anything_else_is_refused_with_the_way_to_say_it(said: str, tmp_path: Path) -> None:
    with pytest.raises(OperatorError) as caught:
        tls_files(said, "operators", tmp_path)
    assert "operators_tls" in caught.value.problem
    assert "/etc/xacast/cert.pem" in caught.value.remedy


def test_another_file_is_another_stamp(tmp_path: Path) -> None:
    path = tmp_path / "a.pem"
    path.write_text("a")
    before = TlsFiles(certificate=path).stamp()
    path.write_text("ab")
    assert TlsFiles(certificate=path).stamp() != before
