"""docs/first-meeting.md, command by command, as it is written."""

import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk.line import Line

PAGE = Path(__file__).parents[2] / "docs" / "first-meeting.md"
MORE = {"start": ["--ladder", "tiny", "--force"]}
"""What a test says besides: it has no core to spare."""
pytestmark = pytest.mark.line


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Line]:
    machine = Line(tmp_path / "data")
    machine.up()
    yield machine
    machine.down()


def commands() -> list[list[str]]:
    """The words of each command of the page that speaks to a machine that is up."""
    found, inside = [], False
    for text in PAGE.read_text("utf-8").splitlines():
        inside ^= text.startswith("```")
        words = shlex.split(text, comments=True) if inside else []
        if words[:1] == ["xacast"] and words[1] not in ("up", "doctor"):
            found.append(words[1:])
    return found


def test_each_command_does_what_the_page_says(line: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    said = {}
    for words in commands():
        done = line.xacast(*words, *MORE.get(words[0], []))
        assert done.returncode == 0, f"{words}: {done.stderr}"
        said[" ".join(words[:2])] = done.stdout
    assert "registered: 126 new" in said["site import"]
    assert "sites      126" in said["programme show"]
    assert (tmp_path / "cards.html").read_text("utf-8").count("Phiếu cài đặt") >= 126
    assert "0 ready, 0 not ready, 126 silent" in said["programme ready"]
    assert "end a programme  hanoi" in said["audit list"]
