"""Settings in a backup."""

import tomllib
from pathlib import Path

from desk.backup.settings_text import settings_text

TEXT = '''# why
log = "warning"
database_url = """postgresql://xacast:\\
hush@db/xacast"""
on_event = "/bin/échø \\u0041"
'''


def test_with_a_passphrase_the_file_is_kept_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "xacast.toml"
    path.write_text(TEXT, "utf-8")
    assert settings_text(path, secrets=True) == (TEXT, ())


def test_in_clear_a_secret_is_left_out_wherever_it_stands(tmp_path: Path) -> None:
    """T-41: one that goes over two lines too."""
    path = tmp_path / "xacast.toml"
    path.write_text(TEXT, "utf-8")
    text, left = settings_text(path, secrets=False)
    assert left == ("database_url",)
    assert "hush" not in text
    assert tomllib.loads(text) == {"log": "warning", "on_event": "/bin/échø A"}
