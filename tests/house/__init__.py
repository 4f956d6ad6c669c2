"""Tests that hold the house together: they read the repository, not the program."""
