"""Programmes, and who is invited."""
