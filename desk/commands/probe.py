"""`xacast probe`: what a feed contains, and whether xacast can take it."""

import json

import click

from desk.commands.feed_words import feed_words
from desk.feed_means import feed_means
from desk.ffmpeg import find_ffmpeg
from desk.settings import load_settings
from ingest.kinds import feed_of
from ingest.probe import probe as probe_feed


@click.command(short_help="Look into a feed: can xacast take it?")
@click.argument("url")
@click.option("--json", "as_json", is_flag=True, help="Plain values for programs.")
@click.pass_context
def probe(context: click.Context, url: str, as_json: bool) -> None:
    """Look into the feed at URL for some seconds. Exit status 2 when xacast cannot take it.

    \b
    Examples:
      xacast probe srt://10.0.0.5:9000
      xacast probe /srv/film.mp4 --json
    """
    feed = feed_of(feed_words([url]).addresses[0])
    settings = load_settings(context.obj)
    report = probe_feed(feed, feed_means(settings.using(find_ffmpeg(settings.ffmpeg).path)))
    if as_json:
        click.echo(json.dumps(report.to_json(), ensure_ascii=False))
    elif report.ok:
        click.echo(f"{feed.shown}: {report.received}")
        if len(report.sounds) > 1:
            click.echo("sounds: " + ", ".join(str(sound) for sound in report.sounds))
        for captions in report.captions:
            click.echo(f"captions: {captions}")
        click.echo("xacast can take it" + (f"; {report.why}" if report.why else ""))
    else:
        click.echo(f"{feed.shown}: xacast cannot take it: {report.why}")
    context.exit(0 if report.ok else 2)
