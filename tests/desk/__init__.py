"""Mirrors desk/."""
