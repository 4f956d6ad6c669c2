"""Members of a backup come back in order, and the list at its end is held against them."""

import io
import tarfile

import pytest

from desk.backup.archive import ArchiveReader, ArchiveWriter
from desk.backup.envelope import EnvelopeReader, EnvelopeWriter
from desk.backup.errors import DamagedError


def _read(made: bytes) -> tuple[dict[str, bytes], dict[str, object]]:
    reader = ArchiveReader(EnvelopeReader(io.BytesIO(made)))
    found = {name: b"".join(pieces) for name, pieces in reader.members()}
    return found, reader.about


def test_members_and_what_is_said_of_them_come_back() -> None:
    file = io.BytesIO()
    writer = ArchiveWriter(EnvelopeWriter(file))
    writer.add("a", b"first")
    told: list[int] = []
    writer.add_from("files/b", io.BytesIO(b"x" * 700_000 + b"more"), 700_000, told.append)
    writer.finish({"made_s": 5})
    found, about = _read(file.getvalue())
    assert found == {"a": b"first", "files/b": b"x" * 700_000}
    assert about["made_s"] == 5
    assert sum(told) == 700_000


def _by_hand(*members: tuple[str, bytes], kind: bytes = tarfile.REGTYPE) -> bytes:
    """As somebody would make it who knows how an envelope without a passphrase is closed."""
    file = io.BytesIO()
    envelope = EnvelopeWriter(file)
    with tarfile.open(mode="w|gz", fileobj=envelope) as tar:  # type: ignore[call-overload]
        for name, content in members:
            member = tarfile.TarInfo(name)
            member.size, member.type = len(content), kind
            tar.addfile(member, io.BytesIO(content))
    envelope.finish()
    return file.getvalue()


@pytest.mark.parametrize(("made", "said"), [
    (_by_hand(("a", b"x")), "list is missing"),
    (_by_hand(("a", b"x"), ("a", b"y")), "no backup holds, at a"),
    (_by_hand(("a", b""), kind=tarfile.SYMTYPE), "no backup holds"),
    (_by_hand(("a", b"x"), ("manifest.json", b'{"members": {}}')), "a is not what was written"),
    (_by_hand(("a", b"x"), ("manifest.json", b'{"members": {"a": [1, "00"]}}')), "a is not what was written"),
    (_by_hand(("manifest.json", b'{"members": {"b": [1, "00"]}}')), "b is not what was written"),
    (_by_hand(("manifest.json", b'{"members": {}}'), ("b", b"")), "no backup holds, at b"),
    (_by_hand(("manifest.json", b"[]")), "list cannot be read"),
])
def test_what_does_not_fit_its_list_is_named(made: bytes, said: str) -> None:
    with pytest.raises(DamagedError, match=said):
        _read(made)


def test_a_file_that_is_shorter_than_it_was_is_no_whole_backup() -> None:
    writer = ArchiveWriter(EnvelopeWriter(io.BytesIO()))
    with pytest.raises(OSError, match="unexpected end"):
        writer.add_from("a", io.BytesIO(b"short"), 10, lambda _: None)
