"""What belongs to a program."""

import sys
from pathlib import Path

import pytest

from desk.sight import ROOMS, links, open_to_all, program_of
from flow.errors import ToolError


def test_a_python_child_has_its_interpreter_and_our_rooms_and_no_more() -> None:
    program = program_of([sys.executable, "-P", "-m", "ingest.testcard.main"])
    home = Path(__file__).resolve().parents[2]
    assert program.argv == (sys.executable, "-P", "-m", "ingest.testcard.main")
    assert {str(home / room) for room in ROOMS} <= set(program.paths)
    assert str(home) not in program.paths
    assert program.listed == (str(home),)


def test_any_other_has_its_own_file_and_the_libraries_beside_it(tmp_path: Path) -> None:
    for folder in ("bin", "lib", "secret"):
        (tmp_path / folder).mkdir()
    (tmp_path / "bin" / "ffmpeg-9").write_text("#!/bin/true\n", "utf-8")
    (tmp_path / "bin" / "ffmpeg-9").chmod(0o755)
    (tmp_path / "bin" / "ffmpeg").symlink_to("ffmpeg-9")
    program = program_of([str(tmp_path / "bin" / "ffmpeg"), "-version"])
    assert program.argv == (str(tmp_path / "bin" / "ffmpeg-9"), "-version")
    assert program.paths == (str(tmp_path / "bin" / "ffmpeg-9"), str(tmp_path / "lib"))


def test_the_system_s_own_need_no_name() -> None:
    assert program_of(["true"]).paths == ()


def test_no_program_is_a_tool_error() -> None:
    for argv in ([], ["no-such-program"]):
        with pytest.raises(ToolError, match="no such program"):
            program_of(argv)


def test_what_all_may_read_is_known_by_its_mode(tmp_path: Path) -> None:
    file = tmp_path / "feed"
    file.write_text("", "utf-8")
    file.chmod(0o644)
    assert open_to_all(str(file), alone=False)
    tmp_path.chmod(0o700)
    assert not open_to_all(str(file), alone=True)
    file.chmod(0o640)
    assert not open_to_all(str(file), alone=False)
    assert not open_to_all(str(tmp_path / "nothing"), alone=False)
    assert open_to_all("/usr/bin", alone=True)


def test_links_of_the_system_are_kept(tmp_path: Path) -> None:
    (tmp_path / "usr").mkdir()
    (tmp_path / "lib").symlink_to("usr")
    named = [str(tmp_path / name) for name in ("usr", "lib", "lib32")]
    assert list(links(named)) == [(named[0], ""), (named[1], "usr")]
