"""Rules over the channels that are declared, and over who may sign in."""

from collections.abc import Callable

from desk.production.facts import ChannelFacts, Facts
from desk.production.rule import Rule, some, when


def _feeds(facts: Facts, of: Callable[[ChannelFacts], tuple[str, ...]]) -> str:
    return some(f"{channel.name}: {one}" for channel in facts.channels for one in of(channel))


def _said(found: str, said: str) -> str:
    return when(found, f"{said}: {found}")


def _room(facts: Facts) -> str:
    needed, room = sum(channel.window_bytes for channel in facts.channels), facts.files.disk_bytes
    return when(
        needed > room, f"the windows of all channels take {needed / 2**30:.1f} GiB, there are {room / 2**30:.1f}",
    )


CHANNEL_RULES = (
    Rule(
        name="open-channels", remedy="Start them without --open, so that sites with a link alone may watch",
        look=lambda f: _said(some(one.name for one in f.channels if one.open), "anybody may watch"),
    ),
    Rule(
        name="feeds-for-anybody", remedy="Give an SRT listener a passphrase; bring UDP by SRT",
        look=lambda f: _said(_feeds(f, lambda one: one.feeds_for_anybody), "anybody may send it"),
    ),
    Rule(
        name="feeds-in-clear", remedy="Pull it by https://, rtmps://, rtsps:// or SRT with a passphrase",
        look=lambda f: _said(_feeds(f, lambda one: one.feeds_in_clear), "it comes in clear, from outside"),
    ),
    Rule(
        name="pictures-missing", remedy="Put the file back, or start the channel without it",
        look=lambda f: _said(_feeds(f, lambda one: one.missing_pictures), "its slate or logo cannot be read"),
    ),
    Rule(name="disk-too-small", remedy="Take shorter windows (--window), or a larger disk", look=_room),
    Rule(
        name="accounts-unknown", remedy="Bring the database up: `xacast doctor` says what is wrong with it",
        look=lambda f: when(not f.people.known, "the database of the accounts cannot be asked"),
    ),
    Rule(
        name="no-administrator", remedy="Make one: docs/people.md says how",
        look=lambda f: when(
            f.people.known and not f.people.administrators, "there is no administrator who can sign in",
        ),
    ),
    Rule(
        name="password-never-chosen", remedy="Let each sign in once and choose one, or disable the account",
        look=lambda f: _said(some(f.people.once), "the password that the desk made still opens"),
    ),
)
