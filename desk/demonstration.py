"""The demonstration: a supervisor with one channel `demo`, telling what it does."""

import threading
import time
from collections.abc import Callable

from desk.api_client import ApiClient
from desk.definition import channel_of
from desk.errors import NotRunningError
from desk.registry import Registry
from desk.settings import Settings
from desk.supervisor import Supervisor
from desk.waiting import await_channel
from flow.errors import ToolError, XacastError
from flow.ids import ChannelId

NAME = ChannelId("demo")
PATIENCE = 30.0
"""Seconds from the start to a playlist; a slow machine needs some for its first segment."""


class Demonstration:
    """One channel from one feed, on air until the supervisor is stopped."""

    def __init__(
        self, *, settings: Settings, feed: str, ladder: str, tell: Callable[[str], None],
        shown: Callable[[dict[str, object], str], None],
    ) -> None:
        self._settings = settings
        self._channel = channel_of(NAME, (feed,), ladder=ladder, title="xacast demo", open_to_all=True)
        self._tell = tell
        self._shown = shown
        self._failure: XacastError | None = None
        self.supervisor = Supervisor(settings)

    def run(self) -> None:
        """Until stopped; raises OperatorError or ToolError when the channel does not come on air."""
        telling = threading.Thread(target=self._follow, name="demo", daemon=True)

        def begin() -> None:
            self._declare()
            telling.start()

        self.supervisor.run(ready=begin)
        if self._failure is not None:
            raise self._failure

    def _declare(self) -> None:
        """Straight into the registry: no headend is up yet, and an earlier demo's feed is forgotten."""
        registry = Registry(self._settings.database)
        try:
            registry.remove(NAME)
            registry.add(self._channel, revision=time.time_ns())
        finally:
            registry.close()
        self._tell("starting the headend")

    def _follow(self) -> None:
        try:
            client = ApiClient(self._settings)
            viewers = self._first_answer(client)
            report = await_channel(lambda: client.channel(NAME), patience=PATIENCE, tell=self._tell)
            if not report["fresh"] and not self.supervisor.stopping:
                tool = "the demo"
                raise ToolError(tool, "; ".join(report["alarms"]) or f"see the logs in {self._settings.data}/log")
            self._shown(report, viewers)
        except XacastError as error:
            if not self.supervisor.stopping:
                self._failure = error
                self.supervisor.stop()

    def _first_answer(self, client: ApiClient) -> str:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                return str(client.channels()["viewers"])
            except NotRunningError:
                if time.monotonic() > deadline or self.supervisor.stopping:
                    raise
                time.sleep(0.1)
