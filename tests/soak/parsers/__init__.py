"""Broken bytes for every reader of bytes, guided by which lines they reach."""
