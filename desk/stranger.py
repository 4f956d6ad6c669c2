"""A user who owns nothing, one for each child of root."""

_FIRST = 1_879_048_192
"""The range 1879048192 to 2147483647 is nobody's: https://systemd.io/UIDS-GIDS/."""
_PIDS, _EACH = 2**22, 64
NOBODY = 65_534


def stranger(parent: int, count: int, uid_map: str) -> int | None:
    """The number of the user that the `count`th child of process `parent` becomes.

    Each has one of its own, so that children can neither be counted together nor disturb each other. Where the
    namespace does not know such numbers (`uid_map`, see user_namespaces(7)) it is nobody, and None where there is
    nobody either.
    """
    own = _FIRST + parent % _PIDS * _EACH + count % _EACH
    return next((uid for uid in (own, NOBODY) if _known(uid, uid_map)), None)


def _known(uid: int, uid_map: str) -> bool:
    spans = [line.split() for line in uid_map.splitlines()]
    return any(int(first) <= uid < int(first) + int(length) for first, _outside, length in spans)
