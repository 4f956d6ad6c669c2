"""The word `xacast`: its commands, and how their errors reach the operator."""

import signal
import sys
from collections.abc import Sequence

import click

from desk.commands.completion import completion
from desk.commands.demo import demo
from desk.commands.doctor import doctor
from desk.commands.ladder import ladder
from desk.commands.probe import probe
from desk.commands.start import start
from desk.commands.status import status
from desk.commands.stop import stop
from desk.commands.up import up
from desk.commands.worker import worker
from flow.errors import XacastError

INTERRUPTED = 128 + signal.SIGINT


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="xacast", message="xacast %(version)s")
@click.option("--config", metavar="FILE", help="Configuration; ./xacast.toml unless XACAST_CONFIG names one.")
@click.pass_context
def cli(context: click.Context, config: str | None) -> None:
    """Carries a conference one way, from the studio to every commune hall.

    \b
    Examples:
      xacast demo                                a test card on air, to see it work
      xacast up                                  bring this machine up
      xacast start hop --feed srt://10.0.0.5:9000
      xacast status hop --watch
      xacast stop hop
    """
    context.obj = config


for _command in (up, start, status, stop, probe, doctor, worker, demo, completion, ladder):
    cli.add_command(_command)


def main(words: Sequence[str] | None = None) -> None:
    """Run one command and leave with its status: 0, 2 for an error with a way out, 130 when interrupted."""
    sys.exit(run(words))


def run(words: Sequence[str] | None = None) -> int:
    """Run one command; its exit status."""
    try:
        status = cli.main(args=None if words is None else list(words), prog_name="xacast", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return 2
    except click.UsageError as error:
        where = error.ctx.command_path if error.ctx else "xacast"
        return _complain(f"{error.format_message().rstrip('.')}. Try `{where} --help`.")
    except click.ClickException as error:
        return _complain(error.format_message())
    except XacastError as error:
        return _complain(str(error))
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except BrokenPipeError:  # `xacast status | head`
        sys.stderr.close()
        return 0
    return status if isinstance(status, int) else 0


def _complain(sentence: str) -> int:
    click.echo(f"xacast: {sentence}", err=True)
    return 2
