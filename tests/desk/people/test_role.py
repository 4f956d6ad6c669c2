"""Roles, in order."""

from desk.people.role import ROLES, Role


def test_each_role_may_do_what_those_before_it_may() -> None:
    assert ROLES == ("viewer", "operator", "director", "administrator")
    assert Role.VIEWER < Role.OPERATOR < Role.DIRECTOR < Role.ADMINISTRATOR
