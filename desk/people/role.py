"""What an account may do at the desk. No I/O."""

from enum import IntEnum


class Role(IntEnum):
    """Each may do what those before it may: VIEWER looks, OPERATOR runs what is on air, DIRECTOR plans channels
    and programmes and lets sites in, ADMINISTRATOR keeps accounts, units and the machine."""

    VIEWER = 1
    OPERATOR = 2
    DIRECTOR = 3
    ADMINISTRATOR = 4

    @property
    def word(self) -> str:
        """As it is written in the database, the API and on the command line."""
        return self.name.lower()


ROLES = tuple(role.word for role in Role)
