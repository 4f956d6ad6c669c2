"""`xacast ladder`: the ladders there are, and which one suits."""

from functools import partial

import click

from desk.commands.feed_words import feed_words
from desk.commands.options import complete_ladder
from desk.costs import Costs, cores
from desk.feed_means import feed_means
from desk.ffmpeg import check_codecs, find_ffmpeg
from desk.ladder_choice import Verdict, judge, size_of
from desk.settings import load_settings
from desk.table import table
from flow.ladder import Ladder
from ingest.kinds import feed_of
from ingest.probe import probe
from transcode.presets import DEFAULT_LADDER, ladder_names, load_ladder


@click.group()
def ladder() -> None:
    """The sets of encodings."""


@ladder.command("list")
def list_ladders() -> None:
    """List the ladders with their renditions.

    \b
    Example:
      xacast ladder list
    """
    rows = [("LADDER", "CANVAS", "RENDITIONS (most kbit/s)")]
    for name in ladder_names():
        one = load_ladder(name)
        rungs = ", ".join(f"{rung.width}x{rung.height} ({rung.maxrate // 1000})" for rung in one.video)
        sound = f"sound ({', '.join(f'{group.bitrate // 1000}' for group in one.sounds)})"
        rows.append((name, f"{one.canvas.width}x{one.canvas.height}@{one.canvas.fps}", f"{rungs}, {sound}"))
    click.echo(table(rows))


@ladder.command("show")
@click.argument("name", shell_complete=complete_ladder)
@click.option("--hevc", is_flag=True, help="With what --hevc puts beside it.")
def show_ladder(name: str, hevc: bool) -> None:
    """Show all of ladder NAME.

    \b
    Examples:
      xacast ladder show conference-720
      xacast ladder show conference-720 --hevc
    """
    one = load_ladder(name, hevc=hevc)
    click.echo(f"{one.name}: canvas {_canvas(one)}")
    rows = [("RENDITION", "SIZE", "MOST kbit/s", "SOUND kbit/s", "BUFFER kbit", "CRF", "PRESET", "AQ", "PSY")]
    rows += [
        (rung.id, f"{rung.width}x{rung.height}", f"{rung.maxrate // 1000}",
         f"{one.sound_of(rung).bitrate // 1000}", f"{rung.bufsize // 1000}",
         f"{rung.crf}", rung.preset, f"{rung.aq:g}", f"{rung.psy:g}")
        for rung in one.video
    ]
    click.echo(table(rows))


@ladder.command("check")
@click.argument("url", metavar="FEED")
@click.option("--ladder", "name", default=DEFAULT_LADDER, show_default=True, metavar="NAME",
              shell_complete=complete_ladder, help="The ladder to hold against the feed.")
@click.option("--hevc", is_flag=True, help="With HEVC beside each picture.")
@click.pass_context
def check_ladder(context: click.Context, url: str, name: str, hevc: bool) -> None:
    """Does a ladder suit what FEED brings, and can this machine carry it? Exit status 2 when it cannot.

    \b
    Examples:
      xacast ladder check srt://10.0.0.5:9000
      xacast ladder check /srv/film.mp4 --ladder conference-1080
    """
    wanted = load_ladder(name, hevc=hevc)
    feed = feed_of(feed_words([url]).addresses[0])
    settings = load_settings(context.obj)
    found = find_ffmpeg(settings.ffmpeg)
    check_codecs(wanted, found)
    report = probe(feed, feed_means(settings.using(found.path)))
    if not report.ok:
        click.echo(f"{feed.shown}: xacast cannot take it: {report.why}")
        context.exit(2)
    click.echo(f"{feed.shown}: {report.received}")
    costs = Costs(data=settings.data, ffmpeg=found, tell=lambda step: click.echo(f"{step} …", err=True))
    cost, load = partial(costs.of, hevc=hevc), partial(load_ladder, hevc=hevc)
    verdict = judge(wanted, size_of(report.streams), cores(), cost, load)
    click.echo(_said(wanted, verdict))
    context.exit(0 if verdict.carried else 2)


def _said(wanted: Ladder, verdict: Verdict) -> str:
    can = "can carry it" if verdict.carried else "cannot carry it"
    called = f"{wanted.name} with HEVC" if wanted.hevc else wanted.name
    lines = [f"ladder {called} takes {verdict.need:.2f} of {verdict.cores} cores: this machine {can}"]
    if verdict.enlarged:
        names = ", ".join(rung.id for rung in verdict.enlarged)
        lines.append(f"the picture that comes is smaller than {names}: it would only be enlarged")
    if verdict.better:
        lines.append(f"--ladder {verdict.better} suits better")
    return "\n".join(lines)


def _canvas(one: Ladder) -> str:
    return f"{one.canvas.width}x{one.canvas.height} at {one.canvas.fps} pictures/s"
