"""How often one site may ask for something (GCRA, ITU-T I.371 A.1, with a burst). Pure."""

_SECOND = 1_000_000_000
_SWEEP = 4_096


class Pace:
    """So many times at once, then so many a second, each site by itself."""

    def __init__(self, *, burst: int, a_second: int) -> None:
        self._step = _SECOND // a_second
        self._slack = self._step * (burst - 1)
        self._next: dict[str, int] = {}  # by site: when it would have asked, had it kept the pace
        self._sweep_at = _SWEEP

    def allows(self, site: str, now_ns: int) -> bool:
        """Whether the site may ask now (monotonic nanoseconds); asking counts, being refused does not."""
        due = max(self._next.get(site, 0), now_ns)
        if due - now_ns > self._slack:
            return False
        self._next[site] = due + self._step
        if len(self._next) >= self._sweep_at:
            self._sweep(now_ns)
        return True

    def _sweep(self, now_ns: int) -> None:
        """Forget who has kept the pace: nothing is held against them."""
        self._next = {site: due for site, due in self._next.items() if due > now_ns}
        self._sweep_at = max(_SWEEP, 2 * len(self._next))
