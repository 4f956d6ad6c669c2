"""Switching over a real headend, worker and encoder: the ways of a command, and what a viewer's playlist shows.

The tests run in order over one machine: each starts from a channel on air.
"""

import json
import subprocess
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from desk.ffmpeg import find_ffmpeg
from tests.conformance.playlist import read_text
from tests.desk.line import Line, until

pytestmark = pytest.mark.line

TWICE = ("--feed", "testcard:", "--feed", "testcard:")


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    machine = Line(tmp_path_factory.mktemp("line") / "data")
    machine.up()
    done = machine.xacast("start", "demo", "--open", *TWICE, "--ladder", "tiny", "--force")
    assert done.returncode == 0, done.stderr
    until(lambda: _fit(machine) == ["", ""], 10, "the feeds did not come")
    yield machine
    machine.down()


def _status(line: Line) -> dict[str, Any]:
    found: dict[str, Any] = line.report()["worker"]["status"]
    return found


def _fit(line: Line) -> list[str]:
    status = _status(line)
    return [feed["unfit"] for feed in status["feeds"]] if status else []


def _on_air(line: Line) -> list[bool]:
    return [feed["on_air"] for feed in _status(line)["feeds"]]


def _events(line: Line) -> list[dict[str, Any]]:
    return [json.loads(one) for one in line.xacast("events", "demo", "--json").stdout.splitlines()]


def test_a_take_is_on_air_when_the_command_ends_and_players_see_no_break(line: Line) -> None:
    before = line.playlist().next_msn
    for feed, on_air in (("2", [False, True]), ("1", [True, False]), ("2", [False, True])):
        done = line.xacast("take", "demo", feed, "--why", "thử chuyển")
        assert done.returncode == 0, done.stderr
        until(lambda wanted=on_air: _on_air(line) == wanted, 2, f"feed {feed} is not on air")
    assert line.report()["mode"] == "pinned"
    since = [segment for segment in line.await_segments(2, 10).segments if segment.msn >= before]
    assert not any(segment.gap or segment.discontinuity for segment in since)
    until(lambda: sum(one["kind"] == "take" for one in _events(line)) == 3, 3, "the takes are not in the log")
    last = _events(line)[-1]
    assert (last["data"]["feed"], last["data"]["why"]) == (2, "thử chuyển")
    assert last["who"]
    assert "lên sóng" in last["vi"]


def test_a_wrong_feed_ends_with_status_2_and_changes_nothing(line: Line) -> None:
    done = line.xacast("take", "demo", "3")
    assert (done.returncode, "there is no feed 3" in done.stderr) == (2, True)
    assert _on_air(line) == [False, True]


def test_a_cut_outlives_the_worker_and_ends_with_a_release(line: Line) -> None:
    """F-01: what an operator took off the air stays off it, whatever dies."""
    assert line.xacast("cut", "demo").returncode == 0
    until(lambda: line.report()["state"] == "slate", 2, "the slate is not on air")
    pid, known = line.pid("worker"), len(_events(line))
    line.kill("worker")
    until(lambda: (_status(line) or {}).get("pid") not in (None, pid) and _fit(line) == ["", ""], 15, "no worker")
    status = _status(line)
    assert (status["mode"], status["on_air"]) == ("cut", "slate")
    assert status["ticks"] == status["ticks_slate"]
    until(lambda: [one["kind"] for one in _events(line)[known:]][:3] == ["worker-lost", "started", "cut"],
          3, "it is not told")
    assert line.xacast("release", "demo").returncode == 0
    until(lambda: line.report()["state"] == "live", 3, "no feed is on air")
    assert line.report()["mode"] == "auto"


def test_a_take_and_a_line_of_text_outlive_the_worker(line: Line) -> None:
    """F-01: the feed that was on air is on air again, and nobody has to notice."""
    assert line.xacast("take", "demo", "2").returncode == 0
    assert line.xacast("caption", "demo", "8 giờ").returncode == 0
    until(lambda: _status(line)["standing"]["text"] == "8 giờ", 2, "the line is not told")
    pid, known = line.pid("worker"), len(_events(line))
    line.kill("worker")
    until(lambda: (_status(line) or {}).get("pid") not in (None, pid) and line.report()["mode"] == "pinned", 15,
          "the feed was not taken again")
    until(lambda: _on_air(line) == [False, True], 5, "it is not on air")  # its first pictures may come haltingly
    assert _status(line)["standing"] == {
        "cut": False, "held": None, "taken": 1, "layout": "auto", "text": "8 giờ", "played": [],
        "curtain": None, "down": False,
    }
    kinds = [one["kind"] for one in _events(line)[known:]]
    assert kinds[:4] == ["worker-lost", "started", "take-later", "caption"]
    assert "take" in kinds
    assert line.xacast("caption", "demo").returncode == 0
    assert line.xacast("release", "demo").returncode == 0


def test_events_outlive_the_headend(line: Line) -> None:
    """F-30: none is lost, none comes twice, and the numbers go on."""
    before = _events(line)
    line.kill("headend")
    until(lambda: line.xacast("hold", "demo").returncode == 0, 15, "the headend did not come back")
    until(lambda: _events(line)[-1]["kind"] == "hold", 3, "the hold is not in the log")
    after = _events(line)
    assert after[:len(before)] == before
    assert [one["id"] for one in after] == list(range(1, len(after) + 1))


