"""Roles, in order."""

import pytest

from desk.people.role import ROLES, Role, role_of


def test_each_role_may_do_what_those_before_it_may() -> None:
    assert ROLES == ("viewer", "operator", "director", "administrator")
    assert Role.VIEWER < Role.OPERATOR < Role.DIRECTOR < Role.ADMINISTRATOR
    assert [role_of(word) for word in ROLES] == sorted(Role)


@pytest.mark.parametrize("word", ["", "Viewer", "root", "VIEWER"])
def test_a_word_that_is_no_role(word: str) -> None:
    with pytest.raises(KeyError):
        role_of(word)
