"""Whether a thread that keeps something going shall work, rest or end; and its pauses, which such a word ends."""

from threading import Condition


class Wakefulness:
    """Safe from any thread. `turn` grows with each word that changes something, so that what was begun before it
    can be told from what came after."""

    def __init__(self, *, awake: bool) -> None:
        self._changed = Condition()
        self._awake = awake
        self._over = False
        self.turn = 0

    def wake(self) -> None:
        """Work."""
        self._become(awake=True)

    def rest(self) -> None:
        """Rest, until told to work again."""
        self._become(awake=False)

    def nudge(self) -> None:
        """Wait no longer: what is under way is over, and work goes on with something new."""
        with self._changed:
            self.turn += 1
            self._changed.notify_all()

    def end(self) -> None:
        """End, for good."""
        with self._changed:
            self._over = True
            self.turn += 1
            self._changed.notify_all()

    @property
    def working(self) -> bool:
        """Whether it shall work now."""
        return self._awake and not self._over

    def works(self) -> bool:
        """Wait until there is work, and say so; False when there will be none any more."""
        with self._changed:
            self._changed.wait_for(lambda: self._awake or self._over)
            return not self._over

    def pause(self, seconds: float, turn: int) -> None:
        """Wait so long, or until a word has changed something since `turn`."""
        with self._changed:
            self._changed.wait_for(lambda: self.turn != turn, seconds)

    def _become(self, *, awake: bool) -> None:
        with self._changed:
            if self._awake is not awake:
                self._awake = awake
                self.turn += 1
                self._changed.notify_all()
