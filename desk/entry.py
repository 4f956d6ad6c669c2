"""Where the word `xacast` begins: quiet on Ctrl-C even while everything else is still being imported."""

import signal

from desk.core_dump import no_core_dumps


def main() -> None:
    """Run the command line; see `desk.cli`."""
    no_core_dumps()
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    from desk.cli import main as run  # noqa: PLC0415 - a second of imports, in which Ctrl-C shall end without a word

    signal.signal(signal.SIGINT, before)
    run()
