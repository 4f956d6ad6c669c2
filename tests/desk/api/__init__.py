"""The control API as a whole."""
