"""What is told of a backup that cannot be used."""

from desk.backup.errors import DamagedError
from flow.errors import OperatorError


def test_a_damaged_backup_says_where_and_what_to_do() -> None:
    error = DamagedError("piece 2 is not what was written")
    assert isinstance(error, OperatorError)
    assert str(error).startswith("the backup is damaged: piece 2 is not what was written. Nothing was changed.")
