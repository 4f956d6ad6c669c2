"""Passwords on their way in and out: never on a command line, where others of the machine read them."""

import sys

import click

from flow.errors import OperatorError


def asked(what: str, *, twice: bool = False) -> str:
    """A password from the terminal, unseen; a line of the standard input where that is none."""
    if sys.stdin.isatty():
        return str(click.prompt(what, hide_input=True, confirmation_prompt=twice, err=True))
    line = sys.stdin.readline()
    if not line:
        problem = "there is no password on the standard input"
        raise OperatorError(problem, "Run the command in a terminal, or put the password on a line of its own")
    return line.rstrip("\r\n")


def told_once(name: str, password: str) -> None:
    """A password that the desk made, for whoever passes it on."""
    click.echo(f"{name} signs in once with  {password}")
    click.echo("and then chooses another. Nobody can show this again; pass it on by a way that nobody else reads",
               err=True)
