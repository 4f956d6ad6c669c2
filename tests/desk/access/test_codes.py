"""Codes are tried at a pace."""

import pytest

from flow.guests import Busy
from tests.desk.access.code_desk import CodeDesk


async def test_codes_are_tried_at_a_pace_from_each_address_and_in_all(code_desk: CodeDesk) -> None:
    """T-02: what is no code at all is not counted, since nobody finds anything by it."""
    for _ in range(20):
        assert await code_desk.codes.redeem("no code", "10.0.0.1") is None
    for _ in range(8):
        assert await code_desk.codes.redeem("ABCD2345", "10.0.0.1") is None
    with pytest.raises(Busy):
        await code_desk.codes.redeem("ABCD2345", "10.0.0.1")
    assert await code_desk.codes.redeem("ABCD2345", "10.0.0.2") is None
    code_desk.monotonic_ns += 10**9
    assert await code_desk.codes.redeem("ABCD2345", "10.0.0.1") is None
    for number in range(64):
        code_desk.codes._all.allows("", code_desk.monotonic_ns)
        assert number < 64
    with pytest.raises(Busy):
        await code_desk.codes.redeem("ABCD2345", "10.0.0.3")


async def test_without_the_database_it_is_to_be_tried_again(code_desk: CodeDesk) -> None:
    code_desk.door.close()
    with pytest.raises(Busy):
        await code_desk.codes.redeem("ABCD2345", "10.0.0.1")
