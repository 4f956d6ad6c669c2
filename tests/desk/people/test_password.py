"""What may be a password."""

import re
import unicodedata

import pytest

from desk.people.password import LONGEST, check_password, new_password, prepared
from flow.errors import OperatorError


def test_a_password_is_the_same_however_its_letters_are_composed() -> None:
    said = "bà ngoại kể chuyện"
    apart = unicodedata.normalize("NFD", said)
    assert apart != said
    assert check_password(apart, "lan") == check_password(said, "lan") == prepared(apart)


@pytest.mark.parametrize("text", [
    "", "short", "a" * 20, "ababababababab", "lanlanlanlanlan", "password12345", "matkhau123456",
    "x" * (LONGEST + 1), "nguyenlan.hanoi nguyenlan.hanoi", "con mèo\nxanh ăn cỏ", None, 5,
])
def test_what_is_easily_guessed_is_refused_and_not_shown(text: object) -> None:
    name = "nguyenlan.hanoi" if "nguyen" in str(text) else "lan"
    with pytest.raises(OperatorError) as caught:
        check_password(text, name)
    assert not text or len(str(text)) < 6 or str(text) not in str(caught.value)


def test_one_that_the_desk_makes_is_right_and_never_the_same() -> None:
    made = {new_password() for _ in range(100)}
    assert len(made) == 100
    for one in made:
        assert re.fullmatch("[a-z2-9]{5}(-[a-z2-9]{5}){3}", one)
        assert check_password(one, "lan") == one
