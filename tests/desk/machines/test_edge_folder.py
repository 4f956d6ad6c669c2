"""What is carried to an edge."""

from pathlib import Path

import pytest

from desk.machines.edge_folder import CA, CERTIFICATE, KEY, NGINX, EdgeFolder, nginx_directives
from flow.errors import OperatorError


def test_it_is_its_owner_s_alone(tmp_path: Path) -> None:
    """T-11."""
    folder = EdgeFolder(path=tmp_path / "a" / "edge-1")
    folder.ready()
    assert not folder.taken
    folder.write(certificate="c", key=b"k", ca="a", directives="d")
    assert folder.taken
    assert {path.name for path in folder.path.iterdir()} == {CERTIFICATE, KEY, CA, NGINX}
    assert {path.stat().st_mode & 0o777 for path in folder.path.iterdir()} == {0o600}
    assert folder.path.stat().st_mode & 0o777 == 0o700
    folder.drop()
    assert folder.taken


def test_nothing_is_left_of_one_that_nothing_came_into(tmp_path: Path) -> None:
    folder = EdgeFolder(path=tmp_path / "edge-1")
    folder.ready()
    folder.drop()
    assert not folder.path.exists()


def test_what_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    folder = EdgeFolder(path=tmp_path / "file")
    for attempt in (folder.ready, lambda: folder.write(certificate="c", key=b"k", ca="", directives="d")):
        with pytest.raises(OperatorError, match="cannot be written"):
            attempt()


def test_the_directives_check_the_headend_and_pass_on_nothing_that_viewers_prove_themselves_by() -> None:
    """T-15, T-23: nginx looks at no certificate by itself."""
    said = nginx_directives(address="https://10.0.0.5:8070", server="hop.example.vn", ours=True)
    words = {line.rsplit(maxsplit=1)[0]: line.split()[-1] for line in said.splitlines()}
    assert words["proxy_pass"] == "https://10.0.0.5:8070;"
    assert words["proxy_ssl_verify"] == words["proxy_ssl_server_name"] == "on;"
    assert words["proxy_ssl_name"] == "hop.example.vn;"
    assert words["proxy_ssl_protocols"] == "TLSv1.3;"
    assert words["proxy_ssl_trusted_certificate"].endswith("/ca.pem;")
    assert {words[f"proxy_set_header              {name}"] for name in ("Authorization", "Cookie")} == {'"";'}
    assert "ca-certificates.crt" in nginx_directives(address="https://a", server="a", ours=False)
