"""An account: who may sign in at the desk, as what, and for which part of the country."""

import re
from dataclasses import dataclass, field

from desk.people.role import ROLES, Role
from flow.errors import OperatorError
from flow.nearest import remedy_for

_NAME = re.compile(r"[a-z][a-z0-9.-]{1,31}", re.ASCII)
_TAKEN = frozenset({"local", "somebody", "system"})
"""Names that stand for nobody's account in lists and logs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """`region` is a code of the register, with everything below it, empty for the country. `digest` is the
    password's, as Argon2 writes it; with `once` it was made by the desk, and the next sign-in chooses another."""

    name: str
    role: Role
    region: str = ""
    enabled: bool = True
    once: bool = False
    digest: str = field(default="", repr=False)


def account_name(text: object) -> str:
    """`text` as a name; raises OperatorError when it is none."""
    if not isinstance(text, str) or not _NAME.fullmatch(text) or text in _TAKEN:
        problem = f"“{str(text)[:40]}” cannot be the name of an account"
        raise OperatorError(problem, "Use 2 to 32 of a-z, 0-9, . and -, and begin with a letter")
    return text


def account_role(text: object) -> Role:
    """The role of that word; raises OperatorError with the nearest one."""
    if text not in ROLES:
        problem = f"there is no role “{str(text)[:40]}”"
        raise OperatorError(problem, remedy_for(str(text)[:40], ROLES))
    return list(Role)[ROLES.index(str(text))]
