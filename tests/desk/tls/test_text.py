"""What is told of a certificate."""

from pathlib import Path

from desk.tls.authority import Names
from desk.tls.folder import TlsFolder
from desk.tls.text import told


def test_a_certificate_tells_its_names_its_end_and_its_fingerprint(tmp_path: Path) -> None:
    folder = TlsFolder(tmp_path)
    folder.init(Names.parse(("hop.example.vn",), ("10.0.0.5",)), days=30, now=1_790_000_000)
    found = told(folder.file("viewers"))
    assert found["names"] == ["hop.example.vn", "10.0.0.5"]
    assert found["ends"] == 1_790_000_000 + 30 * 86_400
    assert len(found["fingerprint"].split(":")) == 32
    assert told(folder.ca)["names"] == []


def test_what_is_none_says_why(tmp_path: Path) -> None:
    assert told(None)["file"] == ""
    assert told(tmp_path / "no.pem")["why"] == "No such file or directory"
    (tmp_path / "a.pem").write_text("a")
    assert told(tmp_path / "a.pem")["why"] == "no certificate"
