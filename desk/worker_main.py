"""A worker's process: `python -m desk.worker_main NAME --headend URL …`, settings from the environment.

`--worker 1` makes it the second of a channel's two.
"""

import argparse
import asyncio
import logging
import os
import sys
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from logging.handlers import QueueListener

import aiohttp

from desk.arenas import share_memory
from desk.cage_trial import cage_trial
from desk.child import stop_event
from desk.door_feeds import doors_of
from desk.feed_means import feed_means
from desk.fetch import fetch_definition
from desk.machine_key import machine_key
from desk.machines.credential import FILE, Credential
from desk.machines.machine import LOCAL
from desk.process import live
from desk.settings import Settings, load_settings
from desk.system import SystemClock, SystemSpawn
from desk.tls.contexts import own
from desk.worker import Worker
from flow.wire import H_WORKER
from transcode.encoder_trial import try_encoder

_log = logging.getLogger(__name__)

FAILED = 1
LAST_WORDS = 1.0
"""Seconds that the log gets to be written when a thread has died; a stopped terminal may take for ever."""


def main(words: Sequence[str] | None = None) -> int:
    """Run until SIGTERM or a headend's word."""
    parser = argparse.ArgumentParser(prog="desk.worker_main")
    parser.add_argument("name")
    parser.add_argument("--headend", action="append", required=True)
    parser.add_argument("--worker", type=int, default=0)
    options = parser.parse_args(words)
    return work(options.name, options.headend, load_settings(), options.worker)


def work(name: str, headends: Sequence[str], settings: Settings, index: int = 0, *, joined: bool = False) -> int:
    """One worker's life in this process; its exit status. With `joined` it speaks to headends of other machines,
    by what they gave this one."""
    known = settings.data / FILE
    credential = (
        Credential.read(known) if joined and known.exists()
        else Credential(name=LOCAL, key=machine_key(settings.data))
    )

    async def life(logs: QueueListener) -> None:
        threading.excepthook = partial(fail, stop_logs=logs.stop)
        share_memory()
        await _run(name, headends, settings, index, credential)

    return live(f"worker/{name}.{index + 1}" if index else f"worker/{name}", settings, life)


async def _run(
    name: str, headends: Sequence[str], settings: Settings, index: int, credential: Credential,
) -> None:
    stopping = stop_event()
    timeout = aiohttp.ClientTimeout(total=None, sock_connect=3, sock_read=10)
    files = settings.tls("machines") if credential.name == LOCAL else None
    tls = own(files) if files else None
    approach = credential.approach({H_WORKER: str(index)} if index else {}, time.time_ns, tls)
    async with approach.session(timeout) as session:
        fetching = asyncio.create_task(fetch_definition(session, headends, name))
        waiting = asyncio.create_task(stopping.wait())
        await asyncio.wait({fetching, waiting}, return_when=asyncio.FIRST_COMPLETED)
        if not fetching.done():
            fetching.cancel()
            return
        declared = fetching.result()
        spawn = SystemSpawn(settings.cage)
        means = feed_means(settings, spawn)
        worker = Worker(
            channel=declared.channel, revision=declared.revision, settled=declared.settled, headends=headends,
            clock=SystemClock(),
            means=means, try_cage=partial(cage_trial, spawn),
            try_encoder=partial(try_encoder, ffmpeg=means.ffmpeg, spawn=spawn),
            lobbies=settings.data / "lobby" / declared.channel.id,
            doors=doors_of(settings.run, declared.channel), approach=approach, index=index,
        )
        waiting.add_done_callback(lambda _task: worker.over.set())
        await worker.run(session)


def fail(args: threading.ExceptHookArgs, *, stop_logs: Callable[[], None]) -> None:
    """A thread died of an error that nobody expected: the process ends, and the supervisor starts a whole one."""
    if issubclass(args.exc_type, SystemExit):
        return
    thread = args.thread.name if args.thread else "a thread"
    _log.critical("%s died, the worker ends: %r", thread, args.exc_value, exc_info=args.exc_value)
    writing = threading.Thread(target=stop_logs, daemon=True)
    writing.start()
    writing.join(LAST_WORDS)
    leave(FAILED)


def leave(status: int) -> None:
    """End the process now: a thread that still waits for a child may not hold it back."""
    sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    leave(main())
