"""Tests: each mirrors a source file, and reads as sentences."""
