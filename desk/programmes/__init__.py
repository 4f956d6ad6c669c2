"""Programmes: what is on which channel when, and who is invited."""
