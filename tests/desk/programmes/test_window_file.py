"""What was known of the schedule, on the disk."""

from pathlib import Path

import pytest

from desk.programmes.audience import Audience
from desk.programmes.window import Window, Windows
from desk.programmes.window_file import WindowFile
from flow.ids import ChannelId
from tests.desk.programmes.some import a_programme

KNOWN = Windows(
    channels={
        ChannelId("hop"): (
            Window(from_s=1, until_s=2, sites=frozenset({"s1", "s2"}), national=True),
            Window(from_s=2, until_s=None, sites=frozenset()),
        ),
        ChannelId("yte"): (),
    },
    programmes={ChannelId("hop"): (a_programme("p1", title='Giao ban "tuần"', audience=Audience()),)},
    mark=7,
)


def test_it_comes_back_and_is_the_owners(tmp_path: Path) -> None:
    file = WindowFile(tmp_path / "schedule.json")
    assert file.read() is None
    file.write(KNOWN)
    assert WindowFile(tmp_path / "schedule.json").read() == KNOWN
    assert [(one.name, one.stat().st_mode & 0o777) for one in tmp_path.iterdir()] == [("schedule.json", 0o600)]


@pytest.mark.parametrize("content", [
    "", "[]", '{"hop": 1}', '{"hop": [[1, 2]]}', '{"hop": [["x", 2, []]]}',
    '{"windows": {"hop": [["x", 2, []]]}, "programmes": {}, "mark": 1}',
    '{"windows": {}, "programmes": {"hop": [{"id": 1}]}, "mark": 1}',
])
def test_what_cannot_be_read_is_nothing(tmp_path: Path, content: str) -> None:
    (tmp_path / "schedule.json").write_text(content)
    assert WindowFile(tmp_path / "schedule.json").read() is None


def test_a_disk_that_refuses_holds_nothing_up(tmp_path: Path) -> None:
    WindowFile(tmp_path / "nowhere" / "schedule.json").write(KNOWN)
    assert list(tmp_path.iterdir()) == []


def test_what_an_earlier_version_has_written_goes_on_counting(tmp_path: Path) -> None:
    (tmp_path / "schedule.json").write_text('{"hop": [[1, 2, ["s1"]]], "windows": []}')
    found = WindowFile(tmp_path / "schedule.json").read()
    window = Window(from_s=1, until_s=2, sites=frozenset({"s1"}))
    assert found == Windows(channels={ChannelId("hop"): (window,), ChannelId("windows"): ()})
