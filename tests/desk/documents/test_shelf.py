"""Files under their digests."""

from hashlib import sha256
from pathlib import Path

import pytest

from desk.documents import shelf as shelves
from desk.documents.shelf import Shelf
from flow.errors import OperatorError


def test_what_came_is_kept_under_its_digest_once(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "documents")
    for _ in range(2):
        with shelf.coming() as coming:
            coming.take(b"ab")
            coming.take(b"c")
            shelf.keep(coming)
    digest = sha256(b"abc").hexdigest()
    assert [(path.name, path.read_bytes()) for path in shelf.folder.iterdir()] == [(digest, b"abc")]
    shelf.drop("../documents/" + digest)
    assert (shelf.folder / digest).exists()
    shelf.drop(digest)
    assert list(shelf.folder.iterdir()) == []


def test_what_is_too_large_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelves, "MOST_BYTES", 3)
    shelf = Shelf(tmp_path)
    with pytest.raises(OperatorError, match="larger than"), shelf.coming() as coming:
        coming.take(b"abcd")
    (tmp_path / ".coming-x").write_bytes(b"half")
    shelf.sweep()
    assert list(tmp_path.iterdir()) == []
