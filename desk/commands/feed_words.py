"""What an operator says of feeds on the command line: secrets filled in, keys made, open doors refused."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import click

from desk.listener import Listener
from desk.numbered_words import NUMBERED, Numbered
from desk.secrets import DOOR_WORD, door_address, fill_in, new_key
from ingest.kinds import feed_of, words_of

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class FeedWords:
    """Addresses as the headend takes them, and the stream keys that were made for them."""

    addresses: tuple[str, ...]
    keys: tuple[str, ...]

    def told(self, rtmp: Listener) -> str:
        """Where publishers send, one line for each key made; it is shown this once."""
        server = f"rtmp://{rtmp.show()}/live"
        return "\n".join(f"publish   {server}   stream key {key}   (not shown again)" for key in self.keys)


def feed_words(texts: Sequence[str]) -> FeedWords:
    """Understand what stands after `--feed`; raises OperatorError."""
    addresses, keys = [], []
    for text in texts:
        if text == DOOR_WORD:
            keys.append(new_key())
            addresses.append(door_address(keys[-1]))
            continue
        addresses.append(words_of(feed_of(fill_in(text, env=os.environ, ask=_ask))))
    return FeedWords(tuple(addresses), tuple(keys))


def _ask(question: str) -> str:
    """On the terminal, unseen. An end of input is an empty answer, which is refused."""
    return str(click.prompt(question, hide_input=True, default="", show_default=False, err=True))


def numbered_options(command: Command, settings: Mapping[str, Numbered] = NUMBERED) -> Command:
    """An option for each setting that is said of one feed by its number."""
    for name, one in reversed(list(settings.items())):
        form = f"N={one.form}" if one.form else "N"
        command = click.option(f"--{name}", multiple=True, metavar=form, help=one.help)(command)
    return command


def numbered_words(words: dict[str, Any], settings: Mapping[str, Numbered] = NUMBERED) -> dict[str, list[str]]:
    """Take those settings out of a command's words, as the headend takes them."""
    said = {name: list(words.pop(name)) for name in settings}
    return {name: texts for name, texts in said.items() if texts}


FEED_HELP = (
    "Where picture and sound come from; again for another one. testcard: is the test card, rtmp: a publisher who "
    "comes to this machine. Write {ask}, {file:PATH} or {env:NAME} in place of a secret."
)
INSECURE_HELP = "Take any caller of an SRT listener."
