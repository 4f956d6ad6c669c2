"""Passwords tried by the thousand."""
