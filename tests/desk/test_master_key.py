from pathlib import Path

import pytest

from desk.master_key import FILE, master_key
from flow.errors import ToolError
from origin.key_wrap import MASTER_BYTES


def test_it_has_256_bits_and_stays_what_it_is(tmp_path: Path) -> None:
    """T-16."""
    key = master_key(tmp_path)
    assert len(key) == MASTER_BYTES
    assert master_key(tmp_path) == key
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("text", ["", "c2hvcnQ=", "ü", "!" * 43])
def test_a_file_that_holds_none_is_refused_without_repeating_it(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, "utf-8")
    with pytest.raises(ToolError) as caught:
        master_key(tmp_path)
    assert not text or text not in str(caught.value)
