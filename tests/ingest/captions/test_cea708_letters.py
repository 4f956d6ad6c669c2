from hypothesis import given
from hypothesis import strategies as st

from ingest.captions.cea708_letters import common, further, wide


def test_letters_of_each_table_are_known() -> None:
    assert (common(0x41), common(0x7F), common(0xE2)) == ("A", "♪", "â")
    assert (further(0x33), further(0x3F), further(0xA0)) == ("“", "Ÿ", "_")
    assert wide(0x1EA3) == "ả"


@given(st.integers(0, 0xFFFF))
def test_every_wide_code_can_be_written_as_utf_8(code: int) -> None:
    assert wide(code).encode()
