from pathlib import Path

from ingest.kinds import DOOR, feed_of
from ingest.switching.lobby import forget_lobbies, lobby_names, read_lobby, write_lobby
from ingest.switching.measures import THUMB_BYTES


def test_what_was_taught_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "lobby" / "hop-1"
    assert read_lobby(path) is None
    write_lobby(path, b"\x10" * THUMB_BYTES)
    write_lobby(path, b"\x20" * THUMB_BYTES)
    assert read_lobby(path) == b"\x20" * THUMB_BYTES
    assert [one.name for one in path.parent.iterdir()] == ["hop-1"]


def test_a_file_of_another_size_is_no_lobby(tmp_path: Path) -> None:
    """F-22: half a file after a power cut is none."""
    path = tmp_path / "half"
    for size in (0, THUMB_BYTES - 1, THUMB_BYTES + 1):
        path.write_bytes(bytes(size))
        assert read_lobby(path) is None


def test_a_name_tells_nothing_and_stays_when_a_secret_changes() -> None:
    """T-11."""
    words = ("geheim-geheim", "anders-anders")
    first, second = (feed_of(f"srt://10.0.0.9:9000?passphrase={word}") for word in words)
    assert lobby_names([first]) == lobby_names([second])
    assert "geheim" not in lobby_names([first])[0]


def test_two_that_look_alike_have_names_of_their_own() -> None:
    doors = [feed_of(DOOR + letter * 22) for letter in "ab"]
    assert len(set(lobby_names([*doors, *doors]))) == 4


def test_what_is_forgotten_is_gone_and_what_was_never_there_too(tmp_path: Path) -> None:
    write_lobby(tmp_path / "hop" / "a.grey", bytes(THUMB_BYTES))
    forget_lobbies(tmp_path / "hop")
    forget_lobbies(tmp_path / "hop")
    assert list(tmp_path.iterdir()) == []
