"""`xacast start`: put a channel on air, lastingly."""

from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import click

from desk.api_client import ApiClient
from desk.channel_words import OFF
from desk.commands.feed_words import FEED_HELP, INSECURE_HELP, feed_words, numbered_options, numbered_words
from desk.commands.options import (
    addresses,
    complete_encoder,
    complete_ladder,
    complete_profile,
    doors,
    said_of_feed,
)
from desk.commands.switching import said as said_by
from desk.commands.switching import why_option
from desk.costs import Costs, cores
from desk.definition import channel_of, check_doors, check_shared
from desk.encoder_choice import choose
from desk.errors import RefusedError
from desk.feed_means import feed_means
from desk.ffmpeg import check_codecs, find_ffmpeg
from desk.fit import DEMO_LADDERS, check_room
from desk.key_words import DEFAULT as KEY_PERIOD
from desk.ladder_choice import remarks
from desk.preflight import check_door, check_file, check_pictures, check_reach, free_bytes
from desk.settings import Settings, load_settings
from desk.waiting import await_channel
from desk.window_words import DEFAULT, check_window
from flow.channel import DELAY_MS, LOUDNESS, WINDOW_S, Channel
from flow.encoder_kind import EncoderKind
from flow.errors import OperatorError
from flow.profile import ProfileName
from transcode.encoder_trial import try_encoder
from transcode.presets import DEFAULT_LADDER, load_ladder


@click.command(short_help="Put a channel on air.")
@click.argument("name")
@click.option("--feed", "feeds", multiple=True, required=True, metavar="URL",
              help=FEED_HELP)
@click.option("--ladder", default=DEFAULT_LADDER, show_default=True, metavar="NAME",
              shell_complete=complete_ladder, help="The set of encodings; `xacast ladder list` shows them.")
@click.option("--profile", default=ProfileName.LOW.value, show_default=True, metavar="classic|low|ultra",
              shell_complete=complete_profile, help="Latency against requests.")
@click.option("--encoder", default=EncoderKind.X264.value, show_default=True, metavar="x264|nvenc|qsv|vaapi|auto",
              shell_complete=complete_encoder, help="What makes the pictures; auto takes the best that is here.")
@click.option("--hevc", is_flag=True,
              help="Make HEVC beside each picture, for players that choose it; the cores pay for it.")
@click.option("--slides", default="", metavar="URL", help="Where the presentation comes from.")
@click.option("--logo", default="", metavar="FILE", help="A picture laid over the upper right corner.")
@click.option("--slate", default="", metavar="FILE", help="A picture in place of the slate's background.")
@click.option("--rules", default="", metavar="NAME=VALUE,…",
              help="When a feed is unfit, in seconds: black=3,frozen=20; blend=0.2 is a cross-fade. When no other "
                   "is fit, the slate takes its place; alone=keep leaves it on air, black or still and silent.")
@click.option("--track", "tracks", multiple=True, metavar='LANGUAGE="NAME"',
              help="A sound track; again for an interpretation. Tiếng Việt alone when left out.")
@click.option("--captions", default=OFF, show_default=True, metavar='LANGUAGE[="NAME"]|off',
              help="Offer viewers the feeds' captions, which are in that language.")
@numbered_options
@click.option("--loudness", default=f"{LOUDNESS:g}", show_default=True, metavar="LUFS|off",
              help="What speech is brought to.")
@click.option("--delay", type=int, default=DELAY_MS, show_default=True, metavar="MS",
              help="How long after its coming a feed is shown.")
@click.option("--window", default=DEFAULT, show_default=True, metavar="TIME",
              help="How far viewers can go back: 2min to 12h, from the disk.")
@click.option("--encrypt", is_flag=True,
              help="Encrypt what viewers get (AES-128); holds as long as the channel is on air.")
@click.option("--key-period", default=KEY_PERIOD, show_default=True, metavar="TIME",
              help="How long a key serves: 10s to 5min.")
@click.option("--open", "open_to_all", is_flag=True,
              help="Everybody who reaches the viewers' port may watch; else only sites with a link of their own.")
@click.option("--by-hand", is_flag=True, help="Programmes switch nothing: the picture is the operator's alone.")
@click.option("--region", default="", metavar="REGION",
              help="Whose operators run it, by code or name; your own part of the country when left out.")
