"""`xacast up`: bring this machine up and keep it up."""

import click

from desk.ffmpeg import find_ffmpeg
from desk.logs import start_logs
from desk.settings import load_settings
from desk.supervisor import Supervisor


@click.command(short_help="Bring this machine up and keep it up.")
@click.pass_obj
def up(config: str | None) -> None:
    """Bring this machine up: the headend, and a worker for each channel declared.

    Runs until Ctrl-C; everything it started ends with it. Channels stay declared and come back with the next `up`.

    \b
    Examples:
      xacast up
      XACAST_DATA=/srv/xacast XACAST_VIEWERS=0.0.0.0:80 xacast up
    """
    settings = load_settings(config)
    tools = find_ffmpeg(settings.ffmpeg)
    logs = start_logs("supervisor", settings.data / "log", settings.log)
    supervisor = Supervisor(settings.using(tools.path))
    try:
        supervisor.run()
    finally:
        logs.stop()
    if supervisor.interrupted:
        raise KeyboardInterrupt
