"""`xacast completion`: the words that complete xacast's words in a shell."""

import click
from click.shell_completion import BashComplete, ShellComplete, ZshComplete

SHELLS: dict[str, type[ShellComplete]] = {"bash": BashComplete, "zsh": ZshComplete}


@click.command()
@click.argument("shell", type=click.Choice(sorted(SHELLS)))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the completion script for a shell.

    \b
    Examples:
      eval "$(xacast completion bash)"
      xacast completion zsh > ~/.zfunc/_xacast
    """
    root = context.find_root().command
    maker = SHELLS[shell](root, {}, "xacast", "_XACAST_COMPLETE")
    click.echo(maker.source_template % maker.source_vars())