@click.option("--title", default="", metavar="TEXT", help="What viewers read; the name when left out.")
@click.option("--workers", type=click.IntRange(1, 2), default=1, show_default=True, metavar="1|2",
              help="Two make the channel at once: when one dies, whole segments are lost to nobody.")
@click.option("--remote-worker", is_flag=True, help="Its worker is started on another machine (`xacast worker`).")
@click.option("--insecure", is_flag=True, help=INSECURE_HELP)
@why_option
@click.option("--force", is_flag=True, help="Start even when the cores or the disk do not suffice.")
@click.pass_obj
def start(
    config: str | None, /, feeds: tuple[str, ...], slides: str, remote_worker: bool, insecure: bool, force: bool,
    why: str, **words: Any,  # noqa: ANN401 - click's words, each of its own kind
) -> None:
    """Put channel NAME on air. It stays declared until `xacast stop NAME`.

    \b
    Examples:
      xacast start hop --feed srt://10.0.0.5:9000
      xacast start hop --feed 'srt://:9000?passphrase={file:/etc/xacast/hop.key}' --feed /srv/pause.png
      xacast start hop --feed rtmp: --feed once:/srv/opening.mp4 --ladder conference-480
      xacast start hop --feed srt://10.0.0.5:9000 --slides srt://10.0.0.5:9001 --logo /srv/logo.png
      xacast start hop --feed srt://10.0.0.5:9000 --feed /srv/pause.png --rules black=3,frozen=20,blend=0.2
      xacast start hop --feed srt://10.0.0.5:9000 --feed srt://10.0.0.6:9000 --cold 2 --trim 1=-80
      xacast start hop --feed udp://@239.1.2.3:1234 --track vi="Tiếng Việt" --track en="English" --sound 1=2,1
      xacast start hop --feed srt://10.0.0.5:9000 --workers 2 --open
      xacast start hop --feed srt://10.0.0.5:9000 --ladder conference-1080 --encoder auto
      xacast start thu --feed testcard: --profile ultra --title "Kênh thử"
    """
    settings = load_settings(config)
    said = feed_words([*feeds, *filter(None, [slides])])
    # Addresses as understood here: a relative path is relative to where the operator stands.
    mains, behind = said.addresses[:len(feeds)], "".join(said.addresses[len(feeds):])
    words["each"] = numbered_words(words)
    channel = channel_of(feeds=mains, slides=behind, **words)
    elsewhere = remote_worker or bool(settings.desk)  # this machine's cores are not the channel's
    _check_channel(settings, channel, insecure=insecure, force=force)
    if not elsewhere:
        check_shared(channel)
        check_reach(channel, feed_means(settings).reach)
    client = ApiClient(settings)
    running = client.channels()
    name = channel.id
    _check_name(name, running["channels"])
    kind = EncoderKind.X264 if elsewhere else _encoder_here(settings, channel, force=force)
    if not (force or elsewhere):
        _check_machine(settings, channel, kind, running["channels"])
    if said.keys and not elsewhere and not any(_published(one) for one in running["channels"]):
        check_door(settings)
    client.declare(
        **{**words, "title": channel.title, "logo": channel.logo, "slate": channel.slate},
        feeds=mains, slides=behind, remote=remote_worker, insecure=insecure, **said_by(why),
    )
    if said.keys:
        click.echo(said.told(settings.rtmp))
    report = _awaited(client, name)
    click.echo(f"channel {name} is {'on air' if report['fresh'] else 'declared'}")
    click.echo(_doors(client, name, open_to_all=channel.open_to_all))
    for note in _notes(report):
        click.echo(f"note: {note}")


def _doors(client: ApiClient, name: str, *, open_to_all: bool) -> str:
    """Where it is watched, and by whom."""
    now = client.channels()
    if open_to_all:
        return addresses(now["viewers"], name)
    return doors(now["viewers"], name, sites=now.get("sites", 0))


def _notes(report: dict[str, Any]) -> list[str]:
    """What an operator should know of how the channel began."""
    small = remarks(report, load_ladder)
    trouble = said_of_feed(report)
    return [*filter(None, [trouble]), *(f"what feed {at + 1} brings is {said}" for at, said in small.items())]


def _check_name(name: str, running: list[dict[str, Any]]) -> None:
    if any(one["name"] == name for one in running):
        problem = f"channel {name} is running already"
        raise RefusedError(409, problem, f"Choose another name, or `xacast stop {name}` first")


