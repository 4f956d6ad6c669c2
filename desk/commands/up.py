"""`xacast up`: bring this machine up and keep it up."""

import os
from dataclasses import replace
from pathlib import Path

import click

from desk.ffmpeg import FFmpeg, find_ffmpeg
from desk.logs import start_logs
from desk.ports import NAMES, Ports
from desk.preflight import check_data
from desk.reload.source import Source
from desk.settings import Settings, file_of, load_settings
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
    if settings.production == "yes":
        _check_production(settings, file_of(config, os.environ), tools)
    logs = start_logs("supervisor", settings.data / "log", settings.log)
    supervisor = Supervisor(settings.using(tools.path), Source.of(config, os.environ))
    wished = Ports(**{
        name: replace(getattr(settings, name), secure=settings.tls(name) is not None) for name in NAMES
    })
    try:
        if wished.viewers.port and wished.operators.port:
            supervisor.run(ready=lambda: _welcome(wished))
        else:  # any that is free: which one is known when it is open
            supervisor.run(opened=_welcome)
    finally:
        logs.stop()
    if supervisor.interrupted:
        raise KeyboardInterrupt


def _check_production(settings: Settings, config: Path | None, tools: FFmpeg) -> None:
    from desk.production.gather import check_production  # noqa: PLC0415 - a second of imports, for who asked for it

    check_production(settings, config, tools)


def _welcome(ports: Ports) -> None:
    """Where things are, and what to do next; the logs go on below it."""
    click.echo(f"viewers    {ports.viewers.show().url}/")
    alone = "   (this machine only)" if ports.operators.loopback else ""
    click.echo(f"operators  {ports.operators.url}{alone}")
    click.echo("a channel  xacast start NAME --feed URL, in another terminal; testcard: is a test card")
    click.echo("Ctrl-C stops everything; channels that were started come back with the next `xacast up`.\n")
