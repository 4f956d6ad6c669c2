"""Reads settings again, and lets those hold that can: whole or not at all (T-42, T-44)."""

import asyncio
import logging
from collections.abc import Callable

from desk.reload.reload_plan import ReloadPlan, planned
from desk.reload.source import Source
from desk.settings import Settings
from flow.errors import OperatorError

_log = logging.getLogger(__name__)


class Reloading:
    """Lives in the headend's loop. `take` lets settings hold, and does not fail."""

    def __init__(self, settings: Settings, source: Source, take: Callable[[Settings], None]) -> None:
        self.settings = settings
        self._source = source
        self._take = take
        self._changing = asyncio.Lock()

    async def reload(self) -> ReloadPlan:
        """What is another now; raises OperatorError for settings that are wrong, and what held goes on."""
        async with self._changing:
            plan = planned(self.settings, await asyncio.to_thread(self._source.read))
            self._take(plan.settings)
            self.settings = plan.settings
        _log.info("settings were read again: %s", ", ".join(plan.changed) or "nothing is another")
        return plan


def newest(settings: Settings, source: Source) -> Settings:
    """For a headend that starts anew while its machine runs: what could have been read again meanwhile was, or
    counts now. With a file that is wrong, what the machine was started with."""
    try:
        return planned(settings, source.read()).settings
    except OperatorError as error:
        _log.warning("settings are as the machine was started with: %s", error)
        return settings
