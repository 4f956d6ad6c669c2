"""Mirrors flow/."""
