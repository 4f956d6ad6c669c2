"""What an account of a region may bring on air."""

from pathlib import Path
from typing import Any

import pytest

from desk.errors import RefusedError
from desk.feed_bounds import refuse_beyond
from tests.desk.people.matrix import asking

LIBRARY = Path("/srv/films")


def _refused(**words: Any) -> bool:
    try:
        refuse_beyond(words, LIBRARY)
    except RefusedError as error:
        return error.status == 403
    return False


@pytest.mark.parametrize("text", [
    "testcard:", "srt://:9000?mode=listener", "srt://10.2.0.9:9000", "rtmp:///live/abc", "udp://239.1.1.1:5000",
    "https://example.vn/a.m3u8", "rtsp://[2001:db8::1]/a", "/srv/films/a.mp4", "once:/srv/films/a.mp4",
    "file:///srv/films/a.mp4", "still:/srv/films/a.png?sound=/srv/films/a.m4a",
    "/srv/films/a.mp4?captions=none",
])
def test_other_machines_and_the_common_folder_are_everybody_s(text: str) -> None:
    assert not _refused(feeds=[text], slides=text if "://" not in text else "")


@pytest.mark.parametrize("text", [
    "/etc/passwd", "file:/etc/passwd", "FILE:///etc/passwd", "once:/etc/passwd", "still:/etc/a.png", "a.mp4",
    "foo:bar",
    "/srv/films/../xacast.db", "/srv/films", "/srv/filmsother/a.mp4",
    "file:///srv/films/%2e%2e/xacast.db", "/srv/films/a.mp4?captions=/etc/a.srt",
    "still:/srv/films/a.png?sound=/etc/a.m4a",
    "http://127.0.0.1:9000/a.m3u8", "http://localhost/a.m3u8", "https://a.localhost./a.m3u8", "rtsp://[::1]/a",
    "http://0.0.0.0/a.m3u8", "http://[::ffff:127.0.0.1]/a.m3u8", "http://169.254.169.254/a.m3u8", "SRT://127.1.2.3:9",
])
def test_what_is_on_the_machine_or_listens_on_it_alone_is_not(text: str) -> None:
    """T-04, T-28."""
    assert _refused(feeds=["testcard:", text])


def test_pictures_are_files_too() -> None:
    assert _refused(feeds=["testcard:"], logo="/etc/logo.png")
    assert _refused(feeds=["testcard:"], slate="/srv/else/slate.png")
    assert not _refused(feeds=["testcard:"], slides="", logo="/srv/films/logo.png", slate="")


async def test_a_provincial_director_hears_the_same_of_a_file_that_is_there_and_of_one_that_is_not(
    tmp_path: Path,
) -> None:
    """T-28: an account of the country has what the machine has; here the name is taken, and nothing else wrong."""
    there = tmp_path / "film.mp4"
    there.write_bytes(b"x")
    async with asking(tmp_path) as (session, url, headers):
        async def declared(caller: str, feed: str) -> tuple[int, str]:
            words = {"name": "x", "feeds": [feed], "ladder": "tiny"}
            async with session.post(f"{url}/api/v1/channels", json=words, headers=headers[caller]) as answer:
                return answer.status, (await answer.json()).get("problem", "")

        found = [await declared("director own", str(path)) for path in (there, tmp_path / "none.mp4")]
        assert found[0] == found[1]
        assert found[0][0] == 403
        library = tmp_path / "library"
        library.mkdir()
        (library / "film.mp4").write_bytes(b"x")
        assert (await declared("director own", str(library / "film.mp4")))[0] == 201
        assert (await declared("director country", str(there)))[0] == 409


async def test_a_region_does_not_call_the_machine_by_an_address_that_it_alone_knows_for_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """T-04: another region's channel is there for its own viewers."""
    async def here(_feed: object) -> bool:
        return True

    monkeypatch.setattr("desk.feed_bounds.leads_here", here)
    async with asking(tmp_path) as (session, url, headers):
        found = []
        for caller in ("director own", "director country"):
            words = {"name": "x", "feeds": ["http://10.0.0.1/live/hop/index.m3u8"], "ladder": "tiny"}
            async with session.post(f"{url}/api/v1/channels", json=words, headers=headers[caller]) as answer:
                found.append(answer.status)
    assert found == [403, 201]
