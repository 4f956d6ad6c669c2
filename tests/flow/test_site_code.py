"""Codes as people type them."""

import pytest

from flow.site_code import LENGTH, code_from, digest_of_code, new_code, shown


def test_a_code_is_read_as_it_is_shown_and_as_people_type_it() -> None:
    code = new_code()
    assert len(code) == LENGTH
    for text in (code, shown(code), code.lower(), "-".join(code)):
        assert code_from(text) == code


@pytest.mark.parametrize("text", [
    "", "ABCD234", "ABCD23456", "ABCD-I345", "ABCD-0345", "ABCD 2345", "ABCD234é", "x" * 5000, "ABCD2345\n",
])
def test_what_is_no_code_is_none(text: str) -> None:
    assert code_from(text) is None


def test_no_two_codes_are_one_and_neither_are_their_digests() -> None:
    codes = {new_code() for _ in range(1000)}
    assert len(codes) == 1000
    one, two, *_ = codes
    assert digest_of_code(one) == digest_of_code(one) != digest_of_code(two)
