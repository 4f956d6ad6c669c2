"""The page's files are found by table, each under the hash of its content."""

import gzip
from pathlib import Path

import pytest

from flow.errors import ToolError
from player.assets import CONTENT_TYPES, MEASURE, MEASURE_BYTES, Asset, Assets


def built(folder: Path) -> Path:
    for name in CONTENT_TYPES:
        (folder / name).write_text(f"content of {name}")
    return folder


def test_a_file_is_found_under_its_own_hash_only(assets: Assets) -> None:
    _, _, digest, name = assets.url("watch.js").split("/")
    assert assets.find(digest, name) is assets.files["watch.js"]
    assert assets.find(digest, "wait.js") is None
    assert assets.find("0" * len(digest), name) is None


@pytest.mark.parametrize("name", ["../app.py", "..%2fapp.py", "/etc/passwd", ".built", ""])
def test_a_name_that_is_not_in_the_table_is_no_file(tmp_path: Path, name: str) -> None:
    found = Assets.load(built(tmp_path))
    assert all(found.find(asset.digest, name) is None for asset in found.files.values())


def test_an_address_changes_with_the_content() -> None:
    one, other = (Assets({"page.css": Asset.of(text, "text/css")}) for text in (b"a", b"b"))
    assert one.url("page.css") != other.url("page.css")


def test_gzipped_bytes_hold_the_plain_ones() -> None:
    asset = Asset.of(b"x" * 5000, "text/plain")
    assert gzip.decompress(asset.gzipped) == asset.plain
    assert asset == Asset.of(b"x" * 5000, "text/plain")


def test_what_a_line_is_measured_with_gets_no_smaller_and_stays_the_same(tmp_path: Path) -> None:
    """Else the rate would be too good, or a new life of the headend would empty every edge's cache of it."""
    one, other = (Assets.load(built(tmp_path)).files[MEASURE] for _ in range(2))
    assert len(one.plain) == MEASURE_BYTES <= len(one.gzipped)
    assert one == other


def test_a_missing_build_names_the_command_that_makes_it(tmp_path: Path) -> None:
    with pytest.raises(ToolError, match="make player") as caught:
        Assets.load(tmp_path)
    assert caught.value.tool


def test_half_a_build_is_none(tmp_path: Path) -> None:
    (built(tmp_path) / "hls.worker.js").unlink()
    with pytest.raises(ToolError, match=r"hls\.worker\.js has not been built"):
        Assets.load(tmp_path)
