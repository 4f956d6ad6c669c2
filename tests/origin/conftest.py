"""Fixtures of the origin's tests."""

from tests.origin.serving import opening

__all__ = ["opening"]
