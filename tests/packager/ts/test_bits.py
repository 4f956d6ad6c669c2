import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow.errors import MediaError
from packager.ts.bits import Bits
from tests.recorded.bits import Bits as Written


@given(st.lists(st.tuples(st.sampled_from(["u", "ue", "se"]), st.integers(0, 60_000)), max_size=20))
def test_what_is_written_is_read(numbers: list[tuple[str, int]]) -> None:
    written = Written()
    for kind, number in numbers:
        match kind:
            case "u":
                written = written.u(16, number)
            case "ue":
                written = written.ue(number)
            case _:
                written = written.se(number - 30_000)
    bits = Bits(written.rbsp())
    for kind, number in numbers:
        match kind:
            case "u":
                assert bits.u(16) == number
            case "ue":
                assert bits.ue() == number
            case _:
                assert bits.se() == number - 30_000


def test_nothing_is_read_beyond_the_end() -> None:
    with pytest.raises(MediaError):
        Bits(b"\1").u(9)
    with pytest.raises(MediaError):
        Bits(bytes(20)).ue()
