"""`xacast ladder`: the ladders there are."""

import click

from desk.table import table
from transcode.presets import ladder_names, load_ladder


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
        sound = f"sound ({one.audio_bitrate // 1000})"
        rows.append((name, f"{one.canvas.width}x{one.canvas.height}@{one.canvas.fps}", f"{rungs}, {sound}"))
    click.echo(table(rows))
