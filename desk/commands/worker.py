"""`xacast worker`: run one channel's worker by hand, on this machine or another."""

import sys

import click

from desk.commands.options import complete_channel
from desk.ffmpeg import find_ffmpeg
from desk.settings import load_settings
from desk.worker_main import leave, work
from flow.ids import channel_id


@click.command(short_help="Run one channel's worker by hand.")
@click.argument("name", shell_complete=complete_channel)
@click.option("--headend", "headends", multiple=True, required=True, metavar="URL",
              help="A headend's machines' listener; again for another one.")
@click.option("--second", is_flag=True, help="It is the second of the channel's two (`start --workers 2`).")
@click.pass_obj
def worker(config: str | None, name: str, headends: tuple[str, ...], second: bool) -> None:
    """Run the worker of channel NAME here, until Ctrl-C or until the channel is taken off.

    The channel should have been started with --remote-worker, so that no other worker makes it too. On another
    machine `xacast machine join` comes first; the headend's machines' listener has TLS there (`xacast tls`).

    \b
    Examples:
      xacast worker hop --headend http://127.0.0.1:8070
      xacast worker hop --headend https://10.0.0.5:8070
    """
    settings = load_settings(config)
    ready = settings.using(find_ffmpeg(settings.ffmpeg).path)
    status = work(channel_id(name), headends, ready, int(second), joined=True)
    sys.stdout.flush()
    leave(status)
