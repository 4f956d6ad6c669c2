"""`xacast up`: bring this machine up and keep it up."""

import click

from desk.ffmpeg import find_ffmpeg
from desk.logs import start_logs
from desk.preflight import check_data
from desk.settings import Settings, load_settings
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
    check_data(settings)
    tools = find_ffmpeg(settings.ffmpeg)
    logs = start_logs("supervisor", settings.data / "log", settings.log)
    supervisor = Supervisor(settings.using(tools.path))
    try:
        supervisor.run(ready=lambda: _welcome(settings))
    finally:
        logs.stop()
    if supervisor.interrupted:
        raise KeyboardInterrupt


def _welcome(settings: Settings) -> None:
    """Where things will be, and what to do next; the logs go on below it."""
    click.echo(f"viewers    {settings.viewers.show().url}/")
    click.echo(f"operators  {settings.operators.url}   (this machine only)")
    click.echo("a channel  xacast start NAME --feed URL, in another terminal; testcard: is a test card")
    click.echo("Ctrl-C stops everything; channels that were started come back with the next `xacast up`.\n")