def _encoder_here(settings: Settings, channel: Channel, *, force: bool) -> EncoderKind:
    """What will make the pictures on this machine; raises OperatorError when a certain encoder or HEVC was asked
    for and cannot be had."""
    if channel.ladder.hevc:
        check_codecs(channel.ladder, find_ffmpeg(settings.ffmpeg))
    if channel.encoder == EncoderKind.X264:
        return EncoderKind.X264
    means = feed_means(settings.using(find_ffmpeg(settings.ffmpeg).path))
    choice = choose(channel.encoder, partial(try_encoder, ffmpeg=means.ffmpeg, spawn=means.spawn))
    if choice.denied and not force:
        problem = f"the encoder that was asked for cannot be used: {choice.why}"
        raise OperatorError(problem, "Say --encoder auto or leave it out; --force starts with x264 in its place")
    click.echo(f"encoder   {choice.kind}{f' ({choice.why})' if choice.why else ''}")
    return choice.kind


def _check_machine(
    settings: Settings, channel: Channel, kind: EncoderKind, running: list[dict[str, Any]],
) -> None:
    """Raises OperatorError when a file cannot be read here, or the cores do not suffice for all workers."""
    found = find_ffmpeg(settings.ffmpeg)
    means = feed_means(settings.using(found.path))
    for feed in channel.feeds:
        check_file(feed, means)
    ladder, hevc = channel.ladder.name, bool(channel.ladder.hevc)
    here = [one for one in running if not one["remote"]]
    costs = Costs(data=settings.data, ffmpeg=found, tell=lambda step: click.echo(f"{step} …", err=True))
    others = [
        costs.of(one["ladder"], _encoder_of(one), hevc=one.get("hevc", False))
        for one in here for _ in one.get("workers") or (1,)
    ]
    used = sum(others) + costs.of(ladder, kind, hevc=hevc) * (channel.workers - 1)
    _check_room(ladder, used, partial(costs.of, kind=kind, hevc=hevc))
    if kind is not EncoderKind.X264:
        try:
            _check_room(ladder, used, partial(costs.of, hevc=hevc))
        except OperatorError as error:
            click.echo(f"note: should {kind} fail, x264 takes its place, and will not keep up: {error}", err=True)


def _encoder_of(report: dict[str, Any]) -> EncoderKind:
    """What makes the pictures of a channel that runs here; x264 while that is not known."""
    said = (report["worker"]["status"] or {}).get("encoder")
    return next((kind for kind in EncoderKind if kind == said), EncoderKind.X264)


def _published(report: dict[str, Any]) -> bool:
    """Whether a channel that runs here has the RTMP door open already."""
    return not report["remote"] and any(
        feed["kind"] == "rtmp" and not urlsplit(feed["shown"]).hostname for feed in report["feeds"]
    )


def _awaited(client: ApiClient, name: str) -> dict[str, Any]:
    """Its report, once it is on air or says why it is not."""
    try:
        return await_channel(lambda: client.channel(name), tell=lambda step: click.echo(f"{step} …", err=True))
    except KeyboardInterrupt:
        click.echo(f"\nchannel {name} stays declared and goes on air by itself; `xacast stop {name}` takes it off",
                   err=True)
        raise


def _check_channel(settings: Settings, channel: Channel, *, insecure: bool, force: bool) -> None:
    check_doors(channel, insecure=insecure)
    if settings.desk:  # its files and its disk are on another machine
        return
    check_pictures(channel)
    if not force:
        _check_window(settings, channel)


def _check_window(settings: Settings, channel: Channel) -> None:
    """Raises OperatorError for a window that the operator asked for and the disk has no room for; one that nobody
    asked for is only told of."""
    sounds, free = len(channel.tracks), free_bytes(settings.data)
    try:
        check_window(channel.ladder, sounds, channel.window_s, free)
    except OperatorError as error:
        if channel.window_s != WINDOW_S:
            raise
        click.echo(f"note: {error}", err=True)


def _check_room(ladder: str, used: float, cost: Callable[[str], float]) -> None:
    check_room(
        ladder=ladder, need=cost(ladder), used=used, cores=cores(),
        smaller=[other for other in DEMO_LADDERS if other != ladder], cost=cost,
    )
