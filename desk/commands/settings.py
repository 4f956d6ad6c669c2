"""`xacast set`: change settings of a channel that is on air."""

from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import click

from desk.api_client import ApiClient
from desk.commands.feed_words import numbered_options, numbered_words
from desk.commands.options import complete_channel
from desk.commands.switching import said, why_option
from desk.numbered_words import ON_AIR
from desk.preflight import free_bytes, held_bytes
from desk.settings import load_settings
from desk.window_words import bytes_of_window, room_said, window_text
from flow.errors import OperatorError
from flow.ids import channel_id
from transcode.presets import load_ladder


def _never(_context: click.Context, _option: click.Parameter, said: bool) -> None:
    """A player that has a list of a clear channel would take what is encrypted for broken, and the other way."""
    if said:
        problem = "whether a channel is encrypted never changes while it is on air"
        raise OperatorError(problem, "Take it off with `xacast stop`, and start it with --encrypt or without")


@click.command("set", short_help="Change settings of a channel that is on air.")
@click.argument("name", shell_complete=complete_channel)
@click.option("--loudness", metavar="LUFS|off", help="What speech is brought to.")
@click.option("--delay", type=int, metavar="MS", help="From a feed's coming to its showing.")
@click.option("--window", metavar="TIME", help="How far viewers can go back: 2min to 12h. Shorter holds at once.")
@click.option("--by-hand/--by-schedule", default=None,
              help="Whether programmes switch nothing, or the slate and the picture by their times.")
@click.option("--region", metavar="REGION|country", help="Whose channel it is: that region's accounts run it.")
@partial(numbered_options, settings=ON_AIR)
@why_option
@click.option("--encrypt", "--key-period", is_flag=True, hidden=True, expose_value=False, callback=_never)
@click.pass_obj
def set_(
    config: str | None, name: str, loudness: str | None, delay: int | None, window: str | None,
    by_hand: bool | None, region: str | None, cold: tuple[str, ...], warm: tuple[str, ...],
    trim: tuple[str, ...], sound: tuple[str, ...], why: str,
) -> None:
    """Change settings of channel NAME, lastingly, while it is on air.

    A longer delay holds the last picture in silence until it has passed, a shorter one leaves some pictures out.
    A feed whose trim changes begins anew: for a moment its last picture, or another feed, stands in. So does one
    of which a sound is wanted that no track has carried so far: its decoder leaves out what nobody hears. Tracks
    that only change places are not noticed in the picture.

    \b
    Examples:
      xacast set hop --trim 1=-80
      xacast set hop --sound 1=2,1
      xacast set hop --cold 2 --warm 3
      xacast set hop --loudness -16 --delay 400
      xacast set hop --window 12h
      xacast set hop --by-hand
      xacast set hop --region "Hà Nội"
    """
    each = numbered_words({"cold": cold, "warm": warm, "trim": trim, "sound": sound}, ON_AIR) or None
    given = {"loudness": loudness, "delay": delay, "window": window, "by_hand": by_hand, "each": each}
    given["region"] = "" if region == "country" else region
    changes: dict[str, Any] = {key: value for key, value in given.items() if value is not None}
    if not changes:
        problem = "nothing is to be changed"
        single = " or ".join(f"--{name}" for name in ON_AIR)
        remedy = f"Say --loudness, --delay, --window, --by-hand, --region, {single}; see `xacast set --help`"
        raise OperatorError(problem, remedy)
    settings = load_settings(config)
    report = ApiClient(settings).change(channel_id(name), {**changes, **said(why)})
    loud = "as it comes" if report["loudness"] is None else f"brought to {report['loudness']:g} LUFS"
    feeds = "".join(f", {words}" for at, feed in enumerate(report["feeds"], 1) for words in _set_of(at, feed))
    whose = "" if region is None else f", of {report['region'] or 'the whole country'}"
    click.echo(f"{name}: speech {loud}, feeds shown after {report['delay_ms']} ms{feeds}, "
               f"viewers go back {window_text(report['window_s'])}{whose}")
    if window is not None:
        _tell_room(settings.data, name, report)


def _tell_room(data: Path, name: str, report: dict[str, Any]) -> None:
    """It holds already, and the picture goes on when the disk is full; so whoever asked for more is only told."""
    with suppress(OperatorError):  # a ladder that this machine does not know
        ladder = load_ladder(report["ladder"], hevc=report.get("hevc", False))
        need = bytes_of_window(ladder, len(report["tracks"]), report["window_s"])
        free = free_bytes(data) + held_bytes(data / "media" / name)
        if need > free:
            room = room_said(report["window_s"], need, free)
            click.echo(f"note: {room} with what {name} has already: the oldest would go first", err=True)


def _set_of(at: int, feed: dict[str, Any]) -> list[str]:
    """What is set of one feed, and not left as it comes."""
    words = []
    if feed["trim_ms"]:
        words.append(f"feed {at} trimmed by {feed['trim_ms']:+d} ms")
    if feed["sounds"]:
        words.append(f"feed {at} gives its sounds {','.join(map(str, feed['sounds']))}")
    if feed["cold"]:
        words.append(f"feed {at} cold")
    return words
