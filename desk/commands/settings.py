"""`xacast set`: change settings of a channel that is on air."""

from typing import Any

import click

from desk.api_client import ApiClient
from desk.commands.options import complete_channel
from desk.commands.switching import said
from desk.settings import load_settings
from desk.window_words import window_text
from flow.errors import OperatorError
from flow.ids import channel_id


@click.command("set", short_help="Change settings of a channel that is on air.")
@click.argument("name", shell_complete=complete_channel)
@click.option("--loudness", metavar="LUFS|off", help="What speech is brought to.")
@click.option("--delay", type=int, metavar="MS", help="How long after its coming a feed is shown.")
@click.option("--window", metavar="TIME", help="How far viewers can go back: 2min to 12h. Shorter holds at once.")
@click.option("--trim", multiple=True, metavar="N=MS",
              help="Feed N's sound comes so many ms later (negative: earlier).")
@click.pass_obj
def set_(
    config: str | None, name: str, loudness: str | None, delay: int | None, window: str | None,
    trim: tuple[str, ...],
) -> None:
    """Change settings of channel NAME, lastingly, while it is on air.

    A feed whose delay or trim changes begins anew: for a moment its last picture, or another feed, stands in.

    \b
    Examples:
      xacast set hop --trim 1=-80
      xacast set hop --loudness -16 --delay 400
      xacast set hop --window 12h
    """
    each = {"trim": list(trim)} if trim else None
    given = {"loudness": loudness, "delay": delay, "window": window, "each": each}
    words: dict[str, Any] = {key: value for key, value in given.items() if value is not None}
    if not words:
        problem = "nothing is to be changed"
        remedy = "Say --loudness, --delay, --window or --trim; `xacast set --help` explains them"
        raise OperatorError(problem, remedy)
    report = ApiClient(load_settings(config)).change(channel_id(name), {**words, "who": said("")["who"]})
    loud = "as it comes" if report["loudness"] is None else f"brought to {report['loudness']:g} LUFS"
    trims = [f", feed {at} trimmed by {feed['trim_ms']:+d} ms" for at, feed in enumerate(report["feeds"], 1)
             if feed["trim_ms"]]
    click.echo(f"{name}: speech {loud}, feeds shown after {report['delay_ms']} ms{''.join(trims)}, "
               f"viewers go back {window_text(report['window_s'])}")
