"""The word `xacast`: its commands, and how their errors reach the operator."""

import os
import re
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import click

from desk.commands.audit import audit
from desk.commands.backup import backup, restore_
from desk.commands.completion import completion
from desk.commands.config import config_
from desk.commands.confirm import confirm
from desk.commands.demo import demo
from desk.commands.doctor import doctor
from desk.commands.dressing import caption, layout
from desk.commands.events import events
from desk.commands.feed import feed, preview
from desk.commands.ladder import ladder
from desk.commands.link import link
from desk.commands.login import login, logout, password, whoami
from desk.commands.machine import machine
from desk.commands.mark import mark
from desk.commands.operator import operator
from desk.commands.plan import plan
from desk.commands.probe import probe
from desk.commands.programme import programme
from desk.commands.region import region
from desk.commands.settings import set_
from desk.commands.site import site
from desk.commands.start import start
from desk.commands.status import status
from desk.commands.stop import stop
from desk.commands.switching import cut, hold, release, take
from desk.commands.tls import tls
from desk.commands.up import up
from desk.commands.worker import worker
from flow.errors import XacastError
from flow.nearest import nearest

INTERRUPTED = 128 + signal.SIGINT
_NO_NUMBER = re.compile(r"is not a valid integer( range)?")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="xacast", message="xacast %(version)s")
@click.option("--config", metavar="FILE", help="Configuration; ./xacast.toml unless XACAST_CONFIG names one.")
@click.option("--desk", metavar="URL",
              help="The desk to speak to, https://HOST:PORT; this machine's when left out.")
@click.pass_context
def cli(context: click.Context, config: str | None, desk: str | None) -> None:
    """Carries a conference one way, from the studio to every commune hall.

    \b
    Examples:
      xacast demo                                a test card on air, to see it work
      xacast up                                  bring this machine up
      xacast start hop --feed srt://10.0.0.5:9000
      xacast status hop --watch
      xacast take hop 2                          its second feed, now
      xacast stop hop
    """
    context.obj = config
    if desk is not None:
        context.with_resource(_standing_in_the_environment("XACAST_DESK", desk))


for _command in (
    up, start, set_, status, stop, take, hold, release, cut, preview, feed, layout, caption, mark, events, probe,
    doctor, config_, plan, region, site, link, programme, operator, login, logout, whoami, password, confirm,
    audit, backup, restore_, worker, machine, tls, demo, completion, ladder,
):
    cli.add_command(_command)


@contextmanager
def _standing_in_the_environment(name: str, value: str) -> Iterator[None]:
    """An option of the word itself is a setting for as long as the command runs."""
    before = os.environ.get(name)
    os.environ[name] = value
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before


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
        return _complain(_usage(error, sys.argv[1:] if words is None else words))
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


def _usage(error: click.UsageError, words: Sequence[str]) -> str:
    """What is wrong with the words, with the nearest right one."""
    command = error.ctx.command if error.ctx else cli
    # An option that lacks its value is refused before there is a context: the command stands in the words.
    typed = next((word for word in words if word in cli.commands), "")
    where = error.ctx.command_path if error.ctx else f"xacast {typed}".rstrip()
    close = None
    match error:
        case click.exceptions.NoSuchCommand(command_name=word):
            said = f"there is no command “{word}”"
            close = nearest(word, command.commands) if isinstance(command, click.Group) else None
        case click.NoSuchOption(option_name=word):
            said = f"{where} has no option “{word}”"
            if command.name == "set" and word in _options(cli.commands["start"]):
                return f"{said}: that is chosen when a channel is started. `xacast start --help` says how."
            close = nearest(word, ["--help", *_options(command)])
        case _:
            said = _NO_NUMBER.sub("is not a whole number", error.format_message().rstrip("."))
    return f"{said}. " + (f"Did you mean “{close}”? " if close else "") + f"`{where} --help` shows what there is."


def _options(command: click.Command) -> list[str]:
    return [name for option in command.params for name in option.opts]


def _complain(sentence: str) -> int:
    click.echo(f"xacast: {sentence}", err=True)
    return 2
