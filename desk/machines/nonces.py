"""The numbers that machines used, for as long as a request may be answered that has one. No clock."""

from collections import OrderedDict

MOST = 20_000
"""Of one machine in a window: a worker that pushes 50 chunks a second uses 3,000 in a minute."""


class Nonces:
    """Remembers what each machine used; one that uses too many takes nothing from the others."""

    def __init__(self, window_ms: int, most: int = MOST) -> None:
        """`window_ms` is for how long a request may be answered after its time, at most."""
        self._window_ms = window_ms
        self._most = most
        self._used: dict[str, OrderedDict[str, int]] = {}

    def use(self, name: str, nonce: str, time_ms: int, now_ms: int) -> bool:
        """Whether it is new, and there is room for it; from then on it is not."""
        used = self._used.setdefault(name, OrderedDict())
        while used and next(iter(used.values())) < now_ms - self._window_ms:
            used.popitem(last=False)
        if nonce in used or len(used) >= self._most:
            return False
        # Kept by when it came, or by its own time when that is later: until no request with it is answered.
        used[nonce] = max(now_ms, time_ms)
        return True

    def __len__(self) -> int:
        return sum(map(len, self._used.values()))
