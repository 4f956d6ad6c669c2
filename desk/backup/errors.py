"""What a backup that cannot be used means for an operator."""

from flow.errors import OperatorError


class DamagedError(OperatorError):
    """A backup is not what was written: `what` says where, as the end of a sentence."""

    def __init__(self, what: str) -> None:
        remedy = "Nothing was changed. Take another copy of it, or an older one"
        super().__init__(f"the backup is damaged: {what}", remedy)
        self.what = what


class PassphraseError(OperatorError):
    """A passphrase that cannot be used, or is not the one that a backup was made with."""
