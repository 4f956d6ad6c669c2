"""`xacast probe`: what a feed contains, and whether xacast can take it."""

import json
from contextlib import suppress
from dataclasses import replace

import click

from desk.api_client import ApiClient
from desk.commands.feed_words import feed_words
from desk.feed_means import feed_means
from desk.ffmpeg import find_ffmpeg
from desk.settings import Settings, load_settings
from flow.errors import OperatorError, ToolError
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
    address = feed_words([url]).addresses[0]
    feed = feed_of(address)
    settings = load_settings(context.obj)
    report = probe_feed(feed, feed_means(settings.using(find_ffmpeg(settings.ffmpeg).path)))
    if not report.ok:
        report = replace(report, why=report.why + _rival(settings, address))
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


def _rival(settings: Settings, address: str) -> str:
    """That a channel of this machine has what the feed needs; empty where nobody is there to know."""
    with suppress(OperatorError, ToolError):
        found = ApiClient(settings).rival(address)
        if name := found["channel"]:
            return f"; {found['rival']}: `xacast status {name}` says what comes, `xacast stop {name}` frees it"
    return ""
