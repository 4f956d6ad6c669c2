"""Mirrors desk/plan/."""
