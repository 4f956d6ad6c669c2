"""What a hangup (SIGHUP) means to `xacast up`: settings are read again, or the terminal is gone and it ends."""

import logging
import os
import signal
import threading
from dataclasses import replace

from desk.api_client import ApiClient
from desk.settings import Settings
from flow.errors import XacastError

_log = logging.getLogger(__name__)
_TERMINAL = "/dev/tty"


def hangup_ends() -> bool:
    """Whether the signal says that the terminal was closed: there is one now, and nobody (`nohup`) made it mean
    nothing. A service has none."""
    if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
        return False
    try:
        os.close(os.open(_TERMINAL, os.O_RDWR | os.O_NOCTTY))
    except OSError:  # ENXIO: no controlling terminal (tty(4))
        return False
    return True


def reload_beside(settings: Settings) -> threading.Thread:
    """Have this machine's headend read its settings again, in a thread: who waits for it keeps nothing running."""
    thread = threading.Thread(target=_reload, args=(settings,), name="reload", daemon=True)
    thread.start()
    return thread


def _reload(settings: Settings) -> None:
    """By the control API, as who holds the machine's key: so it is in the audit."""
    client = ApiClient(replace(settings, desk=""))
    client.signed(None)
    try:
        done = client.reload({"who": "xacast up", "why": "SIGHUP"})
    except XacastError as error:  # what held goes on
        _log.error("settings were not read again: %s", error)
        return
    _log.info("settings were read again: %s", ", ".join(done["changed"]) or "nothing is another")
    if done["waiting"]:
        _log.warning("these settings hold from the next start: %s", ", ".join(done["waiting"]))
