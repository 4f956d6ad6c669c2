"""Which steps from line to line a run takes, in some modules only."""

import sys
from collections.abc import Callable, Sequence
from types import FrameType, ModuleType
from typing import Any

Arc = tuple[int, int, int]
"""A code object by its number here, the line before (0 at its beginning) and the line."""

_LENGTHS = -1


class Arcs:
    """Collects the steps of one run at a time. Python's own tracing: on each Python and machine, without a package
    that would have to be built for it."""

    def __init__(self, modules: Sequence[ModuleType]) -> None:
        self._files = {module.__file__ for module in modules}
        self._numbers: dict[Any, int] = {}
        self._taken: set[Arc] = set()
        self._steps = 0

    def of(self, run: Callable[[], object]) -> set[Arc]:
        """The steps that `run` takes, and how many there were, roughly; whatever it raises goes through."""
        self._taken, self._steps = set(), 0
        before = sys.gettrace()
        sys.settrace(self._enter)
        try:
            run()
        finally:
            sys.settrace(before)
            self._taken.add((_LENGTHS, 0, self._steps.bit_length()))
        return self._taken

    @property
    def taken(self) -> set[Arc]:
        """The steps of the last run, also of one that raised."""
        return self._taken

    def _enter(self, frame: FrameType, _event: str, _argument: object) -> Callable[..., Any] | None:
        code = frame.f_code
        number = self._numbers.get(code)
        if number is None:
            number = len(self._numbers) if code.co_filename in self._files else _LENGTHS
            self._numbers[code] = number
        if number == _LENGTHS:
            return None
        taken, last = self._taken, 0

        def step(frame: FrameType, event: str, _argument: object) -> Callable[..., Any]:
            nonlocal last
            if event == "line":
                self._steps += 1
                taken.add((number, last, frame.f_lineno))
                last = frame.f_lineno
            return step

        return step
