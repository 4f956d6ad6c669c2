"""What the RTMP door and the headend tell each other."""

from pathlib import Path

import pytest

from desk.door_file import DoorState, take_wish, wish_lifted


def test_what_the_door_writes_is_what_the_headend_reads(tmp_path: Path) -> None:
    state = DoorState(life=7, banned={"10.0.0.0/24": 900}, refused={3: "10.0.0.5"}, places={3: "hop-0"})
    state.write(tmp_path / "run")
    assert DoorState.read(tmp_path / "run") == state


def test_what_a_door_of_an_older_version_wrote_is_read(tmp_path: Path) -> None:
    (tmp_path / "rtmp-door.json").write_text('{"life": 7, "banned": {}, "refused": {"3": "10.0.0.5"}}')
    assert DoorState.read(tmp_path) == DoorState(life=7, refused={3: "10.0.0.5"})


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"life": 1, "banned": [], "refused": {}}', "\x00"])
def test_what_cannot_be_read_is_a_door_that_says_nothing(tmp_path: Path, text: str) -> None:
    assert DoorState.read(tmp_path) == DoorState()
    (tmp_path / "rtmp-door.json").write_text(text)
    assert DoorState.read(tmp_path) == DoorState()


def test_a_wish_is_taken_once_and_one_that_cannot_be_read_is_none(tmp_path: Path) -> None:
    wish_lifted(tmp_path, ["10.0.0.5", "10.0.0.0/24"])
    assert take_wish(tmp_path) == ["10.0.0.5", "10.0.0.0/24"]
    assert take_wish(tmp_path) == []
    (tmp_path / "rtmp-door-lift.json").write_text("{")
    assert take_wish(tmp_path) == []
    assert not (tmp_path / "rtmp-door-lift.json").exists()
