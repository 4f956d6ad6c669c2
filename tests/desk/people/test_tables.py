"""What is kept of accounts."""

from desk.people.tables import account, account_session


def test_neither_password_nor_token_is_kept() -> None:
    """T-27: their digests alone."""
    assert set(account.c.keys()) == {
        "name", "role", "region", "enabled", "once", "digest", "created_s", "changed_s",
    }
    assert set(account_session.c.keys()) == {"digest", "account", "made_s", "seen_s"}
