"""The database's errors say what holds meanwhile."""

from desk.database.errors import DatabaseGoneError, DatabaseNewerError


def test_a_database_that_is_gone_is_no_reason_to_worry_about_the_picture() -> None:
    error = DatabaseGoneError("connection refused")
    assert error.status == 503
    assert "What is on air stays on air" in str(error)


def test_a_newer_one_names_the_way_out() -> None:
    assert "Use that version" in str(DatabaseNewerError("0099"))
