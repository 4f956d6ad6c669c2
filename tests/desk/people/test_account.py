"""Accounts' words."""

import pytest

from desk.people.account import Account, account_name, account_role
from desk.people.role import Role
from flow.errors import OperatorError


@pytest.mark.parametrize("name", ["lan", "nguyen.lan", "a1-b"])
def test_names(name: str) -> None:
    assert account_name(name) == name


@pytest.mark.parametrize("name", ["", "l", "Lan", "1lan", "lan!", "lân", "x" * 33, "local", None, "lan\n", "a b"])
def test_what_is_no_name(name: object) -> None:
    with pytest.raises(OperatorError):
        account_name(name)


def test_roles_are_named_and_near_ones_told() -> None:
    assert account_role("director") is Role.DIRECTOR
    with pytest.raises(OperatorError, match="operator"):
        account_role("operater")


def test_a_digest_is_not_shown() -> None:
    assert "secret" not in repr(Account(name="lan", role=Role.VIEWER, digest="secret"))
