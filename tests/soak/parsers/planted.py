"""Readers with a mistake in them."""

import os


def deep(data: bytes) -> None:
    """One line leads to the next, and the last one to an error."""
    if data[:1] != b"x":
        return
    if data[1:2] != b"a":
        return
    if data[2:3] == b"c":
        raise ZeroDivisionError


def endless(data: bytes) -> None:
    """Some bytes are read for ever."""
    while data[:2] == b"xh":
        os.getpid()
