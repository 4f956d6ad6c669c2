"""Settings that are read again while everything runs."""
