"""`xacast layout` and `caption`: how the picture of a channel looks."""

import click
from click.shell_completion import CompletionItem

from desk.api_client import ApiClient
from desk.commands.options import complete_channel
from desk.commands.switching import said, why_option
from desk.settings import load_settings
from flow.errors import OperatorError
from flow.ids import channel_id
from flow.layout import Layout
from flow.nearest import remedy_for


def complete_layout(_context: click.Context, _option: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Words for layouts, for the shell."""
    return [CompletionItem(one.value) for one in Layout if one.startswith(incomplete)]


@click.command(short_help="Choose how speaker and slides share the picture.")
@click.argument("name", shell_complete=complete_channel)
@click.argument("word", metavar="auto|speaker|slides|side|pip", shell_complete=complete_layout)
@why_option
@click.pass_obj
def layout(config: str | None, name: str, word: str, why: str) -> None:
    """Choose how speaker and slides of channel NAME share the picture. It changes at once.

    The channel must have slides: `xacast start … --slides ADDRESS`.

    \b
    auto     side while slides come, else speaker
    side     the slides large, the speaker small beside them
    pip      the speaker small in a corner of the slides

    \b
    Example:
      xacast layout hop pip --why "figures are shown"
    """
    if word not in list(Layout):
        problem = f"there is no layout “{word}”"
        raise OperatorError(problem, remedy_for(word, Layout))
    ApiClient(load_settings(config)).order(channel_id(name), {"do": "layout", "layout": word, **said(why)})
    click.echo(f"the layout of {name} is {word}")


@click.command(short_help="Lay one line of text over the picture.")
@click.argument("name", shell_complete=complete_channel)
@click.argument("text", required=False, default="")
@why_option
@click.pass_obj
def caption(config: str | None, name: str, text: str, why: str) -> None:
    """Lay TEXT over the picture of channel NAME; without TEXT the line is taken away.

    \b
    Examples:
      xacast caption hop "Hội nghị bắt đầu lúc 8 giờ 30"
      xacast caption hop
    """
    words = {"do": "caption", "text": text, **said(why)}
    cut = str(ApiClient(load_settings(config)).order(channel_id(name), words).get("cut", ""))
    seen = text.removesuffix(cut)
    click.echo(f"{name} shows “{seen}” over the picture" if text else f"{name} shows no text over the picture")
    if cut:
        click.echo(f"its picture is too small for “{cut}”: shorten the line", err=True)
