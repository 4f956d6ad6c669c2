"""Mirrors desk/commands/."""
