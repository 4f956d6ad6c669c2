"""Tests of who is ready."""
