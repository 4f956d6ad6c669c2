"""Tests of the origin: a real server on a port of the system's choice, stores filled by hand."""
