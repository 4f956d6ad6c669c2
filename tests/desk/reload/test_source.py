"""Where settings come from, again."""

import json
from pathlib import Path

from desk.reload.source import Source


def test_it_reads_what_xacast_up_read_and_what_the_file_says_now(tmp_path: Path) -> None:
    file = tmp_path / "xacast.toml"
    file.write_text('log = "info"\n')
    env = {"XACAST_DATA": str(tmp_path), "XACAST_DEVICES": "", "PATH": "/bin"}
    source = Source.from_json(json.loads(json.dumps(Source.of(str(file), env).to_json())))
    assert "PATH" not in source.environment
    assert (source.read().log, source.read().data) == ("info", tmp_path)
    file.write_text('log = "debug"\n')
    assert source.read().log == "debug"


def test_without_a_named_file_the_usual_places_count(tmp_path: Path) -> None:
    source = Source.of(None, {"XACAST_DATA": str(tmp_path)})
    (tmp_path / "xacast.toml").write_text('log = "error"\n')
    assert (source.config, source.read().log) == ("", "error")
