"""`xacast demo`: a channel on air with nothing set up, to see that it works."""

from dataclasses import replace
from typing import Any

import click

from desk.commands.feed_words import feed_words
from desk.commands.options import addresses, said_of_feed
from desk.costs import Costs, cores
from desk.demonstration import NAME, Demonstration
from desk.errors import PortTakenError
from desk.feed_means import feed_means
from desk.ffmpeg import find_ffmpeg
from desk.fit import DEMO_LADDERS, biggest
from desk.listener import Listener
from desk.logs import start_logs
from desk.preflight import check_data, check_disk, check_file, check_ports
from desk.settings import Settings, load_settings
from flow.errors import OperatorError
from ingest.exposure import unprotected
from ingest.kinds import TESTCARD, feed_of, words_of
from player.assets import Assets

SHARE = 0.5
"""Of the cores: the browser that watches needs the rest."""


@click.command(short_help="Put a test card on air, to see that it works.")
@click.option("--feed", default=TESTCARD, show_default=True, metavar="URL",
              help="A file (looped), or an address.")
@click.option("--port", type=click.IntRange(0, 65_535), metavar="PORT",
              help="The viewers' port; 8080 unless given.")
@click.pass_obj
def demo(config: str | None, feed: str, port: int | None) -> None:
    """Put a channel `demo` on air from a test card, with the ladder that half of this machine's cores carry.

    Runs until Ctrl-C, which stops every process it started.

    \b
    Examples:
      xacast demo
      xacast demo --feed /srv/film.mp4
      xacast demo --feed srt://10.0.0.5:9000 --port 8081
    """
    settings = _settings(load_settings(config), port)
    said = feed_words([feed])
    source = feed_of(said.addresses[0])
    if said.keys:
        click.echo(said.told(settings.rtmp))
    if unprotected(source):
        _tell(f"anybody who reaches {source.shown} can send it")
    _check(settings)
    found = find_ffmpeg(settings.ffmpeg)
    check_file(source, feed_means(settings.using(found.path)))
    _tell(f"FFmpeg {found.version}, {cores()} cores")
    settings = settings.using(found.path)
    costs = Costs(data=settings.data, ffmpeg=found, tell=_tell)
    ladder = biggest(DEMO_LADDERS, costs.of, cores() * SHARE) or DEMO_LADDERS[-1]
    _tell(f"ladder {ladder}: {costs.of(ladder):.2f} of {cores()} cores")
    logs = start_logs("supervisor", settings.data / "log", settings.log)
    try:
        demonstration = Demonstration(
            settings=settings, feed=words_of(source), ladder=ladder, tell=_tell, shown=_shown,
        )
        demonstration.run()
    finally:
        logs.stop()
    if demonstration.supervisor.interrupted:
        raise KeyboardInterrupt


def _settings(settings: Settings, port: int | None) -> Settings:
    """On loopback, in a folder of its own, and quiet unless something is wrong."""
    viewers = Listener("127.0.0.1", settings.viewers.port if port is None else port)
    level = "error" if settings.log == "info" else settings.log
    return replace(settings, data=settings.data / "demo", viewers=viewers, log=level)


def _check(settings: Settings) -> None:
    """What can be said before anything is measured or started."""
    Assets.load()
    check_data(settings)
    check_disk(settings)
    try:
        check_ports(settings)
    except PortTakenError as error:
        if error.name != "viewers":
            raise
        other = settings.viewers.port % 65_535 + 1
        remedy = f"End what uses it, or choose another: xacast demo --port {other} (make demo PORT={other})"
        raise OperatorError(error.problem, remedy) from error


def _tell(step: str) -> None:
    click.echo(f"{step} …")


def _shown(report: dict[str, Any], viewers: str) -> None:
    if trouble := said_of_feed(report):
        click.echo(f"note: {trouble}")
    click.echo(f"\nchannel {NAME} is on air\n{addresses(viewers, NAME)}\n\nCtrl-C stops everything.")
