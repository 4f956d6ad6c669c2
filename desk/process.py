"""What the machine's processes have in common: a log of their own, a life, and an exit status."""

import asyncio
import sys
from collections.abc import Callable, Coroutine
from logging.handlers import QueueListener

from desk.core_dump import no_core_dumps
from desk.logs import start_logs
from desk.settings import Settings
from flow.errors import XacastError

OPERATOR_CAN_MEND = 2


def live(name: str, settings: Settings, life: Callable[[QueueListener], Coroutine[object, object, None]]) -> int:
    """Run `life` to its end with a log called `name`; the exit status: 2 for an error that names its way out."""
    no_core_dumps()
    logs = start_logs(name, settings.data / "log", settings.log)
    try:
        asyncio.run(life(logs))
    except XacastError as error:
        sys.stderr.write(f"xacast: {error}\n")
        return OPERATOR_CAN_MEND
    finally:
        logs.stop()
        for sink in logs.handlers:
            sink.close()
    return 0