def _plain(path: Path, luma: int) -> str:
    Image.new("L", (426, 240), luma).save(path)
    return str(path)


def _spots(line: Line, channel: str) -> tuple[int, int]:
    """How bright viewers see the place of the slides and the speaker's, at the end of the newest segment."""
    place = f"/live/{channel}/v240"
    listing = read_text(line.ask("viewers", f"{place}/index.m3u8"))
    newest = [one.uri for one in listing.segments if not one.gap][-1]
    media = b"".join(line.fetch("viewers", f"{place}/{uri}") for uri in (listing.everything[-1].map, newest))
    argv = (find_ffmpeg("").path, "-nostdin", "-loglevel", "error", "-f", "mp4", "-i", "pipe:0")
    raw = subprocess.run(
        (*argv, "-pix_fmt", "gray", "-f", "rawvideo", "-"), input=media, stdout=subprocess.PIPE, check=True,
    ).stdout
    last = raw[-426 * 240:]
    return last[120 * 426 + 10], last[120 * 426 + 420]


def _near(seen: tuple[int, int], wanted: tuple[int, int]) -> bool:
    return all(abs(one - other) < 12 for one, other in zip(seen, wanted, strict=True))


def test_viewers_see_nothing_of_the_slides_after_a_cut(line: Line, tmp_path: Path) -> None:
    """F-01: status said slate, and the slide had the canvas."""
    speaker, slide = _plain(tmp_path / "speaker.png", 90), _plain(tmp_path / "slide.png", 220)
    feeds = ("--feed", speaker, "--slides", slide, "--rules", "health=1")
    done = line.xacast("start", "hall", "--open", *feeds, "--ladder", "tiny", "--force")
    assert done.returncode == 0, done.stderr
    until(lambda: _near(_spots(line, "hall"), (220, 90)), 20, "the slides are not seen beside the speaker")
    assert line.xacast("cut", "hall").returncode == 0
    until(lambda: max(_spots(line, "hall")) < 80, 10, "the slate is not seen alone")
    status = _hall(line)
    assert (status["on_air"], status["mode"], status["layout"]) == ("slate", "cut", "speaker")
    assert line.xacast("release", "hall").returncode == 0
    until(lambda: _hall(line)["layout"] == "side", 3, "the layout does not come back")
    assert line.xacast("stop", "hall").returncode == 0


def _hall(line: Line) -> dict[str, Any]:
    found: dict[str, Any] = line.report("hall")["worker"]["status"] or {"layout": ""}
    return found


def _frames(line: Line, since: float, until_s: float) -> list[tuple[float, bool]]:
    """What viewers see between two times: when, and whether it is the test card, whose first bar is bright."""
    listing = line.playlist()
    wanted = [one for one in listing.segments if since <= one.time < until_s]
    assert not any(one.gap for one in wanted)
    media = b"".join(line.fetch("viewers", f"/live/demo/v240/{uri}") for uri in (
        wanted[0].map or listing.everything[0].map, *(one.uri for one in wanted),
    ))
    argv = (find_ffmpeg("").path, "-nostdin", "-loglevel", "error", "-f", "mp4", "-i", "pipe:0")
    raw = subprocess.run(
        (*argv, "-pix_fmt", "gray", "-f", "rawvideo", "-"), input=media, stdout=subprocess.PIPE, check=True,
    ).stdout
    bars = raw[70 * 426 + 30::426 * 240]
    return [(wanted[0].time + at * 0.04, bar > 128) for at, bar in enumerate(bars)]


def test_the_picture_follows_the_schedule_within_a_second(line: Line) -> None:
    """The slate with the title, the feed, and the slate again, in what viewers' players decode."""
    assert line.xacast("release", "demo").returncode == 0
    line.xacast("programme", "list")  # from now on there is a database
    words = ("--start", "+4s", "--for", "2s", "--rehearsal", "1s", "--audience", "national", "--json")
    done = line.xacast("programme", "add", "demo", 'Họp "thử"', *words)
    assert done.returncode == 0, done.stderr
    one = json.loads(done.stdout)["programmes"][0]
    begins, ends = (datetime.fromisoformat(one[key]).timestamp() for key in ("start", "end"))
    until(lambda: line.playlist().segments[-1].time > ends, 20, "no whole segment of the time after is there")
    seen = _frames(line, begins - 5, ends + 1)
    changes = [at for (_, before), (at, card) in pairwise(seen) if card is not before]
    assert [card for at, card in seen if at in changes] == [False, True, False]
    assert all(0 <= at - due < 1 for at, due in zip(changes, (begins - 1, begins, ends), strict=True))
    ranges = line.playlist().all("EXT-X-DATERANGE")
    assert [tag.pairs.get("END-DATE", "")[:19] for tag in ranges] == ["", one["end"][:19]]
    assert ranges[0].pairs["X-XACAST-TITLE"] == "Họp %22thử%22"
    kinds = [event["kind"] for event in _events(line)]
    assert [kind for kind in kinds if kind.startswith(("rehearsal", "programme"))] == [
        "programme-added", "rehearsal", "programme-on", "programme-over",
    ]
    report = line.report()
    assert (report["mode"], report["timetable"]["state"], report["alarms"]) == ("schedule", "after", [])
