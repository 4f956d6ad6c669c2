"""Tests of lists and guides."""
